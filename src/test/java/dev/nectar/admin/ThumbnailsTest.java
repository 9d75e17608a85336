package dev.nectar.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.cache.CacheEntry;
import dev.nectar.cache.Provenance;
import dev.nectar.http.RemoteFiles;
import dev.nectar.image.ImageFormat;
import dev.nectar.image.ImageSource;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThumbnailsTest {

  private static final Provenance PROVENANCE =
      new Provenance(null, null, null, null, ImageSource.BACKEND, null, Instant.EPOCH);

  private final RemoteFiles remote = new RemoteFiles(1);
  private final Thumbnails thumbnails = new Thumbnails(remote, Ticker.systemTicker());
  private final Path file;

  ThumbnailsTest(@TempDir Path directory) {
    file = directory.resolve("image");
  }

  @AfterEach
  void close() {
    remote.close();
  }

  private CacheEntry.Stored stored(ImageFormat format, String sha256) throws IOException {
    return new CacheEntry.Stored(PROVENANCE, format, Files.size(file), sha256, file);
  }

  @Test
  void thumbnail_ofAnImage_isMadeOnce() throws IOException {
    ImageIO.write(new BufferedImage(1_200, 800, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    var image = stored(ImageFormat.PNG, "ab".repeat(32));
    var first = thumbnails.of(image).orElseThrow();

    Files.delete(file);
    assertThat(thumbnails.of(image)).contains(first);

    var picture = ImageIO.read(new ByteArrayInputStream(first.bytes()));
    assertThat(first.mediaType()).isEqualTo("image/jpeg");
    assertThat(picture.getWidth()).isLessThan(1_200);
    assertThat((double) picture.getWidth() / picture.getHeight()).isBetween(1.48, 1.52);
  }

  @Test
  void thumbnail_ofAvif_isTheImageUnlessThatIsLarge() throws IOException {
    Files.write(file, new byte[1_000]);
    var small = thumbnails.of(stored(ImageFormat.AVIF, "cd".repeat(32))).orElseThrow();
    assertThat(small.bytes()).hasSize(1_000);
    assertThat(small.mediaType()).isEqualTo("image/avif");

    Files.write(file, new byte[(1 << 20) + 1]);
    assertThat(thumbnails.of(stored(ImageFormat.AVIF, "ef".repeat(32)))).isEmpty();
  }

  @Test
  void thumbnail_ofANote_isNone() throws IOException {
    assertThat(thumbnails.of(new CacheEntry.Blocked(PROVENANCE))).isEmpty();
  }
}
