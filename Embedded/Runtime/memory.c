// Memory for a module without an operating system: what Swift's runtime and the core's kernels ask a C library for.
//
// Blocks come in powers of two. A freed block goes onto the list of its size and serves the next request of that size;
// fresh ones are cut from the end of the linear memory, which grows as it must and never shrinks.

#include <stddef.h>
#include <stdint.h>

#include "kernels.h"

/// The linker's: where the module's own data and its stack end.
extern uint8_t __heap_base;

/// Stands right before the memory that a caller gets.
struct header {
  /// The block, which begins earlier where the caller asked for more than the usual alignment.
  struct header *block;
  uint32_t size_class;
  uint32_t unused[2];
};
_Static_assert(sizeof(struct header) == 16, "memory behind a header must stay aligned");

enum { SMALLEST_CLASS = 5, LARGEST_CLASS = 30, PAGE = 65536, USUAL_ALIGNMENT = 16 };

static struct header *idle[LARGEST_CLASS + 1];
static uintptr_t end;

static struct header *fresh(size_t bytes) {
  if (end == 0) end = ((uintptr_t)&__heap_base + USUAL_ALIGNMENT - 1) & ~(uintptr_t)(USUAL_ALIGNMENT - 1);
  uintptr_t available = (uintptr_t)__builtin_wasm_memory_size(0) * PAGE;
  if (bytes > available - end) {
    size_t pages = (bytes - (available - end) + PAGE - 1) / PAGE;
    if (__builtin_wasm_memory_grow(0, pages) == (size_t)-1) return NULL;
  }
  struct header *block = (struct header *)end;
  end += bytes;
  return block;
}

static void *allocate(size_t alignment, size_t bytes) {
  size_t most = (size_t)1 << LARGEST_CLASS;
  size_t extra = sizeof(struct header) + (alignment > USUAL_ALIGNMENT ? alignment : 0);
  if (bytes > most || bytes + extra > most) return NULL;
  uint32_t size_class = SMALLEST_CLASS;
  while ((size_t)1 << size_class < bytes + extra) size_class++;
  struct header *block = idle[size_class];
  if (block) {
    idle[size_class] = block->block;
  } else if (!(block = fresh((size_t)1 << size_class))) {
    return NULL;
  }
  uintptr_t address = (uintptr_t)(block + 1);
  if (alignment > USUAL_ALIGNMENT) address = (address + alignment - 1) & ~(uintptr_t)(alignment - 1);
  ((struct header *)address)[-1] = (struct header){.block = block, .size_class = size_class};
  return (void *)address;
}

int posix_memalign(void **result, size_t alignment, size_t bytes) {
  enum { OUT_OF_MEMORY = 12 };
  *result = allocate(alignment, bytes);
  return *result ? 0 : OUT_OF_MEMORY;
}

void free(void *memory) {
  if (!memory) return;
  struct header used = ((struct header *)memory)[-1];
  used.block->block = idle[used.size_class];
  idle[used.size_class] = used.block;
}

void *wt_allocate(size_t bytes) { return allocate(64, bytes); }
void wt_release(void *memory) { free(memory); }

// WebAssembly has instructions for these two; with -mbulk-memory the compiler's built-in functions are those.

void *memmove(void *to, const void *from, size_t count) { return __builtin_memmove(to, from, count); }
void *memcpy(void *restrict to, const void *restrict from, size_t count) { return __builtin_memcpy(to, from, count); }
void *memset(void *to, int byte, size_t count) { return __builtin_memset(to, byte, count); }

int memcmp(const void *a, const void *b, size_t count) {
  const uint8_t *x = a, *y = b;
  for (size_t index = 0; index < count; index++) {
    if (x[index] != y[index]) return x[index] < y[index] ? -1 : 1;
  }
  return 0;
}
