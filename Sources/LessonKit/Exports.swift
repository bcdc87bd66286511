// A lesson sees all of the model core, the data sets, the metrics and the figures through this one module.
@_exported public import Autodiff
@_exported public import Datasets
@_exported public import Distributions
@_exported public import Figures
@_exported public import GenerativeModels
@_exported public import Metrics
@_exported public import NeuralNetworks
@_exported public import TensorCore
