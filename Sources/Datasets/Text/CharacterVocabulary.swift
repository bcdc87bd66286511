internal import TensorCore

/// The characters of a text, numbered in the order of their code points: what a model of text works with.
///
/// ```swift
/// let vocabulary = CharacterVocabulary(of: SampleText.lighthouse)
/// vocabulary.encode("light")   // [12, 9, 7, 8, 20] or so
/// vocabulary.decode([12, 9])   // "li"
/// ```
public struct CharacterVocabulary: Sendable, Equatable {
  /// The characters; number k is `characters[k]`.
  public let characters: [Character]
  private let numbers: [Character: Int]

  /// All characters that occur. Traps when the text is empty.
  public init(of text: String) {
    let characters = Set(text).sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
    guard !characters.isEmpty else { trap("CharacterVocabulary", "text: is empty") }
    self.characters = characters
    numbers = Dictionary(uniqueKeysWithValues: characters.enumerated().map { ($1, $0) })
  }

  /// The number of characters.
  public var count: Int { characters.count }

  /// The numbers of a text's characters. Traps when a character is not in the vocabulary.
  public func encode(_ text: String) -> [Int] {
    text.enumerated().map { place, character in
      guard let number = numbers[character] else {
        trap(
          "CharacterVocabulary.encode",
          "text: character \(place), \"\(character)\", is none of the \(count) of the vocabulary")
      }
      return number
    }
  }

  /// The numbers of a text's characters, made up to `length` with those of `padding`, for models of fixed length.
  ///
  /// Traps when the text is longer, or a character is not in the vocabulary.
  public func encode(_ text: String, length: Int, padding: Character = " ") -> [Int] {
    let codes = encode(text)
    guard codes.count <= length else {
      trap("CharacterVocabulary.encode", "length: the text has \(codes.count) characters, more than \(length)")
    }
    return codes + Array(repeating: encode(String(padding))[0], count: length - codes.count)
  }

  /// The text of the numbers. Traps on a number that is none of the vocabulary's.
  public func decode(_ codes: [Int]) -> String {
    String(
      codes.map { code in
        guard characters.indices.contains(code) else {
          trap("CharacterVocabulary.decode", "codes: \(code) is outside 0..<\(count)")
        }
        return characters[code]
      })
  }
}
