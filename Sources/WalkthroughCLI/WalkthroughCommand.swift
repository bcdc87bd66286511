/// The command line's entry.
public enum WalkthroughCommand {
  public static func main() async {}
}
