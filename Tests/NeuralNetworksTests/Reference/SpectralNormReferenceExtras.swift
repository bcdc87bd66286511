// Made by scripts/reference/neural_networks.py; do not edit.

enum SpectralNormReferenceExtras {
  static let beforeU: [Float] = [
    0.939748228, 0.314412683, -0.134230927,
  ]

  static let beforeV: [Float] = [
    -0.628449619, 0.686787486, 0.340844214, 0.131145805,
  ]

  static let afterU: [Float] = [
    -0.265094772, -0.669062006, 0.694320383,
  ]

  static let afterV: [Float] = [
    0.0530039126, 0.95589397, 0.0016337275, 0.288885159,
  ]
}
