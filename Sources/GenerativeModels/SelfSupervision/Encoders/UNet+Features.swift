internal import Autodiff
internal import NeuralNetworks
public import TensorCore

/// A place inside a ``UNet`` where its description of an image can be read. Levels count from 0, the image's own
/// resolution, to the coarsest.
public enum UNetPlace: Sendable, Hashable {
  /// After the last block of a level on the way down.
  case down(level: Int)
  /// After the middle, at the coarsest resolution.
  case bottleneck
  /// After the last block of a level on the way up, which has seen the bottleneck and what was handed across.
  case up(level: Int)
}

extension UNet {
  /// What the network has found out about noised images at some of its places, averaged over the cells of a grid.
  ///
  /// - Parameters:
  ///   - images: `[n, height, width, channels]`, noised to the time that is given.
  ///   - time: between 0, the data, and 1, the noise.
  ///   - places: where to read. The features of several places stand side by side.
  ///   - grid: the cells along each side of an image, over which each channel is averaged: 1 keeps no place, 2 keeps
  ///     quarters.
  /// - Returns: `[n, d]`, with d the channels at those places times the grid's cells.
  ///
  /// Traps when there are no places, a level does not exist, the grid is finer than the pixels there, or the images do
  /// not fit the network.
  public func features(_ images: Tensor, time: Double, at places: [UNetPlace], grid: Int = 1) -> Tensor {
    guard !places.isEmpty else { trap("UNet.features", "places: needs at least one, such as .bottleneck") }
    for place in places {
      guard case .down(let level) = place.orBottleneck(of: self), configuration.widths.indices.contains(level) else {
        trap(
          "UNet.features",
          "places: this network has levels 0..<" + String(configuration.widths.count) + "; one asked for is not there")
      }
    }
    return images.mapRowBlocks(of: 128) { block in
      let found = activations(of: block, time: time, isComplete: places.contains { $0.isOnTheWayUp })
      let parts = places.map { place in
        switch place {
        case .down(let level): found.down[level].cellMeans(grid)
        case .bottleneck: found.bottleneck.cellMeans(grid)
        case .up(let level): found.up[configuration.widths.count - 1 - level].cellMeans(grid)
        }
      }
      return parts.count == 1 ? parts[0] : .concatenated(parts, axis: 1)
    }
  }

  /// The last of each level down, the bottleneck, and the last of each level up, coarsest first.
  private func activations(
    of images: Tensor, time: Double, isComplete: Bool
  ) -> (down: [Tensor], bottleneck: Tensor, up: [Tensor]) {
    let (count, blocks, levels) = (images.shape[0], configuration.blocks, configuration.widths.count)
    let context = context([Double](repeating: time, count: count), [Int?](repeating: nil, count: count))
    let (bottom, skips) = descend(Variable(constant: images), context)
    let down = (0..<levels).map { skips[($0 + 1) * blocks - 1].value }
    var rising: [Tensor] = []
    var h = bottom
    for level in (0..<levels).reversed() where isComplete {
      for block in 0..<blocks {
        let skip = skips[(level + 1) * blocks - 1 - block]
        h = up[(levels - 1 - level) * blocks + block](.concatenated([h, skip], axis: 3), context: context)
      }
      rising.append(h.value)
      if level > 0 { h = h.upsampledNearest(factor: 2) }
    }
    return (down, bottom.value, rising)
  }
}

extension UNetPlace {
  fileprivate var isOnTheWayUp: Bool {
    if case .up = self { return true }
    return false
  }

  /// The level of the place, as one on the way down.
  fileprivate func orBottleneck(of network: UNet) -> UNetPlace {
    switch self {
    case .down(let level), .up(let level): .down(level: level)
    case .bottleneck: .down(level: network.configuration.widths.count - 1)
    }
  }
}

extension Tensor {
  /// The means of each channel over the cells of a grid on images `[n, h, w, c]`: `[n, grid * grid * c]`. A cell reaches
  /// from floor(i h / grid) to ceil((i + 1) h / grid), so that cells cover an extent that they do not divide. Traps when
  /// the grid is finer than the pixels.
  public func cellMeans(_ grid: Int) -> Tensor {
    guard rank == 4, grid >= 1, grid <= shape[1], grid <= shape[2] else {
      trap(
        "cellMeans",
        "grid: must be at least 1 and at most the images' pixels, [n, h, w, c], but is " + String(grid) + " for "
          + describe(shape))
    }
    if grid == 1 { return reshaped(to: [shape[0], shape[1] * shape[2], shape[3]]).mean(axis: 1) }
    func cell(_ index: Int, _ extent: Int) -> Range<Int> {
      index * extent / grid..<((index + 1) * extent + grid - 1) / grid
    }
    var means: [Tensor] = []
    for row in 0..<grid {
      let band = slice(axis: 1, cell(row, shape[1]))
      for column in 0..<grid {
        let part = band.slice(axis: 2, cell(column, shape[2]))
        means.append(part.reshaped(to: [shape[0], part.shape[1] * part.shape[2], shape[3]]).mean(axis: 1))
      }
    }
    return .concatenated(means, axis: 1)
  }
}
