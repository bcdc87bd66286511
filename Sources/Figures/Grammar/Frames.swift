/// Pictures in time: a filmstrip on paper, a film where the page can play one.
public struct Frames: Equatable, Sendable {
  /// What one frame shows.
  public enum Picture: Equatable, Sendable {
    case plot(Plot)
    case images(ImageGrid)
  }

  public var title: String
  public var pictures: [Picture]
  /// What each frame is called, such as "t = 40".
  public var labels: [String]

  /// Plots as frames; all show the same range of x and y. Traps unless each has its label.
  public init(_ plots: [Plot], labels: [String], title: String = "") {
    self.init(pictures: plots.map { .plot($0) }, labels: labels, title: title)
  }

  /// Image grids as frames. Traps unless each has its label.
  public init(_ images: [ImageGrid], labels: [String], title: String = "") {
    self.init(pictures: images.map { .images($0) }, labels: labels, title: title)
  }

  private init(pictures: [Picture], labels: [String], title: String) {
    requireEqualCounts("Frames", "pictures", pictures.count, "labels", labels.count)
    self.title = title
    self.pictures = pictures
    self.labels = labels
  }
}
