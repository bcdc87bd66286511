/// Texts that were written for the course.
public enum SampleText {
  /// A short story of a lighthouse in plain English: small enough to train on in seconds, and in ASCII.
  public static let lighthouse = """
    The lighthouse stood where the land gave up. Beyond it there was only water, and beyond the water there was only \
    weather. Every evening, before the sun was down, Marta climbed the hundred and nine steps to the lamp room, wiped \
    the salt from the glass, and lit the lamp.

    She had learned the work from her father, and he had learned it from his. Nobody had ever written it down. You \
    trim the wick so, he would say, and you turn the lens so, and you never, never let the light go out before the \
    morning. When she asked him why the light must turn, he told her that a light which stands still may be a star, \
    or a window, or a fire on the beach. A light which turns can only be a promise.

    In summer the work was easy. The nights were short and the sea was as flat as a table. Fishing boats came home in \
    a long line, one lantern each, and the gulls came home behind them. Marta could hear the men singing over the \
    water. She knew the boats by their songs, and she counted them as they passed the point: nine, ten, eleven, \
    twelve. Only when the last of them had passed did she sit down to eat.

    In winter there were no songs. The wind came out of the north and leaned on the tower until the stones hummed. \
    The waves broke over the lower rocks and threw their foam as high as the gallery. Then she would sit beside the \
    lamp all night with a blanket and a pot of tea, and listen to the clockwork that turned the lens. It ticked like \
    a slow heart. When the weight at the end of the chain had sunk to the ground, she wound it up again, sixty turns \
    of the handle, and the heart went on.

    One night in January the chain broke. She heard it go, a sound like a plate falling in another room, and after \
    it a silence that was worse. The light stood still. It pointed at the empty sea in the west, bright and useless, \
    while somewhere in the dark to the south twelve boats were looking for the harbour.

    There was no time to mend the chain. Marta took off her gloves, laid both hands on the brass frame of the lens, \
    and pushed. It was as heavy as a horse, but it floated in its ring of oil, and when it moved it wanted to go on \
    moving. She walked. One turn around the lamp was fourteen steps, and one turn had to last half a minute. She \
    counted aloud so that she would not walk too fast. She sang all the songs that she had learned from the boats, \
    and when she had no more songs she said the names of the boats, and when the names were used up she only counted.

    Toward morning the wind grew tired. She saw a small light in the south, and then another beside it. She could \
    not stop to look, so she saw them once in every turn, a little nearer each time, like pictures in a book. Nine, \
    ten, eleven. She went on walking. The sky turned grey, then yellow, and in the middle of the yellow came the \
    last boat, with a torn sail and its lantern still burning.

    Twelve, said Marta. She let go of the lens. It made one more turn without her, and half of another, and then it \
    was day.

    The men mended the chain that same afternoon. They carried the new one up the hundred and nine steps, and they \
    sang while they did it, and afterward the oldest of them asked her how far she had walked. She had never thought \
    of it. They worked it out together with chalk on the wall of the lamp room, so many steps in a turn, so many \
    turns in an hour, so many hours in a night in January. It came to more than ten miles. You could have walked to \
    the town and back, he said. Yes, said Marta, but then who would have kept the light?

    The chalk is still there. Nobody has ever wiped it off.
    """
}
