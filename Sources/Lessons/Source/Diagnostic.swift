/// What a person is told about a mistake: where it is, what is wrong, and what to do.
package struct Diagnostic: Error, Hashable, Sendable {
  package enum Severity: String, Sendable { case error, warning }

  /// Which stage a mistake belongs to; it decides the exit code of the command.
  package enum Stage: String, Sendable {
    /// A mistake in the lesson's writing: front matter, options, labels, links, TeX.
    case writing
    case compile
    case run
    case claim
    /// Something outside the lesson: a missing tool, a full disk.
    case environment
  }

  /// A second place that belongs to the mistake, such as the first of two equal labels.
  package struct Note: Hashable, Sendable {
    package var message: String
    package var location: Location?

    package init(message: String, location: Location? = nil) {
      self.message = message
      self.location = location
    }
  }

  package struct Location: Hashable, Sendable {
    /// The path as people see it, such as `lessons/02-autoencoder.md`.
    package var path: String
    package var range: SourceRange
    /// The lines of the file that the range touches, for the excerpt.
    package var excerpt: [String]

    package init(path: String, range: SourceRange, excerpt: [String]) {
      self.path = path
      self.range = range
      self.excerpt = excerpt
    }
  }

  package var severity: Severity
  package var stage: Stage
  /// A stable name such as `unknown-option`, for tests and for searching the documentation.
  package var identifier: String
  /// One line, without a full stop at its end.
  package var summary: String
  package var location: Location?
  package var notes: [Note]
  /// What to do about it, in one sentence.
  package var remedy: String?

  package init(
    severity: Severity = .error, stage: Stage, identifier: String, summary: String, location: Location? = nil,
    notes: [Note] = [], remedy: String? = nil
  ) {
    self.severity = severity
    self.stage = stage
    self.identifier = identifier
    self.summary = summary
    self.location = location
    self.notes = notes
    self.remedy = remedy
  }
}
