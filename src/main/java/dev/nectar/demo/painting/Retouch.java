package dev.nectar.demo.painting;

import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Paints over pictures: the first one is changed into what the prompt names, a little everywhere or
 * wholly where a mask says so; the others are pasted onto it.
 */
public final class Retouch {

  /** How much of a picture without a mask changes, of 255. */
  private static final int TINT = 90;

  /** Pasted pictures have this part of the height. */
  private static final int PASTED = 4;

  private Retouch() {}

  /**
   * The picture made of others, three bytes a pixel.
   *
   * @param inputs at least one
   * @param mask its transparent parts, or its light ones where it has no transparency, are to
   *     change; null: all are
   */
  public static BufferedImage paint(
      Picture picture, List<BufferedImage> inputs, @Nullable BufferedImage mask) {
    var canvas = Painter.paint(picture);
    var first = inputs.getFirst();
    for (var y = 0; y < canvas.getHeight(); y++) {
      for (var x = 0; x < canvas.getWidth(); x++) {
        var changed = mask == null ? TINT : changed(at(mask, canvas, x, y), mask);
        canvas.setRGB(x, y, mixed(at(first, canvas, x, y), canvas.getRGB(x, y), changed));
      }
    }
    paste(inputs.subList(1, inputs.size()), canvas);
    return canvas;
  }

  /** The pixel that lies where this one of the canvas does. */
  private static int at(BufferedImage image, BufferedImage canvas, int x, int y) {
    return image.getRGB(
        x * image.getWidth() / canvas.getWidth(), y * image.getHeight() / canvas.getHeight());
  }

  private static int changed(int pixel, BufferedImage mask) {
    return mask.getColorModel().hasAlpha() ? 255 - (pixel >>> 24) : pixel >> 8 & 0xff;
  }

  private static int mixed(int from, int to, int share) {
    var mixed = 0;
    for (var shift = 0; shift < 24; shift += 8) {
      var channel = (from >> shift & 0xff) * (255 - share) + (to >> shift & 0xff) * share;
      mixed |= (channel / 255) << shift;
    }
    return mixed;
  }

  private static void paste(List<BufferedImage> pictures, BufferedImage canvas) {
    var graphics = canvas.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.setColor(Color.WHITE);
    var margin = Math.max(canvas.getHeight() / 40, 1);
    var height = canvas.getHeight() / PASTED;
    var x = margin;
    for (var picture : pictures) {
      var width = Math.max(picture.getWidth() * height / picture.getHeight(), 1);
      var y = canvas.getHeight() - margin - height;
      graphics.fillRect(x - 1, y - 1, width + 2, height + 2);
      graphics.drawImage(picture, x, y, width, height, null);
      x += width + margin;
    }
    graphics.dispose();
  }
}
