/// The nodes that an operation's operands came from; nil for a constant operand.
///
/// Nearly every operation has three operands at most, and for those nothing is allocated.
struct Operands {
  private var first: Node?
  private var second: Node?
  private var third: Node?
  private var more: [Node?] = []
  private(set) var count: Int

  /// None: those of a leaf.
  init() { count = 0 }

  init(_ first: Node?) {
    self.first = first
    count = 1
  }

  init(_ first: Node?, _ second: Node?) {
    self.first = first
    self.second = second
    count = 2
  }

  init(_ first: Node?, _ second: Node?, _ third: Node?) {
    self.first = first
    self.second = second
    self.third = third
    count = 3
  }

  init(_ nodes: [Node?]) {
    more = nodes
    count = nodes.count
  }

  /// The operand at a place below `count`.
  subscript(index: Int) -> Node? {
    if !more.isEmpty { return more[index] }
    switch index {
    case 0: return first
    case 1: return second
    default: return third
    }
  }

  /// Lets go of all operands, but hands over those that nobody else holds and that have operands of their own.
  mutating func release(into orphans: inout [Node]) {
    Operands.release(&first, into: &orphans)
    Operands.release(&second, into: &orphans)
    Operands.release(&third, into: &orphans)
    for index in more.indices { Operands.release(&more[index], into: &orphans) }
    count = 0
  }

  private static func release(_ entry: inout Node?, into orphans: inout [Node]) {
    if isKnownUniquelyReferenced(&entry), let node = entry, !node.isLeaf { orphans.append(node) }
    entry = nil
  }
}
