#define _GNU_SOURCE
#include "kernels.h"

#if !defined(__wasm__)

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#if defined(__linux__)
#include <linux/futex.h>
#include <sched.h>
#include <sys/syscall.h>
#endif

void *wt_allocate(size_t bytes) {
  void *memory = NULL;
  return posix_memalign(&memory, 64, bytes) == 0 ? memory : NULL;
}

void wt_release(void *memory) { free(memory); }

void wt_write_error(const uint8_t *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(2, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    bytes += written;
    count -= (size_t)written;
  }
}

#if defined(__linux__)
void wt_sleep_while(const uint32_t *word, uint32_t expected) {
  syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, expected, NULL, NULL, 0);
}

void wt_wake(const uint32_t *word, int32_t count) {
  syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, count, NULL, NULL, 0);
}

int32_t wt_thread_number(void) { return (int32_t)syscall(SYS_gettid); }

int32_t wt_current_core(void) { return sched_getcpu(); }

// Refusals are ignored: then the thread comes when its turn comes.
void wt_pull_thread(int32_t number) {
  int core = sched_getcpu();
  if (core < 0 || core >= CPU_SETSIZE) return;
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(core, &set);
  (void)sched_setaffinity(number, sizeof set, &set);
}

void wt_free_thread(int32_t number) {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) (void)sched_setaffinity(number, sizeof set, &set);
}

void wt_leave_core(void) {
  cpu_set_t all, others;
  int core = sched_getcpu();
  // The first thread's cores: the calling one may just have been pulled.
  if (core < 0 || core >= CPU_SETSIZE || sched_getaffinity(getpid(), sizeof all, &all) != 0) return;
  others = all;
  CPU_CLR(core, &others);
  if (CPU_COUNT(&others) > 0) (void)sched_setaffinity(0, sizeof others, &others);
  (void)sched_setaffinity(0, sizeof all, &all);
}

int32_t wt_available_cores(void) {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) != 0) return 1;
  int cores = CPU_COUNT(&set);
  return cores > 0 ? cores : 1;
}
#else
// Systems without futexes: one lock and one condition for all words. Sleeping is rare enough.
static pthread_mutex_t sleep_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t sleep_condition = PTHREAD_COND_INITIALIZER;

void wt_sleep_while(const uint32_t *word, uint32_t expected) {
  pthread_mutex_lock(&sleep_lock);
  if (wt_load_ordered(word) == expected) pthread_cond_wait(&sleep_condition, &sleep_lock);
  pthread_mutex_unlock(&sleep_lock);
}

void wt_wake(const uint32_t *word, int32_t count) {
  (void)word, (void)count;
  pthread_mutex_lock(&sleep_lock);
  pthread_cond_broadcast(&sleep_condition);
  pthread_mutex_unlock(&sleep_lock);
}

int32_t wt_thread_number(void) { return 0; }
int32_t wt_current_core(void) { return -1; }
void wt_pull_thread(int32_t number) { (void)number; }
void wt_free_thread(int32_t number) { (void)number; }
void wt_leave_core(void) {}

int32_t wt_available_cores(void) {
  long cores = sysconf(_SC_NPROCESSORS_ONLN);
  return cores > 0 ? (int32_t)cores : 1;
}
#endif

struct start {
  void (*body)(void *);
  void *context;
};

static void *run(void *argument) {
  struct start start = *(struct start *)argument;
  free(argument);
  start.body(start.context);
  return NULL;
}

bool wt_start_thread(void (*body)(void *), void *context) {
  struct start *start = malloc(sizeof *start);
  if (!start) return false;
  *start = (struct start){body, context};
  pthread_t thread;
  if (pthread_create(&thread, NULL, run, start) != 0) {
    free(start);
    return false;
  }
  pthread_detach(thread);
  return true;
}

int32_t wt_environment_number(const char *name) {
  const char *text = getenv(name);
  if (!text) return 0;
  char *end;
  long value = strtol(text, &end, 10);
  return *text && !*end && value > 0 && value <= INT_MAX ? (int32_t)value : 0;
}

uint64_t wt_nanoseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

#endif
