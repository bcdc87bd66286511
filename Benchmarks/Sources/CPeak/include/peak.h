#pragma once

/// Runs `rounds` rounds of independent fused multiply-adds on vector registers; returns how many floating-point
/// operations that were. One thread, no memory: what no program on one core can exceed.
double wt_multiply_adds(long rounds);
