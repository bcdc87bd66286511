/// A number that can be drawn. All drawing is done in `Double`.
public protocol PlotNumber {
  var plotValue: Double { get }
}

extension Double: PlotNumber {
  public var plotValue: Double { self }
}

extension Float: PlotNumber {
  public var plotValue: Double { Double(self) }
}

extension Int: PlotNumber {
  public var plotValue: Double { Double(self) }
}

extension UInt8: PlotNumber {
  public var plotValue: Double { Double(self) }
}

extension Int32: PlotNumber {
  public var plotValue: Double { Double(self) }
}

extension Collection where Element: PlotNumber {
  var plotValues: [Double] { map(\.plotValue) }
}
