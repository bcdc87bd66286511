/// What the mode-collapse papers report: 400 epochs over 100,000 points, batches of 100, means of 10 runs.
enum Published {
  private static let veegan = "VEEGAN, table 1"
  private static let pacgan = "PacGAN, table 1"

  static let ring = [
    row("GAN", veegan, "1", "99.3"), row("ALI", veegan, "2.8", "0.13"), row("Unrolled GAN", veegan, "7.6", "35.6"),
    row("VEEGAN", veegan, "8", "52.9"), row("GAN", pacgan, "6.3", "98.2", "0.45"),
    row("ALI", pacgan, "6.6", "97.6", "0.36"), row("PacGAN2", pacgan, "7.9", "95.6", "0.07"),
    row("PacGAN4", pacgan, "7.8", "95.9", "0.07"),
  ]
  static let grid = [
    row("GAN", veegan, "3.3", "0.5"), row("ALI", veegan, "15.8", "1.6"), row("Unrolled GAN", veegan, "23.6", "16"),
    row("VEEGAN", veegan, "24.6", "40"), row("GAN", pacgan, "17.3", "94.8", "0.70"),
    row("ALI", pacgan, "24.1", "95.7", "0.14"), row("PacGAN2", pacgan, "23.8", "91.3", "0.13"),
    row("PacGAN4", pacgan, "24.8", "93.6", "0.04"),
  ]

  private static func row(
    _ method: String, _ source: String, _ modes: String, _ quality: String, _ divergence: String = ""
  ) -> PublishedRow {
    PublishedRow(method: method, source: source, cells: [modes, quality, divergence, ""])
  }
}
