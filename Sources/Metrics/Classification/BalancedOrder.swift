public import TensorCore

/// All places of `labels` in random order such that every beginning of it is balanced: each class in turn gives one of
/// its examples until it has no more. So the first 10, 20, ... places are nested label budgets, with as many examples
/// of every class as can be.
///
/// ```swift
/// let order = balancedOrder(of: train.labels, using: &random)
/// for budget in [10, 100, 1_000] { probe(train.select(Array(order.prefix(budget)))) }
/// ```
///
/// Traps when a label is negative.
public func balancedOrder(of labels: [Int], using random: inout RandomGenerator) -> [Int] {
  var members: [[Int]] = []
  for place in random.permutation(labels.count) {
    let label = labels[place]
    if label < 0 { trap("balancedOrder", "labels: label \(place) is \(label); labels count from 0") }
    while members.count <= label { members.append([]) }
    members[label].append(place)
  }
  var order: [Int] = []
  order.reserveCapacity(labels.count)
  var round = 0
  while order.count < labels.count {
    // The classes take turns in an order of their own each round, so that a budget that is no multiple of the number of
    // classes prefers none.
    for label in random.permutation(members.count) where round < members[label].count {
      order.append(members[label][round])
    }
    round += 1
  }
  return order
}
