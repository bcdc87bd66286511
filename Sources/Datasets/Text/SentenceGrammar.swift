public import TensorCore

/// A small English grammar whose sentences can be checked: the verb agrees with its subject in number, "a" and "an" go
/// with the sound that follows, "every" with one and "many" with several.
///
///     sentence    -> phrase(n) verb(n) phrase(m) "." | phrase(n) verb(n) adverb "."
///     phrase(n)   -> determiner(n) [adjective] noun(n) [preposition determiner(m) [adjective] noun(m)]
///
/// with n and m each singular or plural; the verb agrees with the first noun, not with the nearest: "the keepers near the
/// lamp watch a ship." Sentences are lower-case, words are separated by one space, and the full stop follows the last
/// word without one.
///
/// ```swift
/// let grammar = SentenceGrammar()
/// let sentence = grammar.sample(using: &random)   // "an old keeper lights the lamps."
/// grammar.isValid(sentence)                       // true
/// grammar.mistake(in: "the keeper light the lamp.")
/// // wrongVerbForm("light")
/// ```
public struct SentenceGrammar: Sendable {
  /// A grammatical number.
  enum Number: CaseIterable { case singular, plural }

  /// A word that has two forms.
  struct Forms: Sendable {
    let singular: String
    let plural: String

    func form(_ number: Number) -> String { number == .singular ? singular : plural }
  }

  static let nouns = [
    Forms(singular: "keeper", plural: "keepers"), Forms(singular: "ship", plural: "ships"),
    Forms(singular: "gull", plural: "gulls"), Forms(singular: "lamp", plural: "lamps"),
    Forms(singular: "wave", plural: "waves"), Forms(singular: "island", plural: "islands"),
    Forms(singular: "sailor", plural: "sailors"), Forms(singular: "anchor", plural: "anchors"),
  ]
  /// Verbs that take an object. The plural form is the one without the s.
  static let transitiveVerbs = [
    Forms(singular: "watches", plural: "watch"), Forms(singular: "finds", plural: "find"),
    Forms(singular: "passes", plural: "pass"), Forms(singular: "lights", plural: "light"),
  ]
  static let intransitiveVerbs = [
    Forms(singular: "waits", plural: "wait"), Forms(singular: "turns", plural: "turn"),
    Forms(singular: "sleeps", plural: "sleep"),
  ]
  static let adjectives = ["old", "small", "bright", "grey", "empty"]
  static let adverbs = ["slowly", "again", "alone"]
  static let prepositions = ["near", "behind"]
  /// "a" stands for both of its forms.
  static let singularDeterminers = ["a", "the", "every"]
  static let pluralDeterminers = ["the", "many", "two"]

  public init() {}

  /// Every word of the language, in the order of the alphabet.
  public var words: [String] { Set(Self.lexicon.keys).sorted() }

  /// A sentence drawn at random: each choice of the grammar is equally likely, and an optional part is there every second
  /// time (the part with a preposition, every fourth).
  public func sample(using random: inout RandomGenerator) -> String {
    let subject: Number = random.integer(below: 2) == 0 ? .singular : .plural
    var words = phrase(subject, &random)
    if random.integer(below: 2) == 0 {
      words.append(Self.pick(Self.transitiveVerbs, &random).form(subject))
      words += phrase(random.integer(below: 2) == 0 ? .singular : .plural, &random)
    } else {
      words.append(Self.pick(Self.intransitiveVerbs, &random).form(subject))
      words.append(Self.pick(Self.adverbs, &random))
    }
    return words.joined(separator: " ") + "."
  }

  /// Sentences drawn at random; the same one may come twice. Traps when `count` is negative.
  public func sample(_ count: Int, using random: inout RandomGenerator) -> [String] {
    guard count >= 0 else { trap("SentenceGrammar.sample", "count: must be 0 or more, not \(count)") }
    return (0..<count).map { _ in sample(using: &random) }
  }

  /// The length of the longest sentence, in characters: what a model of fixed length must hold.
  public var longestSentence: Int {
    func longest(_ words: [String]) -> Int { words.map(\.count).max() ?? 0 }
    let nounPart = Number.allCases.map { number in
      let determiners = number == .singular ? Self.singularDeterminers : Self.pluralDeterminers
      return longest(determiners) + 1 + longest(Self.adjectives) + 1 + longest(Self.nouns.map { $0.form(number) })
    }
    let widest = nounPart.max() ?? 0
    let phrase = { (head: Int) in head + 1 + longest(Self.prepositions) + 1 + widest }
    return zip(Number.allCases, nounPart).map { number, head in
      let transitive = longest(Self.transitiveVerbs.map { $0.form(number) }) + 1 + phrase(widest)
      let intransitive = longest(Self.intransitiveVerbs.map { $0.form(number) }) + 1 + longest(Self.adverbs)
      return phrase(head) + 1 + max(transitive, intransitive) + 1
    }.max() ?? 0
  }

  private func phrase(_ number: Number, _ random: inout RandomGenerator) -> [String] {
    var words = nounPart(number, &random)
    if random.integer(below: 4) == 0 {
      words.append(Self.pick(Self.prepositions, &random))
      words += nounPart(random.integer(below: 2) == 0 ? .singular : .plural, &random)
    }
    return words
  }

  private func nounPart(_ number: Number, _ random: inout RandomGenerator) -> [String] {
    let determiner = Self.pick(
      number == .singular ? Self.singularDeterminers : Self.pluralDeterminers, &random)
    var rest: [String] = []
    if random.integer(below: 2) == 0 { rest.append(Self.pick(Self.adjectives, &random)) }
    rest.append(Self.pick(Self.nouns, &random).form(number))
    return [determiner == "a" ? Self.article(before: rest[0]) : determiner] + rest
  }

  /// "an" before a vowel, "a" before another sound. In this lexicon letters and sounds agree.
  static func article(before word: String) -> String {
    guard let first = word.first else { return "a" }
    return "aeiou".contains(first) ? "an" : "a"
  }

  private static func pick<Choice>(_ choices: [Choice], _ random: inout RandomGenerator) -> Choice {
    choices[random.integer(below: choices.count)]
  }
}
