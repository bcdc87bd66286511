#define _GNU_SOURCE
#include "runtime_internal.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

/// How a copy ends that its parent's parent has told to leave.
enum { status_of_departure = 77 };

static bool is_copy = false;
static volatile sig_atomic_t copy_under_way = 0;

bool walkthrough_pass_on(int number) {
  pid_t copy = (pid_t)copy_under_way;
  return copy > 0 && kill(copy, number) == 0;
}

_Noreturn void walkthrough_depart(void) { _exit(is_copy ? status_of_departure : 0); }

static void end_like(int status) {
  if (WIFEXITED(status)) {
    if (WEXITSTATUS(status) == status_of_departure) walkthrough_depart();
    _exit(WEXITSTATUS(status));
  }
  // The copy was killed from outside, and said nothing.
  signal(WTERMSIG(status), SIG_DFL);
  raise(WTERMSIG(status));
  _exit(1);
}

bool walkthrough_begin_copy(void) {
  fflush(NULL);
  pid_t copy = fork();
  if (copy == 0) {
    is_copy = true;
    copy_under_way = 0;
    return true;
  }
  if (copy < 0) {
    const char *reason = strerror(errno);
    walkthrough_write_error((const uint8_t *)"cannot copy the process: ", 25);
    walkthrough_write_error((const uint8_t *)reason, strlen(reason));
    walkthrough_write_error((const uint8_t *)"\n", 1);
    _exit(1);
  }
  copy_under_way = copy;
  int status = 0;
  while (waitpid(copy, &status, 0) < 0 && errno == EINTR) {}
  copy_under_way = 0;
  if (status != 0) end_like(status);
  return false;
}

_Noreturn void walkthrough_end_copy(void) { walkthrough_leave(0); }

const char *walkthrough_environment(const char *name) { return getenv(name); }
