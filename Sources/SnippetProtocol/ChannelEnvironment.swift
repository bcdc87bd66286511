/// The environment variables by which a parent tells a lesson how to report.
public enum ChannelEnvironment {
  /// The number of the descriptor that carries records, a connected stream socket. Absent: the lesson was started by
  /// hand, and shows go to standard output as text.
  public static let descriptor = "WALKTHROUGH_CHANNEL"

  /// The parts of exercises that run, by number and with commas between them. Absent: all of them.
  public static let scopes = "WALKTHROUGH_SCOPES"
}
