#define _GNU_SOURCE
#include "runtime_internal.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

void walkthrough_put_byte(walkthrough_record *record, uint8_t value) { record->bytes[record->count++] = value; }

void walkthrough_put_int(walkthrough_record *record, int64_t value) {
  for (int i = 0; i < 8; i++) walkthrough_put_byte(record, (uint8_t)((uint64_t)value >> (8 * i)));
}

void walkthrough_put_frames(walkthrough_record *record, const int64_t *frames, size_t count) {
  for (int i = 0; i < 4; i++) walkthrough_put_byte(record, (uint8_t)(count >> (8 * i)));
  for (size_t i = 0; i < count; i++) walkthrough_put_int(record, frames[i]);
}

/// Where a stack overflow leaves room to report it.
static const size_t alternate_stack_size = 256 * 1024;

/// SIGXCPU is how the parent asks a lesson that takes too long where it is.
static const int signals[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGSYS, SIGXCPU};

static uintptr_t program_counter(const ucontext_t *context) {
#if defined(__x86_64__)
  return (uintptr_t)context->uc_mcontext.gregs[REG_RIP];
#elif defined(__aarch64__)
  return (uintptr_t)context->uc_mcontext.pc;
#else
  return 0;
#endif
}

static void report_crash(int number, siginfo_t *info, void *context) {
  // While a copy of this process runs, it is the copy that is asked where it is.
  if (number == SIGXCPU && walkthrough_pass_on(number)) return;
  // A second fault, in here, ends the process in the ordinary way.
  for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) signal(signals[i], SIG_DFL);
  int64_t frames[walkthrough_max_frames];
  size_t count = walkthrough_collect_frames(frames, program_counter(context));
  walkthrough_record record = {.count = 0};
  walkthrough_put_byte(&record, walkthrough_tag_crashed);
  walkthrough_put_int(&record, number);
  walkthrough_put_int(&record, (int64_t)(uintptr_t)info->si_addr);
  walkthrough_put_frames(&record, frames, count);
  walkthrough_send_last(record.bytes, record.count);
  _exit(128 + number);
}

void walkthrough_install_crash_handlers(void) {
  void *memory = mmap(
      NULL, alternate_stack_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
  if (memory == MAP_FAILED) return;
  stack_t stack = {.ss_sp = memory, .ss_size = alternate_stack_size};
  sigaltstack(&stack, NULL);
  struct sigaction action = {.sa_sigaction = report_crash, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  sigset_t ours;
  sigemptyset(&ours);
  for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
    sigaction(signals[i], &action, NULL);
    sigaddset(&ours, signals[i]);
  }
  sigprocmask(SIG_UNBLOCK, &ours, NULL);
}

static bool finished = false;

void walkthrough_finished(void) { finished = true; }

/// A cell that calls `exit` ends the lesson before its end; say where.
static void report_exit(int status, void *unused) {
  (void)unused;
  if (finished) return;
  int64_t frames[walkthrough_max_frames];
  size_t count = walkthrough_collect_frames(frames, 0);
  walkthrough_record record = {.count = 0};
  walkthrough_put_byte(&record, walkthrough_tag_exited);
  walkthrough_put_int(&record, status);
  walkthrough_put_frames(&record, frames, count);
  walkthrough_send_last(record.bytes, record.count);
}

void walkthrough_install_exit_handler(void) { on_exit(report_exit, NULL); }
