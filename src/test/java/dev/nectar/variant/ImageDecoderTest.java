package dev.nectar.variant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nectar.image.CraftedImages;
import dev.nectar.variant.Decoding.Busy;
import dev.nectar.variant.Decoding.Decoded;
import dev.nectar.variant.Decoding.Undecodable;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class ImageDecoderTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir private Path directory;

  private final ImageDecoder decoder = decoder(LONG, LONG, LONG);

  private static ImageDecoder decoder(Duration computing, Duration running, Duration waiting) {
    return new ImageDecoder(
        new MemoryBudget(64 << 20, 64 << 20),
        new ImageDecoder.Patience(computing, running, waiting));
  }

  private static String size(BufferedImage image) {
    return image.getWidth() + "x" + image.getHeight();
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(Files.createTempFile(directory, "image", ""), bytes);
  }

  private Path black(int width, int height) throws IOException {
    return file(CraftedImages.blackPng(width, height, CraftedImages.PngColour.RGB, false));
  }

  @ParameterizedTest
  @CsvSource({
    "animated.gif,9x7",
    "plain.gif,9x7",
    "animated.webp,9x7",
    "lossless.webp,9x7",
    "lossy.webp,9x7",
    "metadata.webp,9x7",
    "interlaced.png,9x7",
    "plain.png,9x7",
    "plain.jpg,9x7",
    "progressive.jpg,9x7",
    "restarts.jpg,40x30",
    "thumbnail.jpg,9x7"
  })
  void image_ofARealEncoder_isDecoded(String name, String size) throws IOException {
    var resource = CraftedImages.class.getResourceAsStream(name);
    try (var bytes = Objects.requireNonNull(resource, name)) {
      assertThat(decoder.decode(file(bytes.readAllBytes()), 320, ImageDecoderTest::size))
          .isEqualTo(new Decoded<>(size));
    }
  }

  @Test
  void image_thatIsLarge_isDecodedToTwiceWhatIsNeeded() throws IOException {
    var image = black(2_000, 1_000);

    assertThat(decoder.decode(image, 320, ImageDecoderTest::size))
        .isEqualTo(new Decoded<>("667x334"));
    assertThat(decoder.decode(image, 1_000, ImageDecoderTest::size))
        .isEqualTo(new Decoded<>("2000x1000"));
  }

  @Test
  void image_ofMoreThanTheMemory_isRefusedBeforeItIsDecoded() throws IOException {
    var image = file(CraftedImages.webp(CraftedImages.vp8l(10_000, 10_000)));

    assertThat(decoder.decode(image, 320, ImageDecoderTest::size))
        .isEqualTo(new Undecodable<>("decoding takes 619 MB"));
  }

  @Test
  void image_damaged_isUndecodable() throws IOException {
    var cut = NastyImages.half(Files.readAllBytes(black(2_000, 1_000)));

    assertThat(decoder.decode(file(cut), 320, ImageDecoderTest::size))
        .isEqualTo(new Undecodable<>("an image that can't be decoded"));
    assertThat(decoder.decode(file(new byte[1_000]), 320, ImageDecoderTest::size))
        .isEqualTo(new Undecodable<>("not an image of a known format"));
    assertThat(
            decoder.decode(
                file(CraftedImages.avif(CraftedImages.ispe(640, 480))),
                320,
                ImageDecoderTest::size))
        .isEqualTo(new Undecodable<>("there is no decoder of image/avif"));
  }

  @Test
  void file_missing_isAFault() {
    assertThatThrownBy(() -> decoder.decode(directory.resolve("none"), 320, image -> ""))
        .isInstanceOf(NoSuchFileException.class);
  }

  /** It is native code that reads here. */
  @Test
  void decoder_thatTakesTooLong_isEndedAndGivesItsShareBack() throws IOException {
    var endless = file(NastyImages.manyScans(2_048, 30_000));
    var quick = decoder(Duration.ofMillis(200), LONG, LONG);

    for (var round = 0; round < 4; round++) {
      assertThat(quick.decode(endless, 320, ImageDecoderTest::size))
          .isEqualTo(new Undecodable<>("decoding takes longer than 0 s"));
    }
  }

  @Test
  void decoders_areTwoAtOnce_andTheNextOneIsBusyIfItWaitsTooLong() throws Exception {
    var image = black(10, 10);
    var running = new AtomicInteger();
    var release = new CountDownLatch(1);
    var impatient = decoder(LONG, LONG, Duration.ofMillis(100));
    ImageDecoder.Use<Boolean> use =
        _ -> {
          running.incrementAndGet();
          try {
            release.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          return true;
        };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = threads.submit(() -> impatient.decode(image, 320, use));
      var second = threads.submit(() -> impatient.decode(image, 320, use));
      await().atMost(LONG).untilAsserted(() -> assertThat(running).hasValue(2));

      assertThat(impatient.decode(image, 320, use)).isEqualTo(new Busy<>());

      release.countDown();
      assertThat(first.get()).isEqualTo(new Decoded<>(true));
      assertThat(second.get()).isEqualTo(new Decoded<>(true));
    }
    assertThat(impatient.decode(image, 320, use)).isEqualTo(new Decoded<>(true));
  }

  /** Nobody waits for it, and it keeps its place. */
  @Test
  void decoder_thatDoesNotEnd_isLeftAlone() throws Exception {
    var image = black(10, 10);
    var release = new CountDownLatch(1);
    var quick = decoder(LONG, Duration.ofMillis(500), Duration.ofMillis(100));
    var begun = new AtomicInteger();
    ImageDecoder.Use<Boolean> use =
        _ -> {
          begun.incrementAndGet();
          try {
            release.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          return true;
        };

    assertThat(quick.decode(image, 320, use)).isInstanceOf(Busy.class);
    assertThat(quick.decode(image, 320, use)).isInstanceOf(Busy.class);
    await().atMost(LONG).untilAsserted(() -> assertThat(begun).hasValue(2));
    assertThat(quick.decode(image, 320, use)).isInstanceOf(Busy.class);
    assertThat(begun).hasValue(2);

    release.countDown();
    await().atMost(LONG).until(() -> quick.decode(image, 320, use) instanceof Decoded);
  }
}
