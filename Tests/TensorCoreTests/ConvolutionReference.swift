// Written by Reference/convolution.py.

enum ConvolutionReference {
  struct Values: Sendable {
    var sum: Double
    var first: [Double]
  }

  /// A convolution of `input` by `weight` with its gradients for the upstream gradient `wave(2)`, and the transposed
  /// convolution of `wave(2)` by the same weight with `outputPadding`.
  struct Convolution: Sendable {
    var input: [Int]
    var weight: [Int]
    var stride: Int
    var padding: Int
    var outputPadding: Int
    var output: Values
    var inputGradient: Values
    var weightGradient: Values
    var transposed: Values
  }

  static let convolutions: [Convolution] = [
    Convolution(
      input: [2, 7, 8, 3], weight: [3, 3, 3, 5], stride: 1, padding: 1, outputPadding: 0,
      output: Values(
        sum: 1.3016518475603909,
        first: [0.30497877358709974, 0.0502875261023498, -0.22805473067261262, -0.39913928415877764]),
      inputGradient: Values(
        sum: -1.1422212958509412,
        first: [0.3445424546810698, -0.16098352824757756, -0.04303425153884732, -0.24648886274877924]),
      weightGradient: Values(
        sum: 10.47831952635335, first: [0.6614324454148233, 2.551893328246836, 3.2421589043712604, 2.4075864876395667]),
      transposed: Values(
        sum: -1.1422212958509412,
        first: [0.3445424546810698, -0.16098352824757756, -0.04303425153884732, -0.24648886274877924])),
    Convolution(
      input: [2, 9, 8, 4], weight: [4, 4, 4, 20], stride: 2, padding: 1, outputPadding: 1,
      output: Values(
        sum: -3.1867489265967652,
        first: [3.3676309217994245, 3.1738909457926763, 1.4874204645654472, -0.8986071027326793]),
      inputGradient: Values(
        sum: -642.6338008532471, first: [-8.665154739458945, -6.155648281407643, 6.98174229492792, 8.064976320712482]),
      weightGradient: Values(
        sum: -17.09135501132345, first: [4.882144228811343, 3.734123445810681, 0.8298860589569687, -2.4646597087515625]),
      transposed: Values(
        sum: 167.9825545684747, first: [-8.665154739458945, -6.155648281407643, 6.98174229492792, 8.064976320712482])),
    Convolution(
      input: [1, 10, 11, 2], weight: [3, 5, 2, 3], stride: 3, padding: 2, outputPadding: 2,
      output: Values(
        sum: 6.178946607918089,
        first: [0.17267722437913974, -0.03397823063950664, -0.224653192863897, -0.8161826473703484]),
      inputGradient: Values(
        sum: -5.561695098998065,
        first: [1.090949900604138, -0.13407734273740707, -0.2836674215528593, -1.0149269789027004]),
      weightGradient: Values(
        sum: 0.7307634341661662,
        first: [0.22831916037037825, 0.3719708179400616, 0.3406787876281829, 0.37600290682424675]),
      transposed: Values(
        sum: -0.4401388855893944,
        first: [1.090949900604138, -0.13407734273740707, -0.2836674215528593, -1.0149269789027004])),
    Convolution(
      input: [3, 14, 14, 17], weight: [3, 3, 17, 1], stride: 1, padding: 1, outputPadding: 0,
      output: Values(
        sum: 14.484488794502298, first: [11.016393005697386, 38.11987115596525, 42.42384048387019, 28.57637054922684]),
      inputGradient: Values(
        sum: -2.4506935483809906,
        first: [-1.5475665640877911, -1.5352927550703048, -0.8009467737322085, 0.3100969904307094]),
      weightGradient: Values(
        sum: 9.070638475056104, first: [5.9806879059084785, 3.3171843575520383, -0.906442826596058, -4.703755785835435]),
      transposed: Values(
        sum: -2.4506935483809977,
        first: [-1.5475665640877914, -1.535292755070305, -0.8009467737322085, 0.3100969904307094])),
    Convolution(
      input: [2, 6, 6, 1], weight: [2, 2, 1, 33], stride: 2, padding: 0, outputPadding: 0,
      output: Values(
        sum: 0.4390646417785624,
        first: [-1.3971497060662317, -0.5342437633531932, 0.5799253690539165, 1.4213465388111222]),
      inputGradient: Values(
        sum: -5.94129990503864, first: [9.5851084443968, -16.536757666638415, 8.32129080092648, 8.364680180103932]),
      weightGradient: Values(
        sum: 1.281120070193545,
        first: [-0.29667303606579903, 0.16903714481468474, 0.5552465152106287, 0.6803147735367874]),
      transposed: Values(
        sum: -5.9412999050386475, first: [9.5851084443968, -16.53675766663842, 8.32129080092648, 8.364680180103932])),
  ]

  /// Of `wave(0)`, [2, 8, 6, 3].
  static let upsampled = Values(sum: 1.2391901749745045, first: [0.0, 0.644217687237691, 0.9854497299884601, 0.0])
  /// Of `wave(0)`, [2, 8, 6, 3].
  static let averaged = Values(
    sum: -0.010526615372273434,
    first: [-0.002731355119052845, -0.0009789263700315705, 0.0012339067469624555, -0.00016284100795427303])
  /// Of `wave(0)`, [2, 8, 6, 3].
  static let maxima = Values(
    sum: 0.8320258415221109, first: [0.8632093666488739, 0.694164668252242, 0.9946447738778378, 0.8545989080882814])
  /// The places of the maxima of `i * i * 7919 % 1009 % 7`, [2, 7, 9, 35]: their sum weighted with `i % 97 + 1`, and
  /// the first and the last.
  static let placesSum = 85_191_574
  static let firstPlaces = [
    630, 386, 667, 73, 4, 320, 41, 357, 393, 79, 360, 326, 397, 13, 84, 680, 86, 717, 718, 54, 20, 336, 372, 58, 24, 25,
    411, 342, 728, 379, 380, 381, 102, 68, 734, 105, 141, 702, 73, 109,
  ]
  static let lastPlaces = [
    3950, 4336, 3707, 4023, 3639, 4060, 4061, 3747, 4308, 3679, 3680, 3716, 3717, 3718, 4349, 3755, 3686, 3687, 3723,
    4354, 3690, 3761, 3692, 4393, 3694, 4325, 4011, 3697, 4048, 3734, 3770, 3736, 4332, 3773, 4019, 4090, 4056, 3707,
    3743, 3744,
  ]
}
