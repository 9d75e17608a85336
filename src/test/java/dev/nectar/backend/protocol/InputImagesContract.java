package dev.nectar.backend.protocol;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static dev.nectar.backend.protocol.Bench.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.nectar.backend.BackendReply.Failed;
import dev.nectar.backend.BackendReply.Unclear;
import dev.nectar.backend.BackendReply.Unfit;
import dev.nectar.backend.BackendReply.Unfit.Lack;
import dev.nectar.backend.ImageBackend;
import dev.nectar.backend.Negotiation;
import dev.nectar.backend.Negotiation.LeftOut;
import dev.nectar.backend.PaintRequest;
import dev.nectar.backend.Protocol;
import dev.nectar.http.RawServer;
import dev.nectar.image.ImageExtras;
import dev.nectar.image.ImageSize;
import dev.nectar.image.SampleImages;
import dev.nectar.image.staging.InputImages;
import dev.nectar.image.staging.StagedImage;
import dev.nectar.image.staging.StagingArea;
import dev.nectar.server.Painter;
import dev.nectar.storage.ChildJvm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every protocol is held to when it paints from pictures. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InputImagesContract {

  static final String PROMPT = "a lighthouse at dusk";
  static final String MODEL = "painter-1";
  static final String TOKEN = "sk-contract-0123456789";

  /** Not a multiple of three, so that Base64 has to pad. */
  private static final byte[] FIRST = SampleImages.png(40_000, 11);

  private static final byte[] SECOND = SampleImages.png(12_287, 12);
  private static final byte[] MASK = SampleImages.png(3_001, 13);

  private final byte[] png = SampleImages.png(9_000, 1);
  final Painter painter = Painter.start();
  private final List<StagedImage> staged = new ArrayList<>();
  private Path inputsDirectory = Path.of("");

  abstract Protocol protocol();

  /** An answer with this picture: Base64. */
  abstract String painting(String base64);

  /** An answer that names a picture. */
  abstract String linking(String url);

  /** Where it is asked to paint from words. */
  abstract String path();

  /** Where it is asked to paint from pictures. */
  abstract String inputPath();

  /** The prompt of a request with pictures. */
  abstract String inputPrompt(LoggedRequest call);

  /** The pictures that a request brought, in their order. */
  abstract List<byte[]> inputs(LoggedRequest call);

  /** The mask that a request brought; null where the protocol has no place for one. */
  abstract byte @Nullable [] mask(LoggedRequest call);

  /** Whether it can paint from several pictures together. */
  abstract boolean takesSeveral();

  @BeforeEach
  void prepareInputs(@TempDir Path fresh) {
    inputsDirectory = fresh;
    painter.server().resetAll();
  }

  @AfterEach
  void discardInputs() {
    staged.forEach(StagedImage::close);
    staged.clear();
  }

  @AfterAll
  void stop() {
    painter.close();
  }

  StagedImage stage(byte[] picture) throws IOException {
    var area = new StagingArea(inputsDirectory.resolve("inputs"), 32_000_000);
    var image = area.stage(new ByteArrayInputStream(picture));
    staged.add(image);
    return image;
  }

  private InputImages one() throws IOException {
    return new InputImages(List.of(stage(FIRST)), null, List.of());
  }

  private InputImages masked() throws IOException {
    return new InputImages(List.of(stage(FIRST)), stage(MASK), List.of());
  }

  static PaintRequest from(InputImages inputs) {
    return from(inputs, null);
  }

  private static PaintRequest from(InputImages inputs, @Nullable ImageSize size) {
    return new PaintRequest(PROMPT, size, null, 7, ImageExtras.NONE, inputs);
  }

  private static PaintRequest fromWords() {
    return new PaintRequest(PROMPT, null, null, 7);
  }

  private Bench inputsBench() {
    return new Bench(inputsDirectory);
  }

  private ImageBackend taught(Bench bench, Negotiation negotiation) {
    return bench.speaking(
        protocol(), painter.url(), TOKEN, Map.of(), MODEL, negotiation, List.of());
  }

  private void paintsPng() {
    painter.answers(aResponse().withBody(painting(Base64.getEncoder().encodeToString(png))));
  }

  /** Answers so once, where it has an answer to give afterwards. */
  private void declinesOnce(int status, String body) {
    painter
        .server()
        .stubFor(
            any(anyUrl())
                .inScenario("once")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(aResponse().withStatus(status).withBody(body))
                .willSetStateTo("done"));
  }

  private LoggedRequest lastCall() {
    return painter.calls().getLast();
  }

  @Test
  void input_arrivesByteForByteWithThePrompt() throws Exception {
    paintsPng();
    try (var bench = inputsBench()) {
      var backend = taught(bench, bench.negotiation());

      assertThat(bytes(bench.ask(backend, from(one())))).isEqualTo(png);
    }

    assertThat(painter.calls()).hasSize(1);
    assertThat(lastCall().getUrl()).isEqualTo(inputPath());
    assertThat(inputPrompt(lastCall())).isEqualTo(PROMPT);
    assertThat(inputs(lastCall())).containsExactly(FIRST);
    // Not every server can do without it.
    assertThat(lastCall().getHeader("Content-Length")).isNotNull();
    assertThat(lastCall().getBodyAsString()).contains("seed");
  }

  @Test
  void inputs_several_arriveInTheirOrderOrDoNotFit() throws Exception {
    paintsPng();
    var inputs = new InputImages(List.of(stage(SECOND), stage(FIRST)), null, List.of());
    try (var bench = inputsBench()) {
      var negotiation = bench.negotiation();
      var backend = taught(bench, negotiation);

      var reply = bench.ask(backend, from(inputs));

      if (takesSeveral()) {
        assertThat(bytes(reply)).isEqualTo(png);
        assertThat(inputs(lastCall())).containsExactly(SECOND, FIRST);
      } else {
        assertThat(reply)
            .isInstanceOfSatisfying(
                Unfit.class, unfit -> assertThat(unfit.kind()).isEqualTo("input not taken"));
        assertThat(painter.calls()).isEmpty();
        assertThat(negotiation.leftOut()).isEmpty();
      }
    }
  }

  @Test
  void mask_arrivesByteForByteOrIsLeftOutAndTold() throws Exception {
    paintsPng();
    try (var bench = inputsBench()) {
      var negotiation = bench.negotiation();
      var backend = taught(bench, negotiation);

      assertThat(bytes(bench.ask(backend, from(masked())))).isEqualTo(png);

      assertThat(inputs(lastCall())).containsExactly(FIRST);
      assertThat(backend.takesMasks()).isEqualTo(mask(lastCall()) != null);
      if (mask(lastCall()) == null) {
        assertThat(negotiation.leftOut()).extracting(LeftOut::parameter).containsExactly("mask");
      } else {
        assertThat(mask(lastCall())).isEqualTo(MASK);
        assertThat(negotiation.leftOut()).isEmpty();
      }
    }
  }

  @Test
  void mask_thatDoesNotFitItsPicture_isNotLeftOut() throws Exception {
    paintsPng();
    declinesOnce(400, "{\"error\":{\"param\":\"mask\",\"message\":\"Invalid mask dimensions\"}}");
    try (var bench = inputsBench()) {
      var negotiation = bench.negotiation();
      var reply = bench.ask(taught(bench, negotiation), from(masked()));

      assertThat(reply).isInstanceOf(Unclear.class);
      assertThat(painter.calls()).hasSize(1);
    }
  }

  @Test
  void parameter_thatIsUnknownWithAnInput_isLeftOut() throws Exception {
    paintsPng();
    declinesOnce(
        400,
        "{\"error\":{\"message\":\"Unknown parameter: 'seed'.\",\"param\":\"seed\",\"code\":\"unknown_parameter\"}}");
    try (var bench = inputsBench()) {
      var negotiation = bench.negotiation();

      assertThat(bytes(bench.ask(taught(bench, negotiation), from(one())))).isEqualTo(png);

      assertThat(painter.calls()).hasSize(2);
      assertThat(lastCall().getBodyAsString()).doesNotContain("seed");
      assertThat(inputs(lastCall())).containsExactly(FIRST);
      assertThat(negotiation.leftOut()).extracting(LeftOut::parameter).containsExactly("seed");
    }
  }

  @Test
  void picture_madeFromAnInput_isFetchedFromItsLink() throws Exception {
    painter.answers(aResponse().withBody(linking(painter.url() + "/files/picture.png")));
    painter
        .server()
        .stubFor(any(urlEqualTo("/files/picture.png")).willReturn(aResponse().withBody(png)));
    try (var bench = inputsBench()) {
      assertThat(bytes(bench.ask(taught(bench, bench.negotiation()), from(one())))).isEqualTo(png);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 405})
  void backend_thatDoesNotKnowInputs_isNotAskedForThemForAnHour(int status) throws Exception {
    var now = new AtomicLong();
    try (var bench = inputsBench()) {
      var negotiation = new Negotiation(List.of(), now::get, Clock.systemUTC());
      var backend = taught(bench, negotiation);
      painter.answers(
          aResponse().withStatus(status).withBody("{\"detail\":\"No such method or path\"}"));

      var reply = bench.ask(backend, from(one()));

      // At the one path that is there for all, the model is what is not there.
      var isOwnPath = !inputPath().equals(path());
      if (isOwnPath) {
        assertThat(reply)
            .isInstanceOfSatisfying(
                Unfit.class, unfit -> assertThat(unfit.lack()).isEqualTo(Lack.INPUTS));
        assertThat(negotiation.leftOut())
            .singleElement()
            .extracting(LeftOut::model, LeftOut::parameter, LeftOut::value)
            .containsExactly(null, "image", null);
      } else {
        assertThat(reply).isNotInstanceOf(Failed.class);
        assertThat(negotiation.leftOut()).isEmpty();
      }
      paintsPng();
      assertThat(bytes(bench.ask(backend, fromWords()))).isEqualTo(png);
      assertThat(bench.ask(backend, from(one())) instanceof Unfit).isEqualTo(isOwnPath);
      assertThat(painter.calls()).hasSize(isOwnPath ? 1 : 2);
      now.set(Duration.ofHours(1).toNanos());
      assertThat(bytes(bench.ask(backend, from(one())))).isEqualTo(png);
    }
  }

  @Test
  void model_thatTakesNoInput_isUnfitAndNotRemembered() throws Exception {
    paintsPng();
    declinesOnce(404, "{\"error\":{\"message\":\"No endpoints found that support image input\"}}");
    try (var bench = inputsBench()) {
      var reply = bench.ask(taught(bench, bench.negotiation()), from(one()));

      assertThat(reply)
          .isInstanceOfSatisfying(
              Unfit.class, unfit -> assertThat(unfit.kind()).isEqualTo("input not taken"));
    }
  }

  @Test
  void model_thatIsUnknown_saysNothingOfInputs() throws Exception {
    paintsPng();
    declinesOnce(404, "{\"error\":{\"code\":\"model_not_found\"}}");
    try (var bench = inputsBench()) {
      var negotiation = bench.negotiation();
      var backend = taught(bench, negotiation);

      assertThat(bench.ask(backend, from(one())))
          .isInstanceOfSatisfying(
              Unfit.class, unfit -> assertThat(unfit.lack()).isEqualTo(Lack.MODEL));
      assertThat(negotiation.leftOut()).isEmpty();
      assertThat(bytes(bench.ask(backend, from(one())))).isEqualTo(png);
    }
  }

  @Test
  void answer_beforeTheInputIsThere_isHeard() throws Exception {
    var end = new CountDownLatch(1);
    try (var server =
            new RawServer(peer -> {
              peer.head();
              peer.send("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\n{}");
              awaitQuietly(end);
            });
        var bench = inputsBench()) {
      var large = stage(SampleImages.png(20_000_000, 14));
      var backend = bench.speaking(protocol(), "http://127.0.0.1:" + server.port(), TOKEN, MODEL);

      var reply = bench.ask(backend, from(new InputImages(List.of(large), null, List.of())));

      assertThat(reply).isInstanceOf(Unclear.class);
    } finally {
      end.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void input_thatNobodyReads_endsWithTheDeadline() throws Exception {
    var end = new CountDownLatch(1);
    try (var server = new RawServer(_ -> awaitQuietly(end));
        var bench = inputsBench()) {
      var large = stage(SampleImages.png(20_000_000, 15));
      var backend = bench.speaking(protocol(), "http://127.0.0.1:" + server.port(), TOKEN, MODEL);

      var reply =
          backend.paint(
              from(new InputImages(List.of(large), null, List.of())),
              bench.within(Duration.ofMillis(300)));

      assertThat(reply).isEqualTo(new Failed("timeout"));
    } finally {
      end.countDown();
    }
  }

  @Test
  @Tag("slow")
  void inputs_fiftyOfTenMegabytesAtOnce_fitIntoASmallHeap() throws Exception {
    var arrived = new AtomicInteger();
    var answer = RawServer.ok(painting(Base64.getEncoder().encodeToString(png)));
    var output = inputsDirectory.resolve("output");
    try (var server =
            new RawServer(peer -> {
              for (var head = peer.head(); !head.isEmpty(); head = peer.head()) {
                var length = head.replaceFirst("(?is).*content-length: (\\d+).*", "$1");
                peer.socket().getInputStream().skipNBytes(Long.parseLong(length));
                arrived.incrementAndGet();
                peer.send(answer);
              }
            });
        var child =
            ChildJvm.start(
                ManyPictures.class,
                Redirect.to(output.toFile()),
                protocol().name(),
                "http://127.0.0.1:" + server.port(),
                Files.createDirectory(inputsDirectory.resolve("pictures")).toString(),
                "10000000")) {
      assertThat(child.process().waitFor(3, TimeUnit.MINUTES)).isTrue();
      assertThat(Files.readString(output)).isEqualTo("50 of 9000 bytes");
      assertThat(arrived).hasValue(50);
    }
  }
}
