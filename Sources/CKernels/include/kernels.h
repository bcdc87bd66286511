// The few things that Swift cannot say: vector instructions that its SIMD types have no name for, atomic
// operations on plain memory, and the handful of system calls of the thread pool. Everything else is Swift.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Vectors. They are imported as SIMD16<Float>, SIMD16<Int32> and SIMD16<UInt32>.

typedef float WTFloat16 __attribute__((ext_vector_type(16)));
typedef int32_t WTInt16 __attribute__((ext_vector_type(16)));
typedef uint32_t WTUInt16 __attribute__((ext_vector_type(16)));
typedef uint64_t WTWide16 __attribute__((ext_vector_type(16)));

/// The number of floats that one vector register holds, and so the shape of the matrix kernel's tile.
#if defined(__AVX512F__)
#define WT_VECTOR_LANES 16
#else
#define WT_VECTOR_LANES 8
#endif

static inline __attribute__((always_inline)) WTFloat16 wt_square_root(WTFloat16 x) {
  return __builtin_elementwise_sqrt(x);
}

static inline __attribute__((always_inline)) WTFloat16 wt_float(WTUInt16 x) {
  return __builtin_convertvector(x, WTFloat16);
}

/// The upper halves of the sixteen 64-bit products.
static inline __attribute__((always_inline)) WTUInt16 wt_multiply_high(WTUInt16 a, WTUInt16 b) {
  WTWide16 product = __builtin_convertvector(a, WTWide16) * __builtin_convertvector(b, WTWide16);
  return __builtin_convertvector(product >> 32, WTUInt16);
}

// Atomics on plain memory. Without threads (WebAssembly) they are ordinary loads and stores.

static inline uint32_t wt_load_acquire(const uint32_t *_Nonnull p) { return __atomic_load_n(p, __ATOMIC_ACQUIRE); }
static inline uint32_t wt_load_ordered(const uint32_t *_Nonnull p) { return __atomic_load_n(p, __ATOMIC_SEQ_CST); }
static inline void wt_store_release(uint32_t *_Nonnull p, uint32_t v) { __atomic_store_n(p, v, __ATOMIC_RELEASE); }
static inline void wt_store_ordered(uint32_t *_Nonnull p, uint32_t v) { __atomic_store_n(p, v, __ATOMIC_SEQ_CST); }
static inline uint32_t wt_exchange(uint32_t *_Nonnull p, uint32_t v) {
  return __atomic_exchange_n(p, v, __ATOMIC_ACQ_REL);
}
/// Adds and gives the value before.
static inline uint32_t wt_fetch_add(uint32_t *_Nonnull p, uint32_t v) {
  return __atomic_fetch_add(p, v, __ATOMIC_SEQ_CST);
}
static inline uint32_t wt_fetch_subtract(uint32_t *_Nonnull p, uint32_t v) {
  return __atomic_fetch_sub(p, v, __ATOMIC_SEQ_CST);
}
static inline bool wt_compare_exchange(uint32_t *_Nonnull p, uint32_t expected, uint32_t desired) {
  return __atomic_compare_exchange_n(p, &expected, desired, false, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED);
}

/// Tells the core that this is a waiting loop.
static inline void wt_pause(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

// The system. A host without an operating system supplies these itself.

/// Memory aligned to 64 bytes, or null.
void *_Nullable wt_allocate(size_t bytes);
void wt_release(void *_Nonnull memory);

/// Writes all bytes to standard error, unbuffered.
void wt_write_error(const uint8_t *_Nonnull bytes, size_t count);

/// Stops the process with an illegal instruction, which Swift's backtracer reports.
static inline __attribute__((noreturn, always_inline)) void wt_stop(void) { __builtin_trap(); }

/// Sleeps while the word holds `expected`, until woken; may wake for no reason.
void wt_sleep_while(const uint32_t *_Nonnull word, uint32_t expected);
/// Wakes up to `count` sleepers of the word.
void wt_wake(const uint32_t *_Nonnull word, int32_t count);
/// Starts a detached thread; false when the system refuses.
bool wt_start_thread(void (*_Nonnull body)(void *_Nullable), void *_Nullable context);
/// The cores that this process may run on.
int32_t wt_available_cores(void);
/// The environment variable's value as a positive number, or 0.
int32_t wt_environment_number(const char *_Nonnull name);
/// A steady clock, in nanoseconds.
uint64_t wt_nanoseconds(void);
