package dev.nectar.admin;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.cache.CacheEntry;
import dev.nectar.cache.Provenance;
import dev.nectar.http.BlockedAddressException;
import dev.nectar.http.RemoteFiles;
import dev.nectar.image.CraftedImages;
import dev.nectar.image.ImageFacts;
import dev.nectar.image.ImageFormat;
import dev.nectar.image.ImageSize;
import dev.nectar.image.ImageSource;
import dev.nectar.image.staging.StagingArea;
import dev.nectar.server.Painter;
import dev.nectar.variant.Decoding;
import dev.nectar.variant.Decoding.Decoded;
import dev.nectar.variant.Decoding.Undecodable;
import dev.nectar.variant.ImageDecoder;
import dev.nectar.web.HostedImages;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
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
  private final Thumbnails thumbnails;
  private final Path file;

  ThumbnailsTest(@TempDir Path directory) {
    file = directory.resolve("image");
    var staging = new StagingArea(directory, 1_000_000);
    thumbnails =
        new Thumbnails(
            new HostedImages(
                remote, staging, place -> place.host().equals("localhost"), Ticker.systemTicker()),
            staging,
            new ImageDecoder());
  }

  @AfterEach
  void close() {
    remote.close();
  }

  private CacheEntry.Stored stored(ImageFormat format, String sha256) throws IOException {
    var pixels = new ImageSize(640, 480);
    return new CacheEntry.Stored(
        PROVENANCE, new ImageFacts(format, Files.size(file), sha256, pixels), file);
  }

  private static Thumbnail decoded(Decoding<Thumbnail> decoding) {
    assertThat(decoding).isInstanceOf(Decoded.class);
    return ((Decoded<Thumbnail>) decoding).result();
  }

  @Test
  void thumbnail_ofAnImage_isMadeOnce() throws IOException {
    ImageIO.write(new BufferedImage(1_200, 800, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    var image = stored(ImageFormat.PNG, "ab".repeat(32));
    var first = decoded(thumbnails.of(image));

    Files.delete(file);
    assertThat(decoded(thumbnails.of(image))).isSameAs(first);

    var picture = ImageIO.read(new ByteArrayInputStream(first.bytes()));
    assertThat(first.mediaType()).isEqualTo("image/jpeg");
    assertThat(picture.getWidth()).isEqualTo(320);
    assertThat(picture.getHeight()).isEqualTo(213);
  }

  @Test
  void thumbnail_thatCanNotBeMade_isNotTriedAgain() throws IOException {
    Files.write(file, CraftedImages.png(33_000_000, 1));
    var image = stored(ImageFormat.PNG, "ab".repeat(32));
    var first = thumbnails.of(image);

    Files.delete(file);

    assertThat(first).isEqualTo(new Undecodable<>("image of 33000000x1 pixels"));
    assertThat(thumbnails.of(image)).isEqualTo(first);
  }

  @Test
  void thumbnail_ofAFileThatIsGone_isTriedAgain() throws IOException {
    ImageIO.write(new BufferedImage(12, 8, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    var image = stored(ImageFormat.PNG, "ab".repeat(32));
    var bytes = Files.readAllBytes(file);
    Files.delete(file);

    assertThatThrownBy(() -> thumbnails.of(image)).isInstanceOf(IOException.class);

    Files.write(file, bytes);
    assertThat(decoded(thumbnails.of(image)).mediaType()).isEqualTo("image/jpeg");
  }

  @Test
  void thumbnail_ofAHostedImage_isFetchedOnceAndLeavesNoFile() throws IOException {
    try (var host = Painter.start()) {
      host.answers(
          aResponse()
              .withBody(CraftedImages.blackPng(640, 480, CraftedImages.PngColour.RGB, false)));
      var image = hosted(host.url());

      var first = decoded(thumbnails.of(image));

      assertThat(ImageIO.read(new ByteArrayInputStream(first.bytes())).getWidth()).isEqualTo(320);
      assertThat(decoded(thumbnails.of(image))).isSameAs(first);
      assertThat(host.calls()).hasSize(1);
    }
    assertThat(file.getParent()).isEmptyDirectory();
  }

  @Test
  void thumbnail_ofAHostedImageOverTheBounds_isNotFetchedAgain() throws IOException {
    try (var host = Painter.start()) {
      host.answers(aResponse().withBody(CraftedImages.png(33_000_000, 1)));

      for (var round = 0; round < 2; round++) {
        assertThat(thumbnails.of(hosted(host.url())))
            .isEqualTo(new Undecodable<>("image of 33000000x1 pixels"));
      }
      assertThat(host.calls()).hasSize(1);
    }
  }

  private static CacheEntry.Hosted hosted(String host) {
    var url = URI.create(host + "/a.png");
    return new CacheEntry.Hosted(PROVENANCE, new ImageFacts(ImageFormat.PNG, 1, "ab", null), url);
  }

  @Test
  void thumbnail_ofAHostThatIsNotPublic_isTriedAgain() {
    var image = hosted("http://127.0.0.1:1");

    for (var round = 0; round < 2; round++) {
      assertThatThrownBy(() -> thumbnails.of(image)).isInstanceOf(BlockedAddressException.class);
    }
  }

  @Test
  void thumbnail_ofAvif_isTheImageUnlessThatIsLarge() throws IOException {
    Files.write(file, new byte[1_000]);
    var small = decoded(thumbnails.of(stored(ImageFormat.AVIF, "cd".repeat(32))));
    assertThat(small.bytes()).hasSize(1_000);
    assertThat(small.mediaType()).isEqualTo("image/avif");

    var huge =
        new CacheEntry.Stored(
            PROVENANCE,
            new ImageFacts(ImageFormat.AVIF, 1_000, "cd", new ImageSize(16_385, 1)),
            file);
    assertThat(thumbnails.of(huge)).isInstanceOf(Undecodable.class);

    Files.write(file, new byte[(1 << 20) + 1]);
    assertThat(thumbnails.of(stored(ImageFormat.AVIF, "ef".repeat(32))))
        .isInstanceOf(Undecodable.class);
  }
}
