package dev.nectar.demo.painting;

import java.awt.image.BufferedImage;
import java.util.stream.IntStream;

/** From a scene to pixels: one look each, and a closer one where neighbours differ. */
final class Canvas {

  /** A picture without pixels: a colour for every point. Safe for use by many threads. */
  interface Scene {

    /**
     * The colour at a point.
     *
     * @param x to the right, 0 in the middle; the shorter edge of the picture runs from -1 to 1
     * @param y upwards, in the same unit
     */
    Rgb at(double x, double y);
  }

  /** A difference that the eye takes for an edge. */
  private static final double EDGE = 0.08;

  /** Rows painted in one go by one thread. */
  private static final int BAND = 32;

  private static final int CLOSER = 3;

  private final Scene scene;
  private final Frame frame;
  private final int width;
  private final int height;

  Canvas(Scene scene, Picture picture) {
    this.scene = scene;
    this.frame = Frame.of(picture);
    this.width = picture.width();
    this.height = picture.height();
  }

  /** Three bytes a pixel, so that the largest picture takes 48 MB. */
  BufferedImage painted() {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    IntStream.range(0, (height + BAND - 1) / BAND)
        .parallel()
        .forEach(band -> paint(image, band * BAND, Math.min(band * BAND + BAND, height)));
    return image;
  }

  private void paint(BufferedImage image, int from, int to) {
    var above = looked(Math.max(from - 1, 0));
    var row = looked(from);
    var packed = new int[width];
    for (var y = from; y < to; y++) {
      var below = looked(Math.min(y + 1, height - 1));
      for (var x = 0; x < width; x++) {
        packed[x] = (atEdge(above, row, below, x) ? closer(x, y) : row[x]).packed();
      }
      image.setRGB(0, y, width, 1, packed, 0, width);
      above = row;
      row = below;
    }
  }

  private Rgb[] looked(int y) {
    var row = new Rgb[width];
    for (var x = 0; x < width; x++) {
      row[x] = at(x + 0.5, y + 0.5);
    }
    return row;
  }

  private boolean atEdge(Rgb[] above, Rgb[] row, Rgb[] below, int x) {
    var own = row[x];
    return own.distance(row[Math.max(x - 1, 0)]) > EDGE
        || own.distance(row[Math.min(x + 1, width - 1)]) > EDGE
        || own.distance(above[x]) > EDGE
        || own.distance(below[x]) > EDGE;
  }

  private Rgb closer(int x, int y) {
    var sum = Rgb.BLACK;
    for (var row = 0; row < CLOSER; row++) {
      for (var column = 0; column < CLOSER; column++) {
        sum = sum.plus(at(x + (column + 0.5) / CLOSER, y + (row + 0.5) / CLOSER));
      }
    }
    return sum.times(1.0 / (CLOSER * CLOSER));
  }

  private Rgb at(double x, double y) {
    return scene.at(x * frame.pixel() - frame.right(), frame.top() - y * frame.pixel());
  }
}
