import Foundation

// One task a process, so that its peak memory is its own: prints one line of JSON.
let environment = ProcessInfo.processInfo.environment
let threads = environment["WALKTHROUGH_THREADS"].flatMap { Int($0) } ?? ProcessInfo.processInfo.activeProcessorCount

switch CommandLine.arguments.dropFirst().first {
case "ddpm2d": try DDPM2D.report(threads: threads)
case "gan2d": try GAN2D.report(threads: threads)
case "ae": try AutoencoderTask.report(threads: threads)
case "ddpm-img": try DDPMImages.report(threads: threads)
case "ssgan-img": try SSGANImages.report(threads: threads)
case "unet-img": try UNetImages.report(threads: threads)
case "start-up": StartUp.run()
case "peak": print(#"{"task":"peak","threads":\#(threads),"gigaflops":\#(Peak.measure(threads: threads))}"#)
default:
  print("usage: task-benchmark ddpm2d | gan2d | ae | ddpm-img | ssgan-img | unet-img | start-up | peak    (WALKTHROUGH_THREADS=n)")
  exit(64)
}
