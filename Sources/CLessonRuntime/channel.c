#define _GNU_SOURCE
#include "runtime_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static int channel = -1;
static pthread_mutex_t sending = PTHREAD_MUTEX_INITIALIZER;
/// A file without a name or content. Copies of this process share the channel: who holds the lock on this file has it alone,
/// from a record's first byte to its answer. Unlike a mutex the lock is gone when its holder is.
static int turn = -1;

bool walkthrough_has_channel(void) { return channel >= 0; }

_Noreturn void walkthrough_leave(int32_t status) {
  fflush(NULL);
  _exit(status);
}

void walkthrough_write_error(const uint8_t *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(STDERR_FILENO, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    bytes += written;
    count -= (size_t)written;
  }
}

static bool send_all(const uint8_t *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = send(channel, bytes, count, MSG_NOSIGNAL);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes += written;
    count -= (size_t)written;
  }
  return true;
}

static void exchange(const uint8_t *record, size_t count) {
  uint32_t length = (uint32_t)count;
  uint8_t head[4] = {(uint8_t)length, (uint8_t)(length >> 8), (uint8_t)(length >> 16), (uint8_t)(length >> 24)};
  if (!send_all(head, 4) || !send_all(record, count)) walkthrough_depart();
  for (;;) {
    uint8_t answer = 0;
    ssize_t got = recv(channel, &answer, 1, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got != 1 || answer == 0) walkthrough_depart();
    return;
  }
}

static bool change_turn(short kind, int command) {
  if (turn < 0) return true;
  struct flock lock = {.l_type = kind, .l_whence = SEEK_SET};
  int result;
  do { result = fcntl(turn, command, &lock); } while (result != 0 && errno == EINTR);
  return result == 0;
}

void walkthrough_send(const uint8_t *record, size_t count) {
  if (channel < 0) return;
  pthread_mutex_lock(&sending);
  change_turn(F_WRLCK, F_SETLKW);
  exchange(record, count);
  change_turn(F_UNLCK, F_SETLK);
  pthread_mutex_unlock(&sending);
}

void walkthrough_send_last(const uint8_t *record, size_t count) {
  if (channel < 0) return;
  // Another thread may be amid a record; the interrupted thread itself may be, and then the lock is never released.
  for (int i = 0; i < 500 && pthread_mutex_trylock(&sending) != 0; i++) usleep(1000);
  for (int i = 0; i < 500 && !change_turn(F_WRLCK, F_SETLK); i++) usleep(1000);
  exchange(record, count);
}

/// Ends the lesson, and whatever it started, when its parent is gone: a parent that was killed cannot do so itself.
static void *watch_parent(void *unused) {
  (void)unused;
  struct pollfd entry = {.fd = channel, .events = POLLRDHUP};
  for (;;) {
    int ready = poll(&entry, 1, -1);
    if (ready < 0 && errno == EINTR) continue;
    if (ready > 0 && (entry.revents & (POLLRDHUP | POLLHUP | POLLERR | POLLNVAL)) != 0) break;
  }
  if (getpgrp() == getpid()) kill(0, SIGKILL);
  _exit(0);
}

static void start_watching(void) {
  // The watcher takes no signals: those are for the threads that run the lesson.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, 64 * 1024);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_t thread;
  pthread_create(&thread, &attributes, watch_parent, NULL);
  pthread_attr_destroy(&attributes);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/// Runs before the first cell, and before any Swift.
__attribute__((constructor)) static void open_channel(void) {
  const char *text = getenv("WALKTHROUGH_CHANNEL");
  if (text == NULL || *text == 0) return;
  char *end = NULL;
  long number = strtol(text, &end, 10);
  int type = 0;
  socklen_t size = sizeof type;
  if (*end != 0 || number < 3 || number > 1 << 20) return;
  if (getsockopt((int)number, SOL_SOCKET, SO_TYPE, &type, &size) != 0 || type != SOCK_STREAM) return;
  channel = (int)number;
  turn = walkthrough_memory_file();
  fcntl(channel, F_SETFD, FD_CLOEXEC);
  // A child of the lesson must not take itself for the lesson.
  unsetenv("WALKTHROUGH_CHANNEL");
  // Text must be with the parent before the record that follows it, and before a trap.
  setvbuf(stdout, NULL, _IONBF, 0);
  setvbuf(stderr, NULL, _IONBF, 0);
  walkthrough_install_frames();
  walkthrough_install_crash_handlers();
  walkthrough_install_throw_handlers();
  walkthrough_install_exit_handler();
  start_watching();
}
