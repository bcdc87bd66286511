#define _GNU_SOURCE
#include "child_process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { channel_number = 3, first_free = 16 };

static void close_pair(int ends[2]) {
  for (int i = 0; i < 2; i++) {
    if (ends[i] >= 0) close(ends[i]);
    ends[i] = -1;
  }
}

/// Moves both ends above the numbers that a child's own descriptors get.
static int raise_pair(int ends[2]) {
  for (int i = 0; i < 2; i++) {
    int high = fcntl(ends[i], F_DUPFD_CLOEXEC, first_free);
    if (high < 0) return errno;
    close(ends[i]);
    ends[i] = high;
  }
  return 0;
}

static int open_pipe(int ends[2]) {
  if (pipe2(ends, O_CLOEXEC) != 0) return errno;
  return raise_pair(ends);
}

static int open_sockets(int ends[2]) {
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return errno;
  return raise_pair(ends);
}

int walkthrough_pipe(int ends[2]) {
  ends[0] = ends[1] = -1;
  return pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0 ? 0 : errno;
}

static int start(
    const char *executable, char *const *arguments, char *const *environment, const char *directory, int output,
    int errors, int channel, pid_t *identifier) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  int code = posix_spawn_file_actions_init(&actions);
  if (code != 0) return code;
  code = posix_spawnattr_init(&attributes);
  if (code != 0) {
    posix_spawn_file_actions_destroy(&actions);
    return code;
  }
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);

  if (code == 0) code = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  if (code == 0) code = posix_spawn_file_actions_adddup2(&actions, output, 1);
  if (code == 0) code = posix_spawn_file_actions_adddup2(&actions, errors, 2);
  if (code == 0 && channel >= 0) code = posix_spawn_file_actions_adddup2(&actions, channel, channel_number);
  if (code == 0) {
    code = posix_spawn_file_actions_addclosefrom_np(&actions, channel >= 0 ? channel_number + 1 : channel_number);
  }
  if (code == 0) code = posix_spawn_file_actions_addchdir_np(&actions, directory);
  if (code == 0) code = posix_spawn(identifier, executable, &actions, &attributes, arguments, environment);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return code;
}

int walkthrough_spawn(
    const char *executable, char *const *arguments, char *const *environment, const char *directory, int with_channel,
    walkthrough_child *child) {
  int output[2] = {-1, -1}, errors[2] = {-1, -1}, channel[2] = {-1, -1};
  int code = open_pipe(output);
  if (code == 0) code = open_pipe(errors);
  if (code == 0 && with_channel) code = open_sockets(channel);
  if (code == 0) {
    code = start(
        executable, arguments, environment, directory, output[1], errors[1], channel[1], &child->identifier);
  }
  if (code != 0) {
    close_pair(output);
    close_pair(errors);
    close_pair(channel);
    return code;
  }
  close(output[1]);
  close(errors[1]);
  if (with_channel) close(channel[1]);
  child->output = output[0];
  child->errors = errors[0];
  child->channel = channel[0];
  fcntl(child->output, F_SETFL, O_NONBLOCK);
  fcntl(child->errors, F_SETFL, O_NONBLOCK);
  if (with_channel) fcntl(child->channel, F_SETFL, O_NONBLOCK);
  return 0;
}

void walkthrough_limit_memory(pid_t identifier, uint64_t bytes) {
  struct rlimit memory = {.rlim_cur = bytes, .rlim_max = bytes}, none = {.rlim_cur = 0, .rlim_max = 0};
  prlimit(identifier, RLIMIT_DATA, &memory, NULL);
  prlimit(identifier, RLIMIT_CORE, &none, NULL);
}
