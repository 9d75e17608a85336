package dev.nectar.demo.painting;

/**
 * A picture's extent in the unit of scenes.
 *
 * @param right the x of the right edge; the left one is its negative
 * @param top the y of the upper edge; the lower one is its negative
 * @param pixel the edge of a pixel
 */
record Frame(double right, double top, double pixel) {

  static Frame of(Picture picture) {
    double shorter = Math.min(picture.width(), picture.height());
    return new Frame(picture.width() / shorter, picture.height() / shorter, 2 / shorter);
  }

  /** 1 in the middle, falling towards the corners by {@code depth}. */
  double vignette(double x, double y, double depth) {
    var across = x / right;
    var along = y / top;
    return 1 - depth * Math.pow((across * across + along * along) / 2, 1.4);
  }
}
