// The few things that Swift cannot say: vector instructions that its SIMD types have no name for, atomic
// operations on plain memory, and the handful of system calls of the thread pool. Everything else is Swift.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "software_fma.h"

// Vectors. They are imported as SIMD16<Float>, SIMD16<Int32> and SIMD16<UInt32>.

typedef float WTFloat16 __attribute__((ext_vector_type(16)));
typedef int32_t WTInt16 __attribute__((ext_vector_type(16)));
typedef uint32_t WTUInt16 __attribute__((ext_vector_type(16)));
typedef uint64_t WTWide8 __attribute__((ext_vector_type(8)));

/// The number of floats that one vector register holds, and so the shape of the matrix kernel's tile.
#if defined(__AVX512F__)
#define WT_VECTOR_LANES 16
#else
#define WT_VECTOR_LANES 8
#endif

/// One register of the matrix kernel: imported as SIMD16<Float> or SIMD8<Float>.
typedef float WTTileVector __attribute__((ext_vector_type(WT_VECTOR_LANES)));

/// The tile's rows: two registers a row are accumulated, and the tile must leave some for the factors. AVX-512 has 32
/// registers, so 14 rows take 28; AVX2 has 16, so 6 rows take 12.
#if defined(__AVX512F__)
#define WT_TILE_ROWS 14
#else
#define WT_TILE_ROWS 6
#endif

/// `a * b + c`, rounded once. Swift's `addingProduct` of a vector is one scalar call a lane, which the optimizer only
/// sometimes puts together again. Without FMA instructions this calls `fmaf`, with the same bits; WebAssembly's own way
/// is in `software_fma.h`.
#if defined(__wasm__)
static inline __attribute__((always_inline)) WTTileVector wt_tile_multiply_add(
    WTTileVector a, WTTileVector b, WTTileVector c) {
  WTTileVector result;
  result.lo = wt_software_fma4(a.lo, b.lo, c.lo);
  result.hi = wt_software_fma4(a.hi, b.hi, c.hi);
  return result;
}
// Out of line: the call is hidden behind the arithmetic, and the module is a third smaller.
static inline __attribute__((noinline)) WTFloat16 wt_multiply_add(WTFloat16 a, WTFloat16 b, WTFloat16 c) {
  WTFloat16 result;
  result.lo = wt_tile_multiply_add(a.lo, b.lo, c.lo);
  result.hi = wt_tile_multiply_add(a.hi, b.hi, c.hi);
  return result;
}
#else
static inline __attribute__((always_inline)) WTTileVector wt_tile_multiply_add(
    WTTileVector a, WTTileVector b, WTTileVector c) {
  return __builtin_elementwise_fma(a, b, c);
}
static inline __attribute__((always_inline)) WTFloat16 wt_multiply_add(WTFloat16 a, WTFloat16 b, WTFloat16 c) {
  return __builtin_elementwise_fma(a, b, c);
}
#endif

/// Keeps the loads before it before it, and those after it after it; costs nothing. Without it the optimizer gathers a
/// tile's factors before their first use, needs more than AVX2's sixteen registers, and spills sums at every step.
static inline __attribute__((always_inline)) void wt_keep_order(void) {
#if defined(__AVX2__) && !defined(__AVX512F__)
  __asm__ volatile("" ::: "memory");
#endif
}

// The four operations too are scalar calls in Swift.
#define WT_ARITHMETIC(name, op) \
  static inline __attribute__((always_inline)) WTFloat16 name(WTFloat16 a, WTFloat16 b) { return a op b; }
WT_ARITHMETIC(wt_add, +)
WT_ARITHMETIC(wt_subtract, -)
WT_ARITHMETIC(wt_multiply, *)
WT_ARITHMETIC(wt_divide, /)
#undef WT_ARITHMETIC

static inline __attribute__((always_inline)) WTFloat16 wt_square_root(WTFloat16 x) {
  return __builtin_elementwise_sqrt(x);
}

// Comparisons give all ones or all zeros a lane; `wt_select` takes `a` where the mask is set. Swift's own masks are
// taken apart lane by lane.
#define WT_COMPARE(name, Type, op) \
  static inline __attribute__((always_inline)) WTInt16 name(Type a, Type b) { return (WTInt16)(a op b); }
