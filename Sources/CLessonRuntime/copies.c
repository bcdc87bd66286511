#define _GNU_SOURCE
#include "runtime_internal.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

/// How a copy ends that its parent's parent has told to leave.
enum { status_of_departure = 77 };

enum { most_copies = 256 };

static bool is_copy = false;
/// Those under way; 0 where there is none. Read by a signal handler.
static volatile sig_atomic_t copies[most_copies];

bool walkthrough_pass_on(int number) {
  for (int i = 0; i < most_copies; i++) {
    pid_t copy = (pid_t)copies[i];
    if (copy > 0 && kill(copy, number) == 0) return true;
  }
  return false;
}

_Noreturn void walkthrough_depart(void) { _exit(is_copy ? status_of_departure : 0); }

/// Whatever the other copies are at is of no use any more.
static void end_copies(void) {
  for (int i = 0; i < most_copies; i++) {
    pid_t copy = (pid_t)copies[i];
    if (copy <= 0) continue;
    kill(copy, SIGKILL);
    while (waitpid(copy, NULL, 0) < 0 && errno == EINTR) {}
  }
}

static void end_like(int status) {
  end_copies();
  if (WIFEXITED(status)) {
    if (WEXITSTATUS(status) == status_of_departure) walkthrough_depart();
    _exit(WEXITSTATUS(status));
  }
  // The copy was killed from outside, and said nothing.
  signal(WTERMSIG(status), SIG_DFL);
  raise(WTERMSIG(status));
  _exit(1);
}

static _Noreturn void fail(const char *what, const char *reason) {
  walkthrough_write_error((const uint8_t *)what, strlen(what));
  walkthrough_write_error((const uint8_t *)reason, strlen(reason));
  walkthrough_write_error((const uint8_t *)"\n", 1);
  end_copies();
  _exit(1);
}

bool walkthrough_start_copy(int32_t *number) {
  int place = 0;
  while (place < most_copies && copies[place] > 0) place++;
  if (place == most_copies) fail("cannot copy the process: ", "too many copies");
  fflush(NULL);
  // No signal between the copy's start and its entry in the list, nor between its start and its empty list.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pid_t copy = fork();
  int failure = errno;
  if (copy == 0) {
    is_copy = true;
    for (int i = 0; i < most_copies; i++) copies[i] = 0;
  } else if (copy > 0) {
    copies[place] = copy;
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (copy < 0) fail("cannot copy the process: ", strerror(failure));
  *number = place;
  return copy == 0;
}

int32_t walkthrough_await_copy(void) {
  int under_way = 0;
  for (int i = 0; i < most_copies; i++) under_way += copies[i] > 0;
  if (under_way == 0) fail("cannot wait for a copy of the process: ", "there is none");
  for (;;) {
    // Each is asked by its number, since a lesson may have children of its own, for which it waits itself.
    for (int i = 0; i < most_copies; i++) {
      if (copies[i] <= 0) continue;
      int status = 0;
      pid_t ended = waitpid((pid_t)copies[i], &status, under_way > 1 ? WNOHANG : 0);
      if (ended < 0 && errno != EINTR) fail("cannot wait for a copy of the process: ", strerror(errno));
      if (ended <= 0) continue;
      copies[i] = 0;
      if (status != 0) end_like(status);
      return i;
    }
    if (under_way > 1) usleep(1000);
  }
}

bool walkthrough_begin_copy(void) {
  int32_t number = 0;
  if (walkthrough_start_copy(&number)) return true;
  walkthrough_await_copy();
  return false;
}

_Noreturn void walkthrough_end_copy(void) { walkthrough_leave(0); }

const char *walkthrough_environment(const char *name) { return getenv(name); }
