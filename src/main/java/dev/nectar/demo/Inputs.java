package dev.nectar.demo;

import dev.nectar.demo.painting.Painter;
import dev.nectar.demo.painting.Picture;
import dev.nectar.demo.painting.Retouch;
import dev.nectar.image.staging.StagedImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Pictures to paint from, no larger than they have to be.
 *
 * @param mask which parts of the first are to change; null: all may
 */
record Inputs(List<BufferedImage> images, @Nullable BufferedImage mask) {

  static final Inputs NONE = new Inputs(List.of(), null);

  /** Of the picture that they are read for. */
  private static final int EDGE = 1024;

  /**
   * Reads them.
   *
   * @throws IOException if one can't be
   */
  static Inputs read(List<StagedImage> images, @Nullable StagedImage mask) throws IOException {
    var read = new ArrayList<BufferedImage>();
    for (var image : images) {
      read.add(read(image));
    }
    return new Inputs(read, mask == null ? null : read(mask));
  }

  private static BufferedImage read(StagedImage image) throws IOException {
    var readers = ImageIO.getImageReadersByMIMEType(image.format().mediaType());
    if (!readers.hasNext()) {
      throw new IOException("no decoder of " + image.format().mediaType());
    }
    var reader = readers.next();
    try (var bytes = new MemoryCacheImageInputStream(image.open())) {
      reader.setInput(bytes);
      return read(reader, (image.pixels().longerEdge() + EDGE - 1) / EDGE);
    } catch (RuntimeException e) {
      throw new IOException("a picture that no decoder bears", e);
    } finally {
      reader.dispose();
    }
  }

  /**
   * @param step of the rows and columns that are read
   */
  private static BufferedImage read(ImageReader reader, int step) throws IOException {
    var parameters = reader.getDefaultReadParam();
    parameters.setSourceSubsampling(step, step, 0, 0);
    return reader.read(0, parameters);
  }

  boolean isEmpty() {
    return images.isEmpty();
  }

  /** The size to paint where none is asked for: the first picture's, if it can be painted. */
  String sizeOr(String named) {
    if (isEmpty() || !named.equals("auto")) {
      return named;
    }
    var first = images.getFirst();
    return Picture.isEdge(first.getWidth()) && Picture.isEdge(first.getHeight())
        ? first.getWidth() + "x" + first.getHeight()
        : named;
  }

  /** What is made of them, or of nothing. */
  BufferedImage paint(Picture picture) {
    return isEmpty() ? Painter.paint(picture) : Retouch.paint(picture, images, mask);
  }
}
