extension SentenceGrammar {
  /// What is wrong with a text, at the first place where it leaves the grammar.
  public enum Mistake: Error, Sendable, Equatable, CustomStringConvertible {
    /// It does not end in one full stop, or its words are not separated by single spaces.
    case wrongSpacing
    /// A word that the language does not have.
    case unknownWord(String)
    /// "a" before a vowel, or "an" before another sound; the word is the one that follows.
    case wrongArticle(before: String)
    /// A noun in another number than its determiner.
    case wrongNounForm(String)
    /// A verb in another number than its subject.
    case wrongVerbForm(String)
    /// A known word where another kind of word is due.
    case misplacedWord(String)
    /// The sentence ends before it is complete.
    case incomplete

    public var description: String {
      switch self {
      case .wrongSpacing: "words must be separated by single spaces and end in one full stop"
      case .unknownWord(let word): "\"\(word)\" is no word of the language"
      case .wrongArticle(let word): "the article does not go with \"\(word)\""
      case .wrongNounForm(let word): "\"\(word)\" does not agree with its determiner"
      case .wrongVerbForm(let word): "\"\(word)\" does not agree with its subject"
      case .misplacedWord(let word): "\"\(word)\" cannot stand there"
      case .incomplete: "the sentence is not complete"
      }
    }
  }

  /// Whether the text is one sentence of the language.
  public func isValid(_ text: String) -> Bool { mistake(in: text) == nil }

  /// The first mistake in a text; nil for a sentence of the language.
  public func mistake(in text: String) -> Mistake? {
    guard text.hasSuffix(".") else { return .wrongSpacing }
    let words = text.dropLast().split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard words.allSatisfy({ !$0.isEmpty && !$0.contains(".") && !$0.contains("\n") }) else { return .wrongSpacing }
    if let unknown = words.first(where: { Self.lexicon[$0] == nil }) { return .unknownWord(unknown) }
    var reader = Reader(words: words)
    do throws(Mistake) {
      try reader.sentence()
      return nil
    } catch {
      return error
    }
  }

  /// What a word is, with the numbers that it goes with. No word of this language is of two kinds.
  enum Kind {
    case determiner([Number])
    case article
    case adjective
    case noun(Number)
    case transitiveVerb(Number)
    case intransitiveVerb(Number)
    case adverb
    case preposition
  }

  static let lexicon: [String: Kind] = {
    var lexicon: [String: Kind] = ["a": .article, "an": .article]
    for word in Set(singularDeterminers + pluralDeterminers) where word != "a" {
      var numbers: [Number] = []
      if singularDeterminers.contains(word) { numbers.append(.singular) }
      if pluralDeterminers.contains(word) { numbers.append(.plural) }
      lexicon[word] = .determiner(numbers)
    }
    for word in adjectives { lexicon[word] = .adjective }
    for word in adverbs { lexicon[word] = .adverb }
    for word in prepositions { lexicon[word] = .preposition }
    for number in Number.allCases {
      for forms in nouns { lexicon[forms.form(number)] = .noun(number) }
      for forms in transitiveVerbs { lexicon[forms.form(number)] = .transitiveVerb(number) }
      for forms in intransitiveVerbs { lexicon[forms.form(number)] = .intransitiveVerb(number) }
    }
    return lexicon
  }()

  /// A recursive-descent reader: one function for each rule, none of which has to look back.
  private struct Reader {
    let words: [String]
    var place = 0

    private var kind: Kind? { place < words.count ? SentenceGrammar.lexicon[words[place]] : nil }

    private func misplaced() -> Mistake { place < words.count ? .misplacedWord(words[place]) : .incomplete }

    mutating func sentence() throws(Mistake) {
      let subject = try phrase()
      let verb = place
      switch kind {
      case .transitiveVerb(let number):
        place += 1
        guard number == subject else { throw .wrongVerbForm(words[verb]) }
        _ = try phrase()
      case .intransitiveVerb(let number):
        place += 1
        guard number == subject else { throw .wrongVerbForm(words[verb]) }
        guard case .adverb = kind else { throw misplaced() }
        place += 1
      default: throw misplaced()
      }
      guard place == words.count else { throw misplaced() }
    }

    private mutating func phrase() throws(Mistake) -> Number {
      let number = try nounPart()
      if case .preposition = kind {
        place += 1
        _ = try nounPart()
      }
      return number
    }

    private mutating func nounPart() throws(Mistake) -> Number {
      var numbers: [Number] = [.singular]
      var article: String?
      switch kind {
      case .article: article = words[place]
      case .determiner(let allowed): numbers = allowed
      default: throw misplaced()
      }
      place += 1
      if let article, place < words.count, SentenceGrammar.article(before: words[place]) != article {
        throw .wrongArticle(before: words[place])
      }
      if case .adjective = kind { place += 1 }
      guard case .noun(let number) = kind else { throw misplaced() }
      guard numbers.contains(number) else { throw .wrongNounForm(words[place]) }
      place += 1
      return number
    }
  }
}
