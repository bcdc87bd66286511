#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// What a lesson needs below Swift: the descriptor to its parent, signals, stack frames and number formatting.
// All of it is dormant unless the environment names a channel (see SnippetProtocol.ChannelEnvironment).

/// Whether a parent listens.
bool walkthrough_has_channel(void);

/// Sends one encoded record and waits until the parent has taken it. Returns only when the lesson shall go on: a parent
/// that has seen enough, or is gone, ends the process here.
void walkthrough_send(const uint8_t *record, size_t count);

/// The most frames that are ever recorded.
enum { walkthrough_max_frames = 64 };

/// Frames of the lesson's own executable at the throw of `error`, or at the latest typed throw when that pointer was
/// never seen. Returns how many were written to `frames`.
size_t walkthrough_frames_of_throw(const void *error, int64_t *frames);

/// Ends the process at once, without the handlers that report an early exit.
_Noreturn void walkthrough_leave(int32_t status);

/// Marks that the program has come to its end: leaving is no early exit any more.
void walkthrough_finished(void);

/// Writes `value` with `places` digits after the point, correctly rounded and without regard to the locale; returns the
/// number of bytes, at most `capacity`.
size_t walkthrough_format_fixed(double value, int32_t places, char *buffer, size_t capacity);

/// As above with `places` digits after the first and an exponent.
size_t walkthrough_format_exponent(double value, int32_t places, char *buffer, size_t capacity);

/// Writes text to standard error.
void walkthrough_write_error(const uint8_t *bytes, size_t count);

/// Seconds of a clock that only goes forward.
double walkthrough_seconds(void);

/// Goes on in a copy of this process. Returns true in the copy; in the original it waits until the copy has ended and
/// returns false. Where the copy did not end by `walkthrough_end_copy`, the original ends like it.
bool walkthrough_begin_copy(void);

/// Goes on in a copy of this process and in the original at once. Returns true in the copy. Copies have numbers, below 256,
/// that are free again when they have ended.
bool walkthrough_start_copy(int32_t *number);

/// Waits until one of the copies under way has ended and returns its number. Where it did not end by
/// `walkthrough_end_copy`, ends all others, and the original like it.
int32_t walkthrough_await_copy(void);

/// A number that this process and copies that are made from now on have in common; NULL where there is no memory.
uint32_t *walkthrough_share_word(void);
void walkthrough_write_word(uint32_t *word, uint32_t number);
void walkthrough_give_back_word(uint32_t *word);

/// Ends the copy well.
_Noreturn void walkthrough_end_copy(void);

/// The value of an environment variable; NULL where it is not set.
const char *walkthrough_environment(const char *name);

/// A file without a name, for what a copy hands back; -1 where there can be none.
int walkthrough_memory_file(void);

/// Sends what this process writes to its standard output into a file instead.
void walkthrough_redirect_output(int file);

/// Appends bytes; false where that fails.
bool walkthrough_append(int file, const uint8_t *bytes, size_t count);

/// The whole content of an open file, or NULL; to be freed by `walkthrough_free`.
uint8_t *walkthrough_content(int file, size_t *count);

/// As above, for a path.
uint8_t *walkthrough_read_file(const char *path, size_t *count);

/// Writes a file whole or not at all, and makes the folders above it; false where that fails. Marks it as just used.
bool walkthrough_write_file(const char *path, const uint8_t *bytes, size_t count);

/// Marks a file as just used.
void walkthrough_touch(const char *path);

void walkthrough_remove(const char *path);
void walkthrough_close(int file);
void walkthrough_free(uint8_t *bytes);
