#define _GNU_SOURCE
#include "runtime_internal.h"

#include <execinfo.h>
#include <link.h>

static uintptr_t base, low, high;

/// The first object is the executable.
static int note_executable(struct dl_phdr_info *info, size_t size, void *unused) {
  (void)size, (void)unused;
  base = info->dlpi_addr;
  low = UINTPTR_MAX;
  for (int i = 0; i < info->dlpi_phnum; i++) {
    if (info->dlpi_phdr[i].p_type != PT_LOAD) continue;
    uintptr_t start = base + info->dlpi_phdr[i].p_vaddr;
    uintptr_t end = start + info->dlpi_phdr[i].p_memsz;
    if (start < low) low = start;
    if (end > high) high = end;
  }
  return 1;
}

void walkthrough_install_frames(void) {
  dl_iterate_phdr(note_executable, NULL);
  // The first call loads the unwinder, which a signal handler must not do.
  void *warm[4];
  backtrace(warm, 4);
}

size_t walkthrough_collect_frames(int64_t *frames, uintptr_t fault) {
  void *stack[256];
  int depth = backtrace(stack, 256);
  size_t count = 0;
  int first = 0;
  if (fault != 0) {
    for (int i = 0; i < depth; i++) {
      if ((uintptr_t)stack[i] == fault) first = i;
    }
  }
  for (int i = first; i < depth && count < walkthrough_max_frames; i++) {
    uintptr_t address = (uintptr_t)stack[i];
    if (address < low || address >= high) continue;
    frames[count++] = (int64_t)(address - base) - (address == fault && i == first ? 0 : 1);
  }
  return count;
}
