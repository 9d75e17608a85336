package dev.nectar.admin;

import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** A small version of an image, as a file. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Thumbnail(String mediaType, byte[] bytes) {

  /** Of its longer edge, in pixels. */
  static final int EDGE = 320;

  /**
   * Reads an image of any format that Java knows, and closes the stream. Only about every nth pixel
   * is decoded, so that a large image takes little memory.
   *
   * @throws IOException if it is no such image
   */
  static Thumbnail of(InputStream image) throws IOException {
    try (image;
        var stream = ImageIO.createImageInputStream(image)) {
      var readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw new IOException("an image of a format that can't be made smaller");
      }
      var reader = readers.next();
      try {
        return new Thumbnail("image/jpeg", jpeg(scaled(read(reader, stream))));
      } catch (RuntimeException e) {
        // The decoders of the JDK throw them at what is damaged.
        throw new IOException("an image that can't be decoded", e);
      } finally {
        reader.dispose();
      }
    }
  }

  private static BufferedImage read(ImageReader reader, ImageInputStream stream)
      throws IOException {
    reader.setInput(stream, true, true);
    var edge = Math.max(reader.getWidth(0), reader.getHeight(0));
    var step = Math.max(1, edge / (2 * EDGE));
    var parameters = reader.getDefaultReadParam();
    parameters.setSourceSubsampling(step, step, 0, 0);
    return reader.read(0, parameters);
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

  private static byte[] jpeg(BufferedImage image) throws IOException {
    var bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(image, "jpeg", bytes)) {
      throw new IOException("no writer of JPEG");
    }
    return bytes.toByteArray();
  }
}
