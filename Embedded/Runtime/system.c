// What the core and Swift's runtime ask a system for, beyond memory.

#include <stddef.h>
#include <stdint.h>

#include "kernels.h"

/// The host's: takes a message for the developer's console.
__attribute__((import_module("host"), import_name("writeError"))) void host_write_error(
    const uint8_t *bytes, size_t count);

void wt_write_error(const uint8_t *bytes, size_t count) { host_write_error(bytes, count); }

// Swift's `addingProduct` of a single number.
float fmaf(float a, float b, float c) { return wt_software_fmaf(a, b, c); }
double fma(double a, double b, double c) { return wt_software_fma(a, b, c); }

/// Swift seeds the hashing of its dictionaries and sets with this. Always the same seed: an order that changes from one
/// visit to the next would change results.
void arc4random_buf(void *memory, size_t count) {
  uint8_t *bytes = memory;
  for (size_t index = 0; index < count; index++) bytes[index] = 0;
}
