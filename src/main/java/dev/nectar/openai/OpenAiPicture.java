package dev.nectar.openai;

import dev.nectar.backend.Usage;
import dev.nectar.image.ImageFormat;
import dev.nectar.image.ImageSize;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A picture about to be told; it has bytes or a link, or both.
 *
 * @param url null if no link is wanted, or none would find it
 * @param bytes from the first on; null if they are not wanted
 * @param pixels null if nobody noted them
 * @param prompt that succeeded; null if it is not known
 * @param usage null if it is not known
 */
record OpenAiPicture(
    @Nullable String url,
    @Nullable InputStream bytes,
    ImageFormat format,
    @Nullable ImageSize pixels,
    @Nullable String prompt,
    @Nullable Usage usage)
    implements Closeable {

  @Override
  public void close() throws IOException {
    if (bytes != null) {
      bytes.close();
    }
  }
}
