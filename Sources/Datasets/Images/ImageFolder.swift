internal import PNGCoding
internal import TensorCore

/// Images read from a folder of PNG files: grey or colour, 8 or 16 bits, all of one size.
public struct ImageFolder: Sendable {
  /// The images with the number of each one's class.
  public let images: LabeledImages
  /// The names of the folders that the classes came from; empty when the files lie in the folder itself.
  public let classNames: [String]
  /// The files, relative to the folder, in the images' order.
  public let fileNames: [String]

  private static let remedy = "give the path of a folder that holds .png files, or one folder of .png files a class"

  /// Reads all `.png` files of a folder, in the order of their names.
  ///
  /// Where the folder holds folders and no `.png` files, every folder is a class, in the order of their names; otherwise
  /// all labels are 0. Files with other endings are left out. A sample becomes sample / 255, or / 65,535 where it has 16
  /// bits; no gamma and no colour profile is applied.
  ///
  /// - Throws: a ``DatasetError`` when the folder is missing or holds no `.png` file, a file is no whole PNG or has
  ///   transparent pixels, and when two differ in size or one is grey and one in colour.
  public static func load(_ path: String) throws(DatasetError) -> ImageFolder {
    let contents = try FolderContents(path: path, remedy: remedy)
    let direct = contents.files.filter(isPNG)
    if !direct.isEmpty || contents.folders.isEmpty {
      return try load(path, files: direct, labels: Array(repeating: 0, count: direct.count), classNames: [])
    }
    var (files, labels): ([String], [Int]) = ([], [])
    for (label, folder) in contents.folders.enumerated() {
      let inside = try FolderContents(path: "\(path)/\(folder)", remedy: remedy).files.filter(isPNG)
      files += inside.map { "\(folder)/\($0)" }
      labels += Array(repeating: label, count: inside.count)
    }
    return try load(path, files: files, labels: labels, classNames: contents.folders)
  }

  private static func isPNG(_ name: String) -> Bool { name.lowercased().hasSuffix(".png") }

  private static func load(
    _ path: String, files: [String], labels: [Int], classNames: [String]
  ) throws(DatasetError) -> ImageFolder {
    guard let first = files.first else {
      throw .mismatch(problem: "there are no .png files in \(path)", remedy: remedy)
    }
    let model = try picture("\(path)/\(first)")
    let size = model.samples.count
    var scalars: [Float] = []
    scalars.reserveCapacity(size * files.count)
    for name in files {
      let picture = try name == first ? model : picture("\(path)/\(name)")
      guard picture.width == model.width, picture.height == model.height, picture.channels == model.channels else {
        throw .mismatch(
          problem: "\(path)/\(name) has \(form(picture)), but \(path)/\(first) has \(form(model))",
          remedy: "bring all images of the folder to one size, and to grey or to colour")
      }
      let maximum = Float(picture.maximum)
      for sample in picture.samples { scalars.append(Float(sample) / maximum) }
    }
    return ImageFolder(
      images: LabeledImages(
        images: Tensor(scalars, shape: [files.count, size]), labels: labels, height: model.height,
        width: model.width, channels: model.channels), classNames: classNames, fileNames: files)
  }

  private static func picture(_ path: String) throws(DatasetError) -> PNGPicture {
    let file = try FileContents(path: path, remedy: remedy)
    do throws(PNGFailure) {
      return try PNGReader.picture(file.bytes)
    } catch {
      throw .damagedFile(
        path: path, problem: error.message, remedy: "replace it by a whole PNG file without transparency, or remove it")
    }
  }

  private static func form(_ picture: PNGPicture) -> String {
    "\(picture.width) x \(picture.height) \(picture.channels == 1 ? "grey" : "colour") pixels"
  }
}
