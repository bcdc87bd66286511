import Datasets

/// Fashion-MNIST, read when it is first asked for and then kept.
enum Clothes {
  static func load() throws -> FashionMNIST { try loaded.get() }

  private static let loaded = Result { try FashionMNIST.load() }
}
