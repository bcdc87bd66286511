#include "peak.h"

#if defined(__AVX512F__)
enum { lanes = 16 };
#else
enum { lanes = 8 };
#endif
typedef float Vector __attribute__((ext_vector_type(lanes)));

// Two units with a latency of four cycles need eight chains; twelve leave room and still fit into sixteen registers.
enum { chains = 12 };

static volatile float sink;

double wt_multiply_adds(long rounds) {
  Vector sums[chains];
  for (int chain = 0; chain < chains; chain++) sums[chain] = (Vector)((float)chain);
  Vector factor = (Vector)(0.999999f), term = (Vector)(1e-7f);
  for (long round = 0; round < rounds; round++) {
#pragma clang loop unroll(full)
    for (int chain = 0; chain < chains; chain++) sums[chain] = __builtin_elementwise_fma(sums[chain], factor, term);
  }
  for (int chain = 1; chain < chains; chain++) sums[0] += sums[chain];
  sink = sums[0][0] + sums[0][lanes - 1];
  return 2.0 * lanes * chains * (double)rounds;
}
