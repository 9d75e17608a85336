package dev.nectar.variant;

import dev.nectar.image.ImageTraits;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One decoding, on a thread of its own. */
record DecodingTask<T>(
    Path file,
    ImageTraits traits,
    ImageReader reader,
    int edge,
    DecodingCost cost,
    ImageDecoder.Use<T> use) {

  private static final Logger log = LoggerFactory.getLogger(DecodingTask.class);

  /**
   * @throws IOException if the file can't be read
   */
  Decoding<T> run(Duration timeout) throws IOException {
    var guard = new DecodingGuard(timeout, cost.allocated());
    try (var channel = FileChannel.open(file);
        var input = new GuardedInput(channel, guard)) {
      var result = decode(input);
      return switch (input.fault()) {
        case null -> result;
        case DecodingLimitException limit ->
            new Decoding.Undecodable<>(String.valueOf(limit.getMessage()));
        case IOException fault -> throw fault;
      };
    } finally {
      reader.dispose();
    }
  }

  /** The decoders of the JDK throw runtime exceptions too at what is damaged. */
  private Decoding<T> decode(ImageInputStream input) {
    try {
      return new Decoding.Decoded<>(use.apply(read(input)));
    } catch (IOException | RuntimeException e) {
      log.debug("{} can't be decoded: {}", file, e.toString());
      return new Decoding.Undecodable<>("an image that can't be decoded");
    }
  }

  private BufferedImage read(ImageInputStream input) throws IOException {
    reader.setInput(input, true, true);
    var width = reader.getWidth(0);
    var height = reader.getHeight(0);
    if (width > traits.extent().width() || height > traits.extent().height()) {
      throw new IOException("larger than its structure tells");
    }
    var step = Subsampling.step(Math.max(width, height), edge);
    var parameters = reader.getDefaultReadParam();
    parameters.setSourceSubsampling(step, step, 0, 0);
    return reader.read(0, parameters);
  }
}
