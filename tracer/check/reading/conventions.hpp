#pragma once

/// What a writer may mean otherwise than the problem does, throughout a file.
///
/// The reader applies one set of conventions to a whole file; which one the writer keeps to is
/// found out by check.cpp, which reads with one after the other and compares.
namespace chalkgrad {

struct Conventions {
  /// δ is −∂E/∂net, as in textbooks that add η·δ·x to a weight; Err and "error term" likewise.
  bool negative_delta = false;
  /// dz of a sample is that of the sample's own loss; the mean over the samples is taken later.
  bool own_loss = false;
  /// z² and a¹ are of the second and the first layer, and no powers.
  bool layers_above = false;
  /// 1/2 (a − b)^2 and 1/2x are (1/2)·(a − b)^2 and (1/2)·x; otherwise they are refused.
  bool fraction_first = false;
  /// O, l and I within numbers are the digits 0 and 1, as scanned text has them.
  bool scanned = false;
  /// The first sample is [0].
  bool from_zero = false;
  /// e is Euler's number, though the problem has a quantity e.
  bool euler = false;
};

}  // namespace chalkgrad