WT_COMPARE(wt_less, WTFloat16, <)
WT_COMPARE(wt_less_or_equal, WTFloat16, <=)
WT_COMPARE(wt_equal, WTFloat16, ==)
WT_COMPARE(wt_not_equal, WTFloat16, !=)
WT_COMPARE(wt_int_less, WTInt16, <)
WT_COMPARE(wt_int_equal, WTInt16, ==)
WT_COMPARE(wt_bits_less, WTUInt16, <)
#undef WT_COMPARE

static inline __attribute__((always_inline)) WTFloat16 wt_select(WTInt16 mask, WTFloat16 a, WTFloat16 b) {
  return mask ? a : b;
}
static inline __attribute__((always_inline)) WTUInt16 wt_select_bits(WTInt16 mask, WTUInt16 a, WTUInt16 b) {
  return mask ? a : b;
}
static inline __attribute__((always_inline)) WTInt16 wt_select_int(WTInt16 mask, WTInt16 a, WTInt16 b) {
  return mask ? a : b;
}
static inline __attribute__((always_inline)) bool wt_any(WTInt16 mask) { return __builtin_reduce_or(mask) != 0; }

static inline __attribute__((always_inline)) WTFloat16 wt_float(WTUInt16 x) {
  return __builtin_convertvector(x, WTFloat16);
}

/// A step of transposing: the lower (upper) halves of each 128-, 256- ... bit group of `a` and `b`, interleaved by runs
/// of 1, 2, 4 or 8 lanes.
#define WT_INTERLEAVE(name, ...)                                                                       \
  static inline __attribute__((always_inline)) WTFloat16 name(WTFloat16 a, WTFloat16 b) {              \
    return __builtin_shufflevector(a, b, __VA_ARGS__);                                                 \
  }
WT_INTERLEAVE(wt_low1, 0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30)
WT_INTERLEAVE(wt_high1, 1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31)
WT_INTERLEAVE(wt_low2, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29)
WT_INTERLEAVE(wt_high2, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31)
WT_INTERLEAVE(wt_low4, 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27)
WT_INTERLEAVE(wt_high4, 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31)
WT_INTERLEAVE(wt_low8, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23)
WT_INTERLEAVE(wt_high8, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31)
#undef WT_INTERLEAVE

/// The upper and the lower halves of the sixteen 64-bit products: even and odd lanes are multiplied apart.
static inline __attribute__((always_inline)) WTUInt16 wt_multiply_high(WTUInt16 a, uint32_t b) {
  WTWide8 wide = (WTWide8)a;
  WTWide8 even = (wide & 0xffffffffu) * b, odd = (wide >> 32) * b;
  return (WTUInt16)((even >> 32) | (odd & 0xffffffff00000000u));
}
static inline __attribute__((always_inline)) WTUInt16 wt_multiply_low(WTUInt16 a, uint32_t b) {
  WTWide8 wide = (WTWide8)a;
  WTWide8 even = (wide & 0xffffffffu) * b, odd = (wide >> 32) * b;
  return (WTUInt16)((even & 0xffffffffu) | (odd << 32));
}

/// `a0 b0 a1 b1 ...`: the first and the last eight lanes of two vectors, alternating.
static inline __attribute__((always_inline)) WTUInt16 wt_zip_low(WTUInt16 a, WTUInt16 b) {
  return __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}
static inline __attribute__((always_inline)) WTUInt16 wt_zip_high(WTUInt16 a, WTUInt16 b) {
  return __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
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
/// A number by which the system knows the calling thread, for the next functions.
int32_t wt_thread_number(void);
/// The core that the calling thread runs on, or a negative number where that is not known.
int32_t wt_current_core(void);
/// Makes the system run the thread on the calling one's core: on a loaded machine it may be runnable and still wait a
/// whole time slice for the core that it last ran on. It gets there once the caller sleeps.
void wt_pull_thread(int32_t number);
/// Lets the thread run wherever the calling one may.
void wt_free_thread(int32_t number);
/// Moves the calling thread to another of the process's cores, if there is one, and lets it run on all of them.
void wt_leave_core(void);
/// The cores that this process may run on.
int32_t wt_available_cores(void);
/// The environment variable's value as a positive number, or 0.
int32_t wt_environment_number(const char *_Nonnull name);
/// A steady clock, in nanoseconds.
uint64_t wt_nanoseconds(void);
