switch CommandLine.arguments.dropFirst().first {
case "kernels":
  kernels()
case "convolutions":
  convolutions()
default:
  print("usage: core-benchmark kernels | convolutions    (WALKTHROUGH_THREADS=n)")
}
