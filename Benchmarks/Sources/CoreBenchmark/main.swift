switch CommandLine.arguments.dropFirst().first {
case "kernels":
  kernels()
case "convolutions":
  convolutions()
case "ae":
  let time = autoencoder()
  print("ae: min \(rounded(time.minimum)) us, median \(rounded(time.median)) us a step")
case "ddpm2d":
  let time = denoiser()
  print("ddpm2d: min \(rounded(time.minimum)) us, median \(rounded(time.median)) us a step")
default:
  print("usage: core-benchmark kernels | convolutions | ae | ddpm2d    (WALKTHROUGH_THREADS=n)")
}
