/// Mouse, keyboard and finger.
extension Tab {
  enum Key: Sendable {
    case tab, space, enter, escape, left, right, slash, letterP

    fileprivate var name: (key: String, code: String, number: Double, text: String?) {
      switch self {
      case .tab: ("Tab", "Tab", 9, nil)
      case .space: (" ", "Space", 32, " ")
      case .enter: ("Enter", "Enter", 13, "\r")
      case .escape: ("Escape", "Escape", 27, nil)
      case .left: ("ArrowLeft", "ArrowLeft", 37, nil)
      case .right: ("ArrowRight", "ArrowRight", 39, nil)
      case .slash: ("/", "Slash", 191, "/")
      case .letterP: ("p", "KeyP", 80, "p")
      }
    }
  }

  func press(_ key: Key) throws {
    let name = key.name
    var parameters: [String: JSON] = [
      "type": .string(name.text == nil ? "rawKeyDown" : "keyDown"), "key": .string(name.key),
      "code": .string(name.code), "windowsVirtualKeyCode": .number(name.number),
    ]
    if let text = name.text { parameters["text"] = .string(text) }
    try call("Input.dispatchKeyEvent", parameters)
    parameters["type"] = "keyUp"
    parameters["text"] = nil
    try call("Input.dispatchKeyEvent", parameters)
  }

  func moveMouse(x: Double, y: Double) throws {
    try call("Input.dispatchMouseEvent", ["type": "mouseMoved", "x": .number(x), "y": .number(y)])
  }

  func click(x: Double, y: Double) throws {
    for type in ["mousePressed", "mouseReleased"] {
      try call(
        "Input.dispatchMouseEvent",
        ["type": .string(type), "x": .number(x), "y": .number(y), "button": "left", "clickCount": 1])
    }
  }

  func tap(x: Double, y: Double) throws {
    try call("Input.dispatchTouchEvent", ["type": "touchStart", "touchPoints": [["x": .number(x), "y": .number(y)]]])
    try call("Input.dispatchTouchEvent", ["type": "touchEnd", "touchPoints": []])
  }

  func type(_ text: String) throws { try call("Input.insertText", ["text": .string(text)]) }
}
