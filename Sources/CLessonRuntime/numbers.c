#define _GNU_SOURCE
#include "runtime_internal.h"

#include <locale.h>
#include <stdio.h>
#include <time.h>

static size_t format(const char *pattern, double value, int32_t places, char *buffer, size_t capacity) {
  static locale_t plain;
  if (plain == (locale_t)0) plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
  locale_t before = uselocale(plain);
  int count = snprintf(buffer, capacity, pattern, places, value);
  uselocale(before);
  if (count < 0) return 0;
  return (size_t)count < capacity ? (size_t)count : capacity;
}

size_t walkthrough_format_fixed(double value, int32_t places, char *buffer, size_t capacity) {
  return format("%.*f", value, places, buffer, capacity);
}

size_t walkthrough_format_exponent(double value, int32_t places, char *buffer, size_t capacity) {
  return format("%.*e", value, places, buffer, capacity);
}

double walkthrough_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}
