/// A single training step of `ddpm2d` from nothing: what it costs to start.
enum StartUp {
  static func run() {
    var task = DDPM2D(seed: 0)
    task.step()
    print(task.loss)
  }
}
