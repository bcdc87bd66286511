/// The style sheet and the script that all pages share, put together from one file for each concern.
enum SiteAssets {
  /// Later rules win over earlier ones that say as much about an element.
  static let style: [UInt8] = [
    PackageResources.base_css,
    PackageResources.layout_css,
    PackageResources.headings_css,
    PackageResources.contents_css,
    PackageResources.text_css,
    PackageResources.formulas_css,
    PackageResources.scrolling_css,
    PackageResources.cells_css,
    PackageResources.figures_css,
    PackageResources.hovers_css,
    PackageResources.footnotes_css,
    PackageResources.pager_css,
    PackageResources.search_css,
    PackageResources.frames_css,
    PackageResources.index_css,
    PackageResources.bar_css,
    PackageResources.reference_css,
    PackageResources.timing_css,
    PackageResources.lesson_css,
    PackageResources.narrow_css,
    PackageResources.print_css,
  ].flatMap { $0 }

  /// One function, so that its parts share names with each other and with nothing else on the page.
  static let script: [UInt8] =
    Array("(function () {\n\"use strict\";\n".utf8)
    + [
      PackageResources.begin_js,
      PackageResources.theme_js,
      PackageResources.copy_js,
      PackageResources.timing_js,
      PackageResources.hovers_js,
      PackageResources.search_js,
      PackageResources.frames_js,
      PackageResources.tabstops_js,
      PackageResources.contents_js,
      PackageResources.folds_js,
      PackageResources.start_js,
    ].flatMap { $0 } + Array("})();\n".utf8)
}
