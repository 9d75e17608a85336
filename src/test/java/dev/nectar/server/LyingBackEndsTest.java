package dev.nectar.server;

import static dev.nectar.server.NectarServer.header;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.image.ImageFormat;
import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the first back end does, the second one's image is served and kept, and in time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
@Tag("slow")
class LyingBackEndsTest {

  static final int MAX_IMAGE_BYTES = 1024 * 1024;

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final byte[] image = SampleImages.bytes(ImageFormat.WEBP, 3_000, 1);
  private final Painter honest = Painter.start();
  private final Liar liar;
  private final NectarServer nectar;
  private final Path cache;
  private int truths;
  private int warm;

  LyingBackEndsTest(@TempDir Path cache) throws IOException {
    this.cache = cache;
    honest.paints(image);
    liar = new Liar(Stream.concat(quick(), SlowLies.all()).toList(), image);
    nectar =
        NectarServer.start(
            cache,
            liar.url() + "," + honest.url(),
            Map.of(
                "BACKEND_WEIGHTS", "{\"" + honest.url() + "\": 0}",
                "BACKEND_TIMEOUT", TIMEOUT.toMillis() + "ms",
                "MAX_IMAGE_SIZE", MAX_IMAGE_BYTES + "B",
                "AUTH_TOKEN", "a-token"));
  }

  static Stream<Lie> quick() {
    return Stream.concat(WireLies.all(), ContentLies.all());
  }

  /** The first answers take longer, of both. */
  @BeforeAll
  void warmUp() throws IOException, InterruptedException {
    nectar.image("a truth to warm up with");
    nectar.image("empty# to warm up with");
    try (var files = Files.list(cache)) {
      warm = (int) files.count();
    }
  }

  @AfterAll
  void stop() throws IOException {
    nectar.close();
    liar.close();
    honest.close();
  }

  @Order(1)
  @ParameterizedTest
  @MethodSource("quick")
  void lie_isOneFailedAttempt(Lie lie) throws Exception {
    // So that it is not rested for its lies.
    paintTruth();
    paintTruth();

    assertThat(paint(lie.name())).isLessThan(TIMEOUT);

    assertThat(liar.told()).contains(lie.name());
  }

  /**
   * The last one: after it the liar is rested. What the deadline and one more answer take is
   * measured beside the lies, since a machine that stalls holds up both.
   */
  @Order(2)
  @Test
  void lies_thatOnlyADeadlineEnds_areFailedAttempts() throws Exception {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor();
        var scheduler = Executors.newSingleThreadScheduledExecutor()) {
      var start = System.nanoTime();
      var truth =
          scheduler.schedule(
              () -> {
                paintTruth();
                return Duration.ofNanos(System.nanoTime() - start);
              },
              TIMEOUT.toMillis(),
              MILLISECONDS);
      var answers =
          executor.invokeAll(
              SlowLies.all().<Callable<Duration>>map(lie -> () -> paint(lie.name())).toList());

      for (var answer : answers) {
        assertThat(answer.get()).isLessThan(truth.get().plusSeconds(1));
      }
      assertThat(liar.told()).containsAll(SlowLies.all().map(Lie::name).toList());
    }
  }

  @Order(3)
  @Test
  void cache_afterAllLies_holdsWhatWasServedAndNothingElse() throws IOException {
    var expected = truths + (int) Stream.concat(quick(), SlowLies.all()).count();

    try (var files = Files.list(cache)) {
      var names = files.map(file -> file.getFileName().toString()).toList();
      assertThat(names).hasSize(warm + 2 * expected).noneMatch(name -> name.endsWith(".tmp"));
    }
    try (var images = Files.newDirectoryStream(cache, "*.data")) {
      assertThat(images).allSatisfy(file -> assertThat(file).hasBinaryContent(image));
    }
  }

  /** A redirect of the API itself would show in the path of the file that it leads to. */
  @Order(3)
  @Test
  void fetches_afterAllLies_wereOfFilesAloneAndWithoutToken() {
    assertThat(liar.fetched())
        .isNotEmpty()
        .noneMatch(head -> head.contains("canary") || head.contains("token"))
        .allMatch(head -> head.startsWith("GET "));
  }

  private void paintTruth() throws IOException, InterruptedException {
    assertThat(paint("truth " + truths++)).isLessThan(TIMEOUT);
  }

  /** How long it took. */
  private Duration paint(String prompt) throws IOException, InterruptedException {
    var start = System.nanoTime();
    var answer = nectar.image(prompt);
    var taken = Duration.ofNanos(System.nanoTime() - start);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(image);
    assertThat(header(answer, "X-Cache")).isEqualTo("MISS");
    return taken;
  }
}
