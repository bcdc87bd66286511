/// What the modules are about, and the rooms that their sources lie in.
enum APIModules {
  /// A sentence about a module that lessons see; nil for an unknown one.
  static func summary(of module: String) -> String? { summaries[module] }

  /// From what everything rests on to what rests on it.
  static let order = [
    "LessonKit", "TensorCore", "Autodiff", "NeuralNetworks", "GenerativeModels", "Distributions", "Datasets", "Metrics",
    "Figures",
  ]

  private static let summaries = [
    "LessonKit": "What a cell calls to show, to claim and to report.",
    "TensorCore": "Tensors, their arithmetic, and random numbers that are the same everywhere.",
    "Autodiff": "Derivatives of computations that were recorded on a tape.",
    "NeuralNetworks": "Layers, losses, optimizers and schedules.",
    "GenerativeModels": "Autoencoders, adversarial games, diffusion, self-supervision, and their training.",
    "Distributions": "Densities that are known exactly, to learn from and to measure against.",
    "Datasets": "Images, text and graphs, from files and made on the spot.",
    "Metrics": "How far samples are from the data, and what a representation knows.",
    "Figures": "Charts, images and tables as values, drawn on the page and in the terminal.",
  ]

  /// A module's pages of types by the folder that their source lies in, in the order of the folders; nested types stand
  /// on the page of their own type.
  static func rooms(_ pages: APIPages, module: String) -> [(room: String, pages: [APIPages.Page])] {
    var rooms: [(room: String, pages: [APIPages.Page])] = []
    for page in pages.pages where page.module == module {
      guard let type = page.type, type.owner.isEmpty else { continue }
      let room = type.kind == .extended ? "Extensions" : room(of: type)
      if let index = rooms.firstIndex(where: { $0.room == room }) {
        rooms[index].pages.append(page)
      } else {
        rooms.append((room, [page]))
      }
    }
    return rooms.filter { $0.room != "Extensions" } + rooms.filter { $0.room == "Extensions" }
  }

  /// `Sources/GenerativeModels/Diffusion/Discrete/X.swift` lies in "Diffusion, Discrete".
  private static func room(of type: APISymbol) -> String {
    let folders = type.place?.path.split(separator: "/").dropFirst(2).dropLast() ?? []
    return folders.isEmpty ? "Types" : folders.joined(separator: ", ")
  }
}
