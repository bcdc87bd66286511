internal import Foundation

/// A folder of pages, opened from the disk.
struct SiteFolder: Sendable {
  let root: URL

  init(_ root: URL) {
    // Chromium names files by their real path; so must we, to tell what lies inside.
    self.root = root.resolvingSymlinksInPath().standardizedFileURL
  }

  /// The pages' paths in the folder, in order.
  var pages: [String] {
    let paths = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    return paths.filter { $0.hasSuffix(".html") }.sorted()
  }

  /// The lessons' pages, in order.
  var lessons: [String] { pages.filter { !$0.contains("/") && !["index.html", "404.html"].contains($0) } }

  /// The pages that stand for all: every page but those of the reference, which are made alike, and of these the lists
  /// and each module's longest page.
  var representativePages: [String] {
    var longest: [String: (page: String, size: Int)] = [:]
    var chosen: [String] = []
    for page in pages {
      let folder = page.split(separator: "/").dropLast().joined(separator: "/")
      guard folder.hasPrefix("api/"), !page.hasSuffix("/index.html") else {
        chosen.append(page)
        continue
      }
      let size = (try? FileManager.default.attributesOfItem(atPath: address(of: page).path)[.size] as? Int) ?? 0
      if size > longest[folder]?.size ?? -1 { longest[folder] = (page, size) }
    }
    return (chosen + longest.values.map(\.page)).sorted()
  }

  /// Of those the lessons and the common pages, and of the reference its list and its longest page.
  var fewPages: [String] {
    let all = representativePages
    func size(_ page: String) -> Int {
      (try? FileManager.default.attributesOfItem(atPath: address(of: page).path)[.size] as? Int) ?? 0
    }
    let longest = all.filter { $0.hasPrefix("api/") && $0 != "api/index.html" }.max { size($0) < size($1) }
    return all.filter { !$0.hasPrefix("api/") || $0 == "api/index.html" || $0 == longest }
  }

  func address(of page: String) -> URL { root.appending(path: page) }

  /// The path in the folder that a `file:` address names, without query and fragment; nil where it lies outside.
  func path(of address: String) -> String? {
    guard let url = URL(string: address), url.scheme == "file", url.host() ?? "" == "" else { return nil }
    let path = URL(filePath: url.path(percentEncoded: false)).standardizedFileURL.path
    guard path.hasPrefix(root.path + "/") else { return path == root.path ? "" : nil }
    return String(path.dropFirst(root.path.count + 1))
  }

  /// Whether a file, not a folder, lies at `path`.
  func hasFile(at path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: root.appending(path: path).path, isDirectory: &isFolder)
      && !isFolder.boolValue
  }
}
