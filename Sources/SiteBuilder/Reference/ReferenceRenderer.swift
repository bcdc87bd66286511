internal import Markup

/// The stage that renders what lessons can call as pages of its own.
struct ReferenceRenderer {
  let pages: APIPages
  let math: MathRenderer
  let address: SiteAddress?

  func render(uses: APIUses) -> RenderedPage {
    var usesMath = false
    var files = [SiteFile(path: APIPages.index, text: Serializer.html(APIIndexRenderer.document(pages, address)))]
    for page in pages.pages {
      let document = APIPageRenderer.document(
        APIPageRenderer(page: page, pages: pages, uses: uses, math: math, address: address))
      usesMath = usesMath || document.usesMath
      files.append(SiteFile(path: page.path, text: Serializer.html(document.node)))
    }
    return RenderedPage(files: files, usesMath: usesMath, mathClasses: math.takeUsedClasses())
  }
}
