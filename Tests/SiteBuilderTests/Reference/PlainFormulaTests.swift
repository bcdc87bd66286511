import SiteBuilder
import Testing

@Suite struct PlainFormulaTests {
  @Test(arguments: [
    (
      "p(x) = sum_k w_k N(x; mu_k, s_k^2 I)",
      #"p \left( x \right) = \sum_{k} w_{k} N \left( x ; \mu_{k} , s_{k}^{2} I \right)"#
    ),
    ("|a - b|^2 / n", #"| a - b |^{2} / n"#),
    (
      "1/n sum_i -log f(x)_{y_i} + c/2 |W|^2",
      #"\frac{1}{n} \sum_{i} - \log f \left( x \right)_{y_{i}} + \frac{c}{2} | W |^{2}"#
    ),
    ("(a + b) / (1 - c)", #"\frac{a + b}{1 - c}"#),
    (
      "E_{x ~ p, k} log Q(k | T_k(x))",
      #"\mathbb{E}_{x \sim p , k} \log Q \left( k \mid T_{k} \left( x \right) \right)"#
    ),
    (
      "sum_(k != i) e^(s(i, k) / tau)",
      #"\sum_{k \ne i} e^{s \left( i , k \right) / \tau}"#
    ),
    (
      "theta' = -psi f'(theta psi),    psi' = price",
      #"\theta' = - \psi f' \left( \theta \psi \right) , \qquad \psi' = \text{price}"#
    ),
    ("+- z / (n + 1) sqrt(s (n - s) / n)", #"\pm \frac{z}{n + 1} \sqrt{s \frac{n - s}{n}}"#),
    ("kept_(t-1) sum over masked places of x", #"\operatorname{kept}_{t - 1} \text{sum over masked places of} \; x"#),
    ("C_1^1/2", "C_{1}^{1/2}"),
    ("a = b\nc + d = e", #"\begin{aligned} a &= b \\ c + d &= e \end{aligned}"#),
  ])
  func readsAsItIsMeant(_ formula: String, _ tex: String) {
    #expect(PlainFormula.tex(formula) == tex)
  }

  @Test(arguments: [
    "show(ImageGrid(samples, columns: 8))", "expect(a < b, \"the smaller\")",
    "for step in 1...steps {\n  train(step)\n}", "visitor.visit(\"first\", &first)", "(a + b", "a)", "x_", "",
    "π r", "sentence -> phrase(n) \".\"",
  ])
  func codeIsNoFormula(_ code: String) {
    #expect(PlainFormula.tex(code) == nil)
  }

  /// Whatever the parser makes of random signs, it ends, and its brackets are balanced.
  @Test func endsOnAnything() {
    let pieces = [
      "a", "sum", "sqrt", "mu", "12", "(", ")", "{", "}", "[", "]", "_", "^", "/", " / ", "|", " ", "-", ",  ",
    ]
    var state: UInt64 = 7
    for _ in 0..<20_000 {
      var text = ""
      for _ in 0..<(Int(state >> 60) + 1) {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += pieces[Int(state >> 33) % pieces.count]
      }
      guard let tex = PlainFormula.tex(text) else { continue }
      let opens = tex.count { $0 == "{" }
      #expect(opens == tex.count { $0 == "}" }, "\(text) → \(tex)")
    }
  }
}
