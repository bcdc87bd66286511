/// The environment variables by which a parent tells a lesson how to report.
public enum ChannelEnvironment {
  /// The number of the descriptor that carries records, a connected stream socket. Absent: the lesson was started by
  /// hand, and shows go to standard output as text.
  public static let descriptor = "WALKTHROUGH_CHANNEL"

  /// The parts of exercises that run, by number and with commas between them. Absent: all of them.
  public static let scopes = "WALKTHROUGH_SCOPES"

  /// The folder in which a lesson keeps the values of `memo`. Absent: they are computed each time.
  public static let memoFolder = "WALKTHROUGH_MEMO"

  /// For each cell, in order and with commas between them, a digest of all that a value computed in it depends on; empty
  /// for a cell that does not run.
  public static let memoKeys = "WALKTHROUGH_MEMO_KEYS"

  /// Seconds between two checkpoints of a training in a `memo`; ten where it is not set.
  public static let checkpointSeconds = "WALKTHROUGH_CHECKPOINT_SECONDS"
}
