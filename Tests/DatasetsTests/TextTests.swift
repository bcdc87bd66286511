import Datasets
import TensorCore
import TestSupport
import Testing

@Suite struct SentenceGrammarTests {
  let grammar = SentenceGrammar()

  @Test func sentencesThatAreMadeAreValid() {
    var random = RandomGenerator(seed: 91)
    let sentences = grammar.sample(5_000, using: &random)
    #expect(sentences.allSatisfy { grammar.mistake(in: $0) == nil })
    #expect(Set(sentences).count > 4_000)
    #expect(sentences.allSatisfy { $0.count <= grammar.longestSentence })
    // Every word is used.
    let used = Set(sentences.flatMap { $0.dropLast().split(separator: " ").map(String.init) })
    #expect(used.sorted() == grammar.words)
  }

  @Test(
    arguments: [
      ("an old keeper lights the lamps.", nil),
      ("the keepers near the lamp watch a ship.", nil),
      ("every gull waits alone.", nil),
      ("the keeper light the lamp.", .wrongVerbForm("light")),
      ("the keepers near the lamp watches a ship.", .wrongVerbForm("watches")),
      ("two gull wait alone.", .wrongNounForm("gull")),
      ("every ships turns slowly.", .wrongNounForm("ships")),
      ("a old keeper waits again.", .wrongArticle(before: "old")),
      ("an bright lamp turns again.", .wrongArticle(before: "bright")),
      ("a island sleeps alone.", .wrongArticle(before: "island")),
      ("the whale sleeps alone.", .unknownWord("whale")),
      ("the keeper lights.", .incomplete),
      ("the keeper waits.", .incomplete),
      ("the", .wrongSpacing),
      (".", .wrongSpacing),
      ("", .wrongSpacing),
      ("the keeper  waits alone.", .wrongSpacing),
      (" the keeper waits alone.", .wrongSpacing),
      ("the keeper waits alone. ", .wrongSpacing),
      ("the keeper waits alone .", .wrongSpacing),
      ("the keeper waits alone alone.", .misplacedWord("alone")),
      ("keeper waits alone.", .misplacedWord("keeper")),
      ("the old old keeper waits alone.", .misplacedWord("old")),
      ("the keeper waits the lamp.", .misplacedWord("the")),
    ] as [(String, SentenceGrammar.Mistake?)])
  func mistakesAreNamed(sentence: String, mistake: SentenceGrammar.Mistake?) {
    #expect(grammar.mistake(in: sentence) == mistake)
    #expect(grammar.isValid(sentence) == (mistake == nil))
  }

  /// Exchanging one word for another makes some valid sentences and many that are not; the reader and the maker agree on
  /// which, because all valid ones are among those that the maker can make.
  @Test func validSentencesAreThoseThatCanBeMade() {
    // All sentences without prepositions and adjectives, made by hand.
    var all: Set<String> = []
    let nouns = ["keeper", "ship", "gull", "lamp", "wave", "island", "sailor", "anchor"]
    let singular = nouns.flatMap { noun in
      ["the", "every", "aeiou".contains(noun.prefix(1)) ? "an" : "a"].map { "\($0) \(noun)" }
    }
    let plural = nouns.flatMap { noun in ["the", "many", "two"].map { "\($0) \(noun)s" } }
    for (subjects, ending) in [(singular, "s"), (plural, "")] {
      for subject in subjects {
        for verb in ["wait", "turn", "sleep"] {
          for adverb in ["slowly", "again", "alone"] { all.insert("\(subject) \(verb)\(ending) \(adverb).") }
        }
      }
    }
    var accepted = 0
    let words = grammar.words
    for a in words {
      for b in words {
        guard grammar.mistake(in: "\(a) \(b).") == .incomplete else { continue }
        for verb in ["waits", "wait", "turns", "turn", "sleeps", "sleep"] {
          for adverb in words where grammar.isValid("\(a) \(b) \(verb) \(adverb).") {
            accepted += 1
            #expect(all.contains("\(a) \(b) \(verb) \(adverb)."))
          }
        }
      }
    }
    #expect(accepted == all.count)
  }
}

@Suite struct CharacterTests {
  @Test func theTextIsPlain() {
    let text = SampleText.lighthouse
    #expect(text.count > 3_000 && text.count < 5_000)
    #expect(text.allSatisfy { $0.isASCII && ($0 == "\n" || !$0.isNewline) })
    #expect(!text.contains("  "))
    #expect(CharacterVocabulary(of: text).count < 60)
  }

  @Test func encodingAndBack() {
    let vocabulary = CharacterVocabulary(of: SampleText.lighthouse)
    #expect(vocabulary.decode(vocabulary.encode(SampleText.lighthouse)) == SampleText.lighthouse)
    let small = CharacterVocabulary(of: "banana ")
    #expect(small.characters == [" ", "a", "b", "n"])
    #expect(small.encode("ban", length: 5) == [2, 1, 3, 0, 0])
    #expect(small.decode([2, 1, 3, 0, 0]) == "ban  ")
  }

  @Test func windows() {
    var random = RandomGenerator(seed: 92)
    let vocabulary = CharacterVocabulary(of: "abcdefgh")
    let windows = TextWindows("abcdefgh", vocabulary: vocabulary, length: 5)
    let drawn = windows.sample(400, using: &random)
    #expect(Set(drawn.map { vocabulary.decode($0) }) == ["abcde", "bcdef", "cdefg", "defgh"])
    #expect(windows.placeCount == 4)
  }

  @Test func refused() async {
    expectTrap(
      "CharacterVocabulary.encode: text: character 2, \"x\", is none of the 2 of the vocabulary",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = CharacterVocabulary(of: "ab").encode("abx")
      })
    expectTrap(
      "TextWindows: length: must lie in 1...2, the length of the text, not 3",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = TextWindows("ab", vocabulary: CharacterVocabulary(of: "ab"), length: 3)
      })
  }
}
