import Markup
import Testing

@Suite struct EscapingTests {
  @Test func textCannotBecomeMarkup() {
    #expect(Serializer.html(.text("a < b && c > \"d\"")) == "a &lt; b &amp;&amp; c &gt; \"d\"")
  }

  @Test func attributesCannotEndEarly() {
    let node = Node.element("a", [("title", "\"><script>\n\t'&amp;'")])
    #expect(Serializer.html(node) == "<a title=\"&quot;&gt;&lt;script&gt;&#10;&#9;'&amp;amp;'\"></a>")
  }

  @Test func charactersThatXMLForbidsAreReplaced() {
    let forbidden = "\u{0}\u{1B}\u{7F}\u{FFFF}\u{1FFFE}"
    #expect(Serializer.html(.text("x\(forbidden)y\r\n")) == "x\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}y&#13;\n")
  }

  @Test func otherScriptsAndEmojiStay() {
    #expect(Serializer.html(.text("Größe 大 👩‍🔬\u{A0}½")) == "Größe 大 👩‍🔬\u{A0}½")
  }
}

@Suite struct HTMLTests {
  @Test func documentWithVoidElementsAndBareAttributes() {
    let page = Node.fragment([
      .doctype,
      .element(
        "html", [("lang", "en")],
        [
          .element("meta", [("charset", "utf-8")]),
          .element("details", [("open", ""), ("id", nil)], ["one", .element("br"), "two"]),
          .element("p"),
        ]),
    ])
    #expect(
      Serializer.html(page)
        == "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><details open>one<br>two</details><p></p></html>")
  }

  @Test func scriptsCannotEndEarly() {
    let script = Node.element("script", [], ["let x = \"</script><SCRIPT><!-- a < b && c\""])
    #expect(
      Serializer.html(script)
        == "<script>let x = \"\\u003C/script>\\u003CSCRIPT>\\u003C!-- a < b && c\"</script>")
  }

  @Test func styleSheetsCannotEndEarly() {
    let style = Node.element("style", [], ["a>b{content:\"</STYLE>\"}"])
    #expect(Serializer.html(style) == "<style>a>b{content:\"<\\/STYLE>\"}</style>")
  }

  @Test func leadingLineFeedOfPreformattedTextSurvives() {
    #expect(Serializer.html(.element("pre", [], ["\na"])) == "<pre>\n\na</pre>")
    #expect(Serializer.html(.element("pre", [], ["", .fragment(["\na"])])) == "<pre>\n\na</pre>")
    #expect(Serializer.html(.element("pre", [], ["a\n"])) == "<pre>a\n</pre>")
  }

  @Test func trustedMarkupIsCopied() {
    #expect(Serializer.html(.element("p", [], [.trusted("<b>x</b>"), "<b>"])) == "<p><b>x</b>&lt;b&gt;</p>")
  }

  @Test func foreignElementsFollowTheirOwnRules() {
    let svg = Node.element(
      "svg", [("viewBox", "0 0 1 1")],
      [
        .element("style", [], ["a>b{}"]),
        .element("path", [("d", "M0 0"), ("class", "")]),
        .element("foreignObject", [], [.element("div", [], [.element("br")])]),
      ])
    #expect(
      Serializer.html(.element("figure", [], [svg]))
        == "<figure><svg viewBox=\"0 0 1 1\"><style>a&gt;b{}</style><path d=\"M0 0\" class/>"
        + "<foreignObject><div><br></div></foreignObject></svg></figure>")
  }
}

@Suite struct SVGTests {
  @Test func namespacesAreDeclaredOnce() {
    let svg = Node.element(
      "svg", [],
      [
        .element("g", [], [.element("path", [("d", "M0 0"), ("class", "")])]),
        .element("foreignObject", [], [.element("div", [], ["a", .element("br")])]),
      ])
    #expect(
      Serializer.svg(svg) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <svg xmlns="http://www.w3.org/2000/svg"><g><path d="M0 0" class=""/></g>\
        <foreignObject><div xmlns="http://www.w3.org/1999/xhtml">a<br/></div></foreignObject></svg>

        """)
  }

  @Test func aNamespaceThatIsGivenIsKept() {
    let svg = Node.element("svg", [("xmlns", "http://www.w3.org/2000/svg")])
    #expect(Serializer.svg(svg).hasSuffix("\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n"))
  }

  @Test func styleSheetsAreEscapedText() {
    let svg = Node.element("svg", [], [.element("style", [], ["a>b{} /* </style> & */"])])
    #expect(Serializer.svg(svg).contains("<style>a&gt;b{} /* &lt;/style&gt; &amp; */</style>"))
  }
}

@Suite struct XMLTests {
  @Test func aDocumentOfAnotherKindHasNoNamespaceButItsOwn() {
    let root = Element(
      "urlset", [("xmlns", "http://example.org/x")],
      [.element("url", [], [.element("loc", [], ["https://example.org/a?b&c"]), .element("link", [], ["<"])])])
    #expect(
      Serializer.xml(root) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <urlset xmlns="http://example.org/x"><url><loc>https://example.org/a?b&amp;c</loc><link>&lt;</link></url></urlset>

        """)
  }
}
