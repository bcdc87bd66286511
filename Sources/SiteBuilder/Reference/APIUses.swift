internal import Foundation
internal import Lessons
internal import SnippetProtocol

/// Which cells of which lessons use what, by the symbols' identifiers.
struct APIUses {
  struct CellName: Equatable {
    var index: Int
    var name: String
  }

  struct Use: Equatable {
    var slug: String
    var title: String
    /// In their order.
    var cells: [CellName]
  }

  private var uses: [String: [Use]] = [:]

  func of(_ identifiers: some Sequence<String>) -> [Use] {
    var merged: [Use] = []
    for use in identifiers.flatMap({ uses[$0] ?? [] }) {
      if let index = merged.firstIndex(where: { $0.slug == use.slug }) {
        let known = merged[index].cells
        merged[index].cells += use.cells.filter { !known.contains($0) }
        merged[index].cells.sort { $0.index < $1.index }
      } else {
        merged.append(use)
      }
    }
    return merged
  }

  /// Adds a lesson's cells whose code the reader sees.
  mutating func add(_ lesson: Lesson, _ tokens: LessonTokens, _ pages: APIPages) {
    for (cell, cellTokens) in zip(lesson.cells, tokens.cells) where cell.options.echo {
      for hover in cellTokens.compactMap(\.hover) where tokens.hovers.indices.contains(hover) {
        // What the name links to, so that a page that was kept tells the same.
        if let identifier = tokens.hovers[hover].symbols.first(where: { pages.address(of: $0) != nil }) {
          add(identifier, in: CellName(index: cell.index, name: cell.name), of: lesson)
        }
      }
    }
  }

  /// Adds the cells of a page that an earlier build wrote, by its links to the reference.
  mutating func add(_ page: KeptPage, _ pages: APIPages) {
    let pieces = page.html.components(separatedBy: " id=\"cell:")
    for piece in pieces.dropFirst() {
      let name = piece.prefix { $0 != "\"" }
      guard let cell = page.lesson.cells.first(where: { $0.name == name }) else { continue }
      // A name in code has its hover before its address; the hovers' own links, at the page's end, have none.
      for link in piece.components(separatedBy: "\" href=\"\(APIPages.folder)/").dropFirst() {
        let address = "\(APIPages.folder)/" + link.prefix { $0 != "\"" }
        for identifier in pages.identifiers(at: address) {
          add(identifier, in: CellName(index: cell.index, name: cell.name), of: page.lesson)
        }
      }
    }
  }

  private mutating func add(_ identifier: String, in cell: CellName, of lesson: Lesson) {
    var list = uses[identifier] ?? []
    if list.last?.slug != lesson.slug {
      list.append(Use(slug: lesson.slug, title: lesson.frontMatter.title, cells: []))
    }
    if list[list.count - 1].cells.last != cell { list[list.count - 1].cells.append(cell) }
    uses[identifier] = list
  }
}

extension APIUses {
  /// For the key under which the reference's pages are kept.
  func describe(to writer: inout WireWriter) {
    for (identifier, list) in uses.sorted(by: { $0.key < $1.key }) {
      writer.write(identifier)
      writer.write(list.count)
      for use in list {
        writer.write([use.slug, use.title])
        writer.write(use.cells.map { "\($0.index) \($0.name)" })
      }
    }
  }
}
