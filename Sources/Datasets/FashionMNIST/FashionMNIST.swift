internal import TensorCore

/// Fashion-MNIST: 70,000 grey images of clothes from ten classes, 28 x 28 pixels each (Xiao, Rasul and Vollgraf 2017,
/// arXiv 1708.07747), read from the four gzipped IDX files that Debian packages as `dataset-fashion-mnist`.
public struct FashionMNIST: Sendable {
  /// 60,000 images to learn from.
  public let train: LabeledImages
  /// 10,000 images to test on.
  public let test: LabeledImages

  /// What the labels 0 to 9 mean.
  public static let classNames = [
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
  ]

  /// Where Debian puts the files.
  public static let defaultFolder = "/usr/share/datasets/fashion-mnist"
  /// The environment variable that names another folder.
  public static let folderVariable = "WALKTHROUGH_FASHION_MNIST"

  /// Reads both halves of the data set.
  ///
  /// - Parameter folder: where the four `.gz` files are. By default the folder that the environment variable
  ///   `WALKTHROUGH_FASHION_MNIST` names, or else Debian's `/usr/share/datasets/fashion-mnist`.
  /// - Throws: a ``DatasetError`` when a file is missing, unreadable or damaged, when an image is not 28 x 28, when a
  ///   label is above 9, or when a file's labels and images differ in number.
  public static func load(from folder: String? = nil) throws(DatasetError) -> FashionMNIST {
    let folder = folder ?? environmentValue(folderVariable) ?? defaultFolder
    return FashionMNIST(
      train: try loadHalf("train", from: folder), test: try loadHalf("t10k", from: folder))
  }

  /// Reads the 60,000 training images alone; see ``load(from:)``.
  public static func loadTrain(from folder: String? = nil) throws(DatasetError) -> LabeledImages {
    try loadHalf("train", from: folder ?? environmentValue(folderVariable) ?? defaultFolder)
  }

  /// Reads the 10,000 test images alone; see ``load(from:)``.
  public static func loadTest(from folder: String? = nil) throws(DatasetError) -> LabeledImages {
    try loadHalf("t10k", from: folder ?? environmentValue(folderVariable) ?? defaultFolder)
  }

  private static let missing =
    "install Debian's package dataset-fashion-mnist (apt install dataset-fashion-mnist), "
    + "or set \(folderVariable) to the folder that holds its four .gz files"
  private static let damaged =
    "reinstall Debian's package dataset-fashion-mnist, or set \(folderVariable) to a folder with whole files"

  private static func loadHalf(_ name: String, from folder: String) throws(DatasetError) -> LabeledImages {
    let labelPath = "\(folder)/\(name)-labels-idx1-ubyte.gz"
    let imagePath = "\(folder)/\(name)-images-idx3-ubyte.gz"
    let labelFile = try IDXReader(path: labelPath, rank: 1, missing: missing, damaged: damaged)
    let imageFile = try IDXReader(path: imagePath, rank: 3, missing: missing, damaged: damaged)
    let (height, width) = (imageFile.dimensions[1], imageFile.dimensions[2])
    guard height == 28, width == 28 else {
      throw .damagedFile(
        path: imagePath, problem: "its images are \(height) x \(width) pixels, not 28 x 28", remedy: damaged)
    }
    guard labelFile.count == imageFile.dimensions[0] else {
      throw .mismatch(
        problem:
          "\(labelPath) holds \(labelFile.count) labels for the \(imageFile.dimensions[0]) images of \(imagePath)",
        remedy: damaged)
    }
    let labels = try readLabels(labelFile, below: classNames.count)
    return LabeledImages(
      pixels: try readPixels(imageFile), labels: labels, height: height, width: width, channels: 1)
  }

  private static func readLabels(_ file: IDXReader, below limit: Int) throws(DatasetError) -> [Int] {
    var labels: [Int] = []
    labels.reserveCapacity(file.count)
    try file.forEachPiece { _, bytes in
      for byte in bytes { labels.append(Int(byte)) }
    }
    if let place = labels.firstIndex(where: { $0 >= limit }) {
      throw .damagedFile(
        path: file.path, problem: "label \(place) is \(labels[place]), above \(limit - 1)", remedy: damaged)
    }
    return labels
  }

  private static func readPixels(_ file: IDXReader) throws(DatasetError) -> Pixels {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(file.count)
    try file.forEachPiece { _, piece in bytes.append(contentsOf: piece) }
    return .bytes(bytes)
  }
}
