// `a * b + c`, rounded once, for targets that have no instruction for it. WebAssembly has none: its relaxed
// multiply-add may or may not round in between, as the reader's machine likes. The bits are those of the instruction,
// for every input but for which NaN a NaN is.
#pragma once

#include <stdint.h>

typedef float WTFloat4 __attribute__((ext_vector_type(4)));
typedef double WTDouble4 __attribute__((ext_vector_type(4)));
typedef int64_t WTLong4 __attribute__((ext_vector_type(4)));

/// The part of `wt_software_fma4` for sums that double precision had to round and that may round to a float otherwise
/// than the exact sums would.
WTFloat4 wt_software_fma4_doubtful(const WTDouble4 *_Nonnull product, const WTDouble4 *_Nonnull addend);

/// Four floats. Their products are exact in double precision, so that only the sum is rounded: once to a double and once
/// more to a float. That differs from one rounding only where the double lies halfway between two floats: its last 29
/// bits are 1000..., or it is below the smallest normal float, where the place of the halves varies.
static inline __attribute__((always_inline)) WTFloat4 wt_software_fma4(WTFloat4 a, WTFloat4 b, WTFloat4 c) {
  WTDouble4 product = __builtin_convertvector(a, WTDouble4) * __builtin_convertvector(b, WTDouble4);
  WTDouble4 addend = __builtin_convertvector(c, WTDouble4);
  WTDouble4 sum = product + addend;
  WTLong4 isHalfway = ((WTLong4)sum & 0x1fffffff) == 0x10000000;
  WTLong4 isSmall = (__builtin_elementwise_abs(sum) < 0x1p-126) & (sum != 0);
  if (__builtin_expect(__builtin_reduce_or(isHalfway | isSmall) != 0, 0)) {
    WTDouble4 terms[2] = {product, addend};
    return wt_software_fma4_doubtful(&terms[0], &terms[1]);
  }
  return __builtin_convertvector(sum, WTFloat4);
}

/// One float.
float wt_software_fmaf(float a, float b, float c);

/// One double.
double wt_software_fma(double a, double b, double c);
