package dev.nectar.admin;

import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** A small version of an image, as a file. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Thumbnail(String mediaType, byte[] bytes) {

  /** Of its longer edge, in pixels. */
  static final int EDGE = 320;

  static Thumbnail of(BufferedImage image) throws IOException {
    var bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(scaled(image), "jpeg", bytes)) {
      throw new IOException("no writer of JPEG");
    }
    return new Thumbnail("image/jpeg", bytes.toByteArray());
  }

  /** On white, since JPEG knows no transparency. */
  private static BufferedImage scaled(BufferedImage image) {
    var factor = Math.min(1.0, (double) EDGE / Math.max(image.getWidth(), image.getHeight()));
    var width = Math.max(1, (int) Math.round(image.getWidth() * factor));
    var height = Math.max(1, (int) Math.round(image.getHeight() * factor));
    var small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(image, 0, 0, width, height, Color.WHITE, null);
    graphics.dispose();
    return small;
  }
}
