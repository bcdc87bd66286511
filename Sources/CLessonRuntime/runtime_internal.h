#pragma once

#include "lesson_runtime.h"

/// Collects the stack of the calling thread as offsets into the executable, innermost first; frames of shared libraries
/// are left out. Each is the address of the call, not of the return. `fault`, when not 0, is the program counter of an
/// interrupted frame, which is exact.
size_t walkthrough_collect_frames(int64_t *frames, uintptr_t fault);

/// `walkthrough_send` for a process that is about to end, from a signal handler.
void walkthrough_send_last(const uint8_t *record, size_t count);

void walkthrough_install_frames(void);
void walkthrough_install_crash_handlers(void);
void walkthrough_install_throw_handlers(void);
void walkthrough_install_exit_handler(void);

/// The tags of the records that are encoded here because Swift cannot run any more; they match `Record`'s.
enum { walkthrough_tag_crashed = 9, walkthrough_tag_exited = 10 };

/// Appends little-endian integers to a record in a fixed buffer.
typedef struct {
  uint8_t bytes[16 + 8 * (walkthrough_max_frames + 4)];
  size_t count;
} walkthrough_record;

void walkthrough_put_byte(walkthrough_record *record, uint8_t value);
void walkthrough_put_int(walkthrough_record *record, int64_t value);
void walkthrough_put_frames(walkthrough_record *record, const int64_t *frames, size_t count);

/// Ends the process because its parent has seen enough, or is gone.
_Noreturn void walkthrough_depart(void);

/// Hands a signal to the copy of this process that is under way; false where there is none.
bool walkthrough_pass_on(int number);
