internal import FigureRendering
package import Foundation
package import Lessons
internal import Markup
internal import SnippetProtocol
package import SnippetRunner

/// A lesson with everything that its page shows.
package struct LessonMaterial: Sendable {
  package var lesson: Lesson
  package var run: LessonRun
  package var tokens: LessonTokens

  package init(lesson: Lesson, run: LessonRun, tokens: LessonTokens) {
    self.lesson = lesson
    self.run = run
    self.tokens = tokens
  }
}

/// A site in memory: its files, and what was wrong on the way to them.
package struct Site: Sendable {
  /// In the order of their paths.
  package var files: [SiteFile]
  package var diagnostics: [Diagnostic]

  /// Whether the site may take the place of the old one. One mistake anywhere keeps the old site, so that what readers
  /// see never mixes old pages with new ones and never shows a page that failed.
  package var isComplete: Bool { !diagnostics.contains { $0.severity == .error } }
}

/// The stage that renders lessons as a whole site: pages, list, styles, script, fonts, and the figures' data.
///
/// Equal lessons give equal bytes: no date, no path of the machine and no version of a tool is written.
package struct SiteRenderer: Sendable {
  /// Where Debian's package `libjs-katex` puts KaTeX.
  package static let defaultKatexFolder = URL(fileURLWithPath: "/usr/share/javascript/katex", isDirectory: true)

  private let katexFolder: URL
  private let cacheFolder: URL?
  private let program: String?
  private let shownValues: ShownValueRenderer
  private let lessonsFolder: URL?
  private let address: SiteAddress?

  /// - Parameters:
  ///   - katexFolder: a release of KaTeX 0.16.
  ///   - cacheFolder: where set formulas and rendered pages are kept between builds; nil keeps none.
  ///   - program: names the program that renders; nil keeps no pages, since those of another program may look otherwise.
  ///   - address: where the site is published; with it come a sitemap, a feed and whole addresses.
  ///   - lessonsFolder: where the images and files lie that lessons show or link to; nil when there are none.
  package init(
    katexFolder: URL = defaultKatexFolder, cacheFolder: URL? = nil, program: String? = nil, lessonsFolder: URL? = nil,
    address: SiteAddress? = nil, shownValues: ShownValueRenderer = .figures
  ) {
    self.katexFolder = katexFolder
    self.cacheFolder = cacheFolder
    self.program = program
    self.lessonsFolder = lessonsFolder
    self.address = address
    self.shownValues = shownValues
  }

  /// Renders every lesson, also after one was found wrong, so that one build reports all mistakes.
  ///
  /// - Parameters:
  ///   - kept: pages of lessons that are not among `lessons`; they go into the site as they are.
  ///   - reference: what lessons can call, for pages of its own; nil leaves these out.
  ///   - withSolutions: whether exercises keep their solutions.
  package func render(
    _ lessons: [LessonMaterial], keeping kept: [KeptPage] = [], reference: APIReference? = nil,
    withSolutions: Bool = true
  ) -> Site {
    let lessons = withSolutions ? lessons : lessons.map { StudentEdition(lesson: $0.lesson).apply(to: $0) }
    let math: MathRenderer
    do throws(MathRenderer.LoadingFailure) {
      math = try MathRenderer(katexFolder: katexFolder, cacheFolder: cacheFolder)
    } catch {
      return Site(files: [], diagnostics: [Self.diagnostic(error)])
    }
    let keptLessons = kept.map { withSolutions ? $0.lesson : StudentEdition(lesson: $0.lesson).withoutSolutions() }
    let course = (lessons.map(\.lesson) + keptLessons).sorted {
      ($0.frontMatter.order, $0.slug) < ($1.frontMatter.order, $1.slug)
    }
    let materials = Dictionary(lessons.map { ($0.lesson.slug, $0) }) { first, _ in first }
    let pages = reference.map(APIPages.init)
    let cache = pageCache(math, reference, withSolutions: withSolutions)
    var collected = Collected()
    for (index, lesson) in course.enumerated() {
      guard let material = materials[lesson.slug] else { continue }
      let renderer = PageRenderer(
        lesson: lesson, run: material.run, tokens: material.tokens, math: math, shownValues: shownValues,
        previous: index > 0 ? Self.neighbour(course[index - 1]) : nil,
        next: index + 1 < course.count ? Self.neighbour(course[index + 1]) : nil, reference: pages, address: address)
      collect(page(renderer, cache, &collected.diagnostics), of: lesson, into: &collected)
    }
    for page in kept {
      collected.add(page.files, usesMath: page.usesMath, mathClasses: MathRenderer.classes(in: page.html))
      collected.files += page.attachments.filter { collected.attached.insert($0.path).inserted }
    }
    if let pages {
      let uses = Self.uses(course, materials, kept, pages)
      let place = cache?.page("api") { uses.describe(to: &$0) }
      let renderer = ReferenceRenderer(pages: pages, math: math, address: address)
      let kept = place?.load()
      let page = kept ?? renderer.render(uses: uses)
      if kept == nil { place?.store(page) }
      collected.add(page.files, usesMath: page.usesMath, mathClasses: page.mathClasses)
    }
    collected.files += commonFiles(course, pages, poster: Poster(of: course, pages: collected.files))
    if let address {
      let pages = collected.files.map(\.path).filter { $0.hasSuffix(".html") && $0 != PageShell.notFoundPath }
      collected.files += Announcements(address: address, lessons: course).files(pages: pages)
    }
    math.keepFormulas()
    if collected.usesMath {
      do throws(MathStyle.LoadingFailure) {
        collected.files += try Self.mathFiles(katexFolder, collected.mathClasses)
      } catch {
        collected.diagnostics.append(Self.diagnostic(error))
      }
    }
    return Site(files: collected.files.sorted { $0.path < $1.path }, diagnostics: collected.diagnostics)
  }

  /// What the pages rendered so far gave.
  private struct Collected {
    var files: [SiteFile] = []
    var diagnostics: [Diagnostic] = []
    var usesMath = false
    var mathClasses: Set<String> = []
    var attached: Set<String> = []

    mutating func add(_ files: [SiteFile], usesMath: Bool, mathClasses: Set<String>) {
      self.files += files
      self.usesMath = self.usesMath || usesMath
      self.mathClasses.formUnion(mathClasses)
    }
  }

  private func collect(_ page: RenderedPage, of lesson: Lesson, into collected: inout Collected) {
    collected.add(page.files, usesMath: page.usesMath, mathClasses: page.mathClasses)
    attach(page.attachments, of: lesson, to: &collected)
  }

  private func pageCache(_ math: MathRenderer, _ reference: APIReference?, withSolutions: Bool) -> PageCache? {
    guard let cacheFolder, let program else { return nil }
    return PageCache(folder: cacheFolder, program: program) { writer in
      writer.write(math.identity)
      writer.write(withSolutions)
      writer.writeOptional(reference) { $0.write($1) }
      writer.writeOptional(address) { $0.write($1.text) }
    }
  }

  /// A lesson's page, as it was kept or newly rendered. One with mistakes is not kept, so that every build tells them.
  private func page(
    _ renderer: PageRenderer, _ cache: PageCache?, _ diagnostics: inout [Diagnostic]
  ) -> RenderedPage {
    let lesson = renderer.lesson
    let place = cache?.page(lesson.slug) { renderer.describe(to: &$0) }
    if let kept = place?.load() { return kept }
    let rendered = PageRenderer.render(renderer)
    let html = Serializer.html(rendered.document)
    let page = RenderedPage(
      files: [SiteFile(path: lesson.slug + ".html", text: html)] + rendered.figureFiles, usesMath: rendered.usesMath,
      mathClasses: renderer.math.takeUsedClasses(), attachments: rendered.attachments)
    let found = rendered.diagnostics + [Self.weigh(rendered, html, of: lesson)].compactMap { $0 }
    if found.isEmpty { place?.store(page) }
    diagnostics += found
    return page
  }

  private func attach(_ paths: Set<String>, of lesson: Lesson, to collected: inout Collected) {
    for path in paths.subtracting(collected.attached).sorted() {
      collected.attached.insert(path)
      if let file = attachment(path) {
        collected.files.append(file)
      } else {
        collected.diagnostics.append(Self.missingAttachment(path, of: lesson))
      }
    }
  }

  /// What lies at a path beside the lessons.
  private func attachment(_ path: String) -> SiteFile? {
    guard let content = lessonsFolder.flatMap({ try? Data(contentsOf: $0.appendingPathComponent(path)) }) else {
      return nil
    }
    return SiteFile(path: path, content: Array(content))
  }

  private static func missingAttachment(_ path: String, of lesson: Lesson) -> Diagnostic {
    Diagnostic(
      stage: .writing, identifier: "missing-file", summary: "\(lesson.source.path) names \(path), which cannot be read",
      remedy: "Put the file beside the lesson, or take its link away.")
  }

  private static func neighbour(_ lesson: Lesson) -> PageRenderer.Neighbour {
    PageRenderer.Neighbour(slug: lesson.slug, title: lesson.frontMatter.title)
  }

  private func commonFiles(_ lessons: [Lesson], _ pages: APIPages?, poster: Poster?) -> [SiteFile] {
    let index = IndexRenderer(
      lessons: lessons.map {
        IndexRenderer.Entry(
          slug: $0.slug, title: $0.frontMatter.title, summary: $0.frontMatter.summary, part: $0.frontMatter.part)
      }, poster: poster, hasReference: pages != nil, address: address)
    var search = SearchIndex()
    for lesson in lessons { search.add(lesson) }
    for entry in pages.map(APISearch.entries) ?? [] { search.add(entry) }
    return [
      SiteFile(path: "index.html", text: Serializer.html(index.document())),
      SiteFile(
        path: PageShell.notFoundPath,
        text: Serializer.html(NotFoundRenderer.document(hasReference: pages != nil, address: address))),
      SiteFile(
        path: "assets/site.css",
        content: Array((PageTheme.css + FigureTheme.styleSheet).utf8) + SiteAssets.style),
      SiteFile(path: "assets/site.js", content: SiteAssets.script),
      SiteFile(path: "assets/lesson.js", content: PackageResources.lesson_js),
      SiteFile(path: "assets/search-index.js", text: search.script()),
      SiteFile(path: "assets/favicon.svg", content: PackageResources.favicon_svg),
    ]
  }

  private static func uses(
    _ course: [Lesson], _ materials: [String: LessonMaterial], _ kept: [KeptPage], _ pages: APIPages
  ) -> APIUses {
    var uses = APIUses()
    for lesson in course {
      if let material = materials[lesson.slug] {
        uses.add(lesson, material.tokens, pages)
      } else if let page = kept.first(where: { $0.lesson.slug == lesson.slug }) {
        uses.add(page, pages)
      }
    }
    return uses
  }

  private static func mathFiles(_ folder: URL, _ classes: Set<String>) throws(MathStyle.LoadingFailure) -> [SiteFile] {
    let style = try MathStyle(katexFolder: folder, usedClasses: classes)
    return [SiteFile(path: "assets/katex.css", text: style.css)]
      + style.fonts.map { SiteFile(path: "assets/fonts/" + $0.name, content: Array($0.content)) }
  }

  /// A page that takes long to arrive is a mistake of its author's, who can fold, split or shorten.
  private static func weigh(_ page: PageRenderer.Page, _ html: String, of lesson: Lesson) -> Diagnostic? {
    // Most pages are light even uncompressed with their figures.
    guard html.utf8.count > PageWeight.comfortable else { return nil }
    let size = PageWeight.compressedSize(of: Serializer.html(page.documentWithoutFigures))
    guard size > PageWeight.comfortable else { return nil }
    let isError = size > PageWeight.limit
    let limit = (isError ? PageWeight.limit : PageWeight.comfortable) / 1_024
    return Diagnostic(
      severity: isError ? .error : .warning, stage: .writing, identifier: "heavy-page",
      summary: "the page of \(lesson.slug) is \(size / 1_024) KiB compressed without its figures; the "
        + (isError ? "limit" : "aim") + " is \(limit) KiB",
      location: lesson.source.location(
        SourceRange(start: SourcePosition(line: 1, column: 1), end: SourcePosition(line: 1, column: 1))),
      remedy: "Print less, or split the lesson.")
  }

  private static func diagnostic(_ failure: MathRenderer.LoadingFailure) -> Diagnostic {
    switch failure {
    case .missingFile(let path): missingKatex(path)
    case .script(let message):
      Diagnostic(
        stage: .environment, identifier: "katex", summary: "KaTeX could not be loaded: \(message)",
        remedy: "Install KaTeX 0.16 (Debian: `apt-get install libjs-katex`).")
    }
  }

  private static func diagnostic(_ failure: MathStyle.LoadingFailure) -> Diagnostic {
    switch failure {
    case .missingFile(let path): missingKatex(path)
    }
  }

  private static func missingKatex(_ path: String) -> Diagnostic {
    Diagnostic(
      stage: .environment, identifier: "katex", summary: "a file of KaTeX is missing: \(path)",
      remedy: "Install it with `apt-get install libjs-katex fonts-katex`.")
  }
}
