#pragma once

#include <stdint.h>
#include <sys/types.h>

// Starting programs: the parts of the system's interface that Swift's Glibc module does not show.

/// A program under way. Descriptors are the parent's ends, non-blocking and closed in other children.
typedef struct {
  pid_t identifier;
  int output;
  int errors;
  /// A socket whose other end is the child's descriptor 3; -1 when none was asked for.
  int channel;
} walkthrough_child;

/// Starts a program in a process group of its own, in `directory`, with an empty standard input, default signal
/// handling and no descriptors but those of `walkthrough_child`. Returns 0 or an `errno` value.
int walkthrough_spawn(
    const char *executable, char *const *arguments, char *const *environment, const char *directory, int with_channel,
    walkthrough_child *child);

/// Two ends, reading end first, both non-blocking and closed in children. Returns 0 or an `errno` value.
int walkthrough_pipe(int ends[2]);

/// Bounds the private writable memory of a running child, and forbids core dumps. Address space that is only reserved
/// (an allocator's arenas for threads) does not count.
void walkthrough_limit_memory(pid_t identifier, uint64_t bytes);
