// FigureRendering
