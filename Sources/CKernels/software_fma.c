#include "software_fma.h"

#include <stdbool.h>

static uint64_t bits_of(double x) {
  uint64_t bits;
  __builtin_memcpy(&bits, &x, sizeof bits);
  return bits;
}

static double from_bits(uint64_t bits) {
  double x;
  __builtin_memcpy(&x, &bits, sizeof x);
  return x;
}

/// The sum rounded to odd: where it is not exact, to the neighbour whose last bit is set. A second rounding to half as
/// many bits then gives what one rounding would (Boldo and Melquiond, IEEE Transactions on Computers 57(4), 2008).
static double sum_to_odd(double a, double b) {
  double sum = a + b;
  double share = sum - a;
  double lost = (a - (sum - share)) + (b - share);
  if (!(lost < 0 || lost > 0)) return sum;
  uint64_t bits = bits_of(sum);
  if (bits & 1) return sum;
  return from_bits((lost > 0) == (sum > 0) ? bits + 1 : bits - 1);
}

WTFloat4 wt_software_fma4_doubtful(const WTDouble4 *product, const WTDouble4 *addend) {
  WTFloat4 result;
  for (int lane = 0; lane < 4; lane++) result[lane] = (float)sum_to_odd((*product)[lane], (*addend)[lane]);
  return result;
}

float wt_software_fmaf(float a, float b, float c) { return (float)sum_to_odd((double)a * (double)b, (double)c); }

// Double precision: the same sum in whole numbers of 128 bits.

struct wide {
  uint64_t high, low;
};

static struct wide shifted_left(struct wide x, int count) {
  if (count == 0) return x;
  if (count >= 64) return (struct wide){x.low << (count - 64), 0};
  return (struct wide){x.high << count | x.low >> (64 - count), x.low << count};
}

/// Shifted right; the last bit tells of bits that were set and have left.
static struct wide shifted_right(struct wide x, int count) {
  if (count == 0) return x;
  if (count >= 128) return (struct wide){0, (x.high | x.low) != 0};
  if (count >= 64) {
    uint64_t left = x.low | (count > 64 ? x.high << (128 - count) : 0);
    return (struct wide){0, x.high >> (count - 64) | (left != 0)};
  }
  uint64_t left = x.low << (64 - count);
  return (struct wide){x.high >> count, x.high << (64 - count) | x.low >> count | (left != 0)};
}

static struct wide product(uint64_t a, uint64_t b) {
  uint64_t a0 = (uint32_t)a, a1 = a >> 32, b0 = (uint32_t)b, b1 = b >> 32;
  uint64_t middle = a1 * b0 + (a0 * b0 >> 32);
  uint64_t other = a0 * b1 + (uint32_t)middle;
  return (struct wide){a1 * b1 + (middle >> 32) + (other >> 32), a * b};
}

static int highest_bit(struct wide x) {
  return x.high != 0 ? 127 - __builtin_clzll(x.high) : 63 - __builtin_clzll(x.low);
}

static struct wide sum(struct wide a, struct wide b) {
  uint64_t low = a.low + b.low;
  return (struct wide){a.high + b.high + (low < a.low), low};
}

static struct wide difference(struct wide a, struct wide b) {
  return (struct wide){a.high - b.high - (a.low < b.low), a.low - b.low};
}

static bool is_less(struct wide a, struct wide b) { return a.high != b.high ? a.high < b.high : a.low < b.low; }

/// `digits * 2^exponent`, below zero or not.
struct number {
  bool is_negative;
  int exponent;
  struct wide digits;
};

static bool is_negative(double x) { return bits_of(x) >> 63; }
static bool is_finite(double x) { return (bits_of(x) >> 52 & 0x7ff) != 0x7ff; }

/// A finite number's exponent, for whole digits.
static int exponent_of(double x) {
  int biased = (int)(bits_of(x) >> 52 & 0x7ff);
  return (biased == 0 ? 1 : biased) - 1075;
}

static uint64_t digits_of(double x) {
  uint64_t fraction = bits_of(x) & 0xfffffffffffff;
  return (bits_of(x) >> 52 & 0x7ff) == 0 ? fraction : fraction | 1ull << 52;
}

/// The same number with its highest digit at bit 125, which leaves room for a sum.
static struct number aligned(struct number x) {
  int count = 125 - highest_bit(x.digits);
  return (struct number){x.is_negative, x.exponent - count, shifted_left(x.digits, count)};
}

/// The nearest double; of two, the one whose last bit is not set. The last digit may stand for others below it.
static double rounded(struct number x) {
  // The weight of the result's last bit; below the normal numbers it stays where it is.
  int exponent = x.exponent + highest_bit(x.digits) - 52;
  if (exponent < -1074) exponent = -1074;
  // Two bits more than the result has: a half, and whether there is anything below.
  int count = exponent - x.exponent - 2;
  uint64_t quarters = (count >= 0 ? shifted_right(x.digits, count) : shifted_left(x.digits, -count)).low;
  uint64_t digits = quarters >> 2, rest = quarters & 3;
  if (rest == 3 || (rest == 2 && (digits & 1))) digits++;
  uint64_t sign = (uint64_t)x.is_negative << 63;
  // A normal number's highest digit is not stored: it adds 1 to the exponent that stands before the others.
  uint64_t bits = digits < 1ull << 52 ? digits : ((uint64_t)(exponent + 1074) << 52) + digits;
  return from_bits(sign | (exponent + 1074 > 2046 || bits > 0x7ff0000000000000 ? 0x7ff0000000000000 : bits));
}

double wt_software_fma(double a, double b, double c) {
  if (!is_finite(a) || !is_finite(b) || a == 0 || b == 0) return a * b + c;
  if (!is_finite(c)) return c;
  struct number first = aligned((struct number){
      is_negative(a) != is_negative(b), exponent_of(a) + exponent_of(b), product(digits_of(a), digits_of(b))});
  if (c == 0) return rounded(first);
  struct number second = aligned((struct number){is_negative(c), exponent_of(c), {0, digits_of(c)}});
  if (first.exponent < second.exponent ||
      (first.exponent == second.exponent && is_less(first.digits, second.digits))) {
    struct number larger = second;
    second = first;
    first = larger;
  }
  second.digits = shifted_right(second.digits, first.exponent - second.exponent);
  if (first.is_negative == second.is_negative) {
    first.digits = sum(first.digits, second.digits);
  } else {
    first.digits = difference(first.digits, second.digits);
    if (first.digits.high == 0 && first.digits.low == 0) return 0;
  }
  return rounded(first);
}
