walkthroughSearch([
["01-layers.html","Layers","Layers","One layer. let layer = Linear(1, 2) print(2 % layer.apply(3))"],
["api/NeuralNetworks/index.html","NeuralNetworks","NeuralNetworks","Layers, losses, optimizers and schedules."],
["api/NeuralNetworks/index.html#squaredError(_:_:)","NeuralNetworks","squaredError(_:_:)","The mean square:"],
["api/NeuralNetworks/index.html#%25(_:_:)","NeuralNetworks","%(_:_:)","What is left."],
["api/NeuralNetworks/Linear.html","NeuralNetworks","Linear","A dense layer: y = f(x W + b). See squaredError(_:_:)."],
["api/NeuralNetworks/Linear.html#init(_:_:initializer:using:)","NeuralNetworks","Linear.init(_:_:initializer:using:)","A layer with random weights, uniform as Initializer/standard says."],
["api/NeuralNetworks/Linear.html#apply(_:)","NeuralNetworks","Linear.apply(_:)",""],
["api/NeuralNetworks/Linear.html#apply(_:):2","NeuralNetworks","Linear.apply(_:)",""],
["api/NeuralNetworks/Linear.html#figure","NeuralNetworks","Linear.figure","A picture of it."],
["api/NeuralNetworks/Linear.Shape.html","NeuralNetworks","Linear.Shape",""],
["api/NeuralNetworks/Linear.Shape.html#wide","NeuralNetworks","Linear.Shape.wide","More out than in."],
["api/NeuralNetworks/Initializer.html","NeuralNetworks","Initializer","How weights begin."],
["api/NeuralNetworks/Initializer.html#standard","NeuralNetworks","Initializer.standard","As PyTorch."],
["api/Figures/index.html","Figures","Figures","Charts, images and tables as values, drawn on the page and in the terminal."],
["api/Figures/Array.html","Figures","Array",""],
["api/Figures/Array.html#plotValues","Figures","Array.plotValues","As numbers."]
]);
