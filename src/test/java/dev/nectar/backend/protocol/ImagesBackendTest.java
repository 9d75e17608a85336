package dev.nectar.backend.protocol;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static dev.nectar.backend.protocol.Bench.bytes;
import static dev.nectar.backend.protocol.Bench.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.http.Fault;
import dev.nectar.backend.BackendReply.Busy;
import dev.nectar.backend.BackendReply.Evidence;
import dev.nectar.backend.BackendReply.Failed;
import dev.nectar.backend.BackendReply.Painted;
import dev.nectar.backend.BackendReply.Refused;
import dev.nectar.backend.PaintRequest;
import dev.nectar.backend.Usage;
import dev.nectar.http.RawServer;
import dev.nectar.image.ImageExtras;
import dev.nectar.image.ImageSize;
import dev.nectar.image.SampleImages;
import dev.nectar.server.Painter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent to a back end, and what its answers come to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImagesBackendTest {

  private final byte[] png = SampleImages.png(30_000, 1);
  private final Painter painter = Painter.start();
  private final Bench bench;
  private final Path directory;

  ImagesBackendTest(@TempDir Path directory) {
    this.directory = directory;
    bench = new Bench(directory);
  }

  @BeforeEach
  void paint() {
    painter.paints(png);
  }

  @AfterAll
  void stop() {
    bench.close();
    painter.close();
  }

  @ParameterizedTest
  @CsvSource({
    "'', /v1/images/generations",
    "/, /v1/images/generations",
    "/v1, /v1/images/generations",
    "/v1/, /v1/images/generations",
    "/openai/v1, /openai/v1/images/generations",
    "/openai, /openai/v1/images/generations"
  })
  void base_ofAnyForm_leadsToTheEndpoint(String base, String path) throws Exception {
    assertThat(bytes(bench.ask(bench.backend(painter.url() + base)))).isEqualTo(png);

    assertThat(painter.calls())
        .singleElement()
        .satisfies(call -> {
          assertThat(call.getMethod().value()).isEqualTo("POST");
          assertThat(call.getUrl()).isEqualTo(path);
          assertThat(call.getHeader("Content-Type")).isEqualTo("application/json");
        });
  }

  @Test
  void request_full_sendsEveryField() throws Exception {
    var backend = bench.backend(painter.url(), null, Map.of("m", "mapped"), "default");
    bytes(bench.ask(backend, request(new ImageSize(640, 480), "m")));

    assertThat(painter.lastBody())
        .hasToString(
            "{\"prompt\":\"a prompt\",\"n\":1,\"seed\":7,\"size\":\"640x480\",\"model\":\"mapped\"}");
  }

  @Test
  void request_withExtras_sendsAllButEnhance() throws Exception {
    var extras =
        ImageExtras.ofTexts(Map.of("quality", "hd", "guidance_scale", "7.5", "enhance", "false"));
    var request = new PaintRequest("a prompt", null, null, 7, extras);
    bytes(bench.ask(bench.backend(painter.url()), request));

    assertThat(painter.lastBody())
        .hasToString(
            "{\"prompt\":\"a prompt\",\"n\":1,\"seed\":7,\"quality\":\"hd\",\"guidance_scale\":7.5}");
  }

  @Test
  void model_missing_isTheDefaultMapped() throws Exception {
    var backend = bench.backend(painter.url(), null, Map.of("default", "mapped"), "default");
    var reply = bench.ask(backend);

    assertThat(reply)
        .isInstanceOfSatisfying(
            Painted.class,
            p -> {
              assertThat(p.model()).isEqualTo("mapped");
            });
    bytes(reply);
    assertThat(painter.lastBody().get("model").asString()).isEqualTo("mapped");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\":[{\"b64_json\":\"%1$s\"}],\"usage\":{\"total_tokens\":7}}",
        "{\"usage\":{\"total_tokens\":7},\"data\":[{\"b64_json\":\"%1$s\"}]}",
        "event: image_generation.completed\ndata: {\"b64_json\":\"%1$s\",\"usage\":"
            + "{\"total_tokens\":7}}\n\n"
      })
  void usage_told_isThatOfThePicture(String body) throws Exception {
    painter.answers(aResponse().withBody(body.formatted(Base64.getEncoder().encodeToString(png))));

    var reply = bench.ask(bench.backend(painter.url()));

    assertThat(reply)
        .isInstanceOfSatisfying(
            Painted.class,
            painted ->
                assertThat(painted.usage())
                    .isEqualTo(new Usage(Map.of("/total_tokens", new BigDecimal("7")))));
    bytes(reply);
  }

  @Test
  void usage_notTold_isNone() throws Exception {
    var reply = bench.ask(bench.backend(painter.url()));

    assertThat(reply)
        .isInstanceOfSatisfying(Painted.class, painted -> assertThat(painted.usage()).isNull());
    bytes(reply);
  }

  @Test
  void authorization_isTheTokenElseUserInfoElseNone() throws Exception {
    bytes(bench.ask(bench.backend(painter.url(), "a-token", Map.of(), null)));
    assertThat(painter.calls().getLast().getHeader("Authorization")).isEqualTo("Bearer a-token");

    bytes(bench.ask(bench.backend(painter.url().replace("//", "//user:pass@"))));
    assertThat(painter.calls().getLast().getHeader("Authorization"))
        .isEqualTo("Basic dXNlcjpwYXNz");

    bytes(bench.ask(bench.backend(painter.url())));
    assertThat(painter.calls().getLast().containsHeader("Authorization")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 301, 408, 500, 502, 503, 529})
  void status_ofAFailure_isFailedWithoutAWordOfTheAnswer(int status) {
    painter.fails(status, "{\"error\":{\"message\":\"inner words\",\"code\":\"inner\"}}");

    assertThat(bench.ask(bench.backend(painter.url())))
        .isEqualTo(new Failed("status " + status, new Evidence(status, "inner", "inner words")));
  }

  @Test
  void rate_withRetryAfter_tellsHowLong() {
    painter.answers(aResponse().withStatus(429).withHeader("Retry-After", "17"));

    assertThat(bench.ask(bench.backend(painter.url())))
        .isInstanceOfSatisfying(
            Busy.class, busy -> assertThat(busy.retryAfter()).isEqualTo(Duration.ofSeconds(17)));
  }

  @Test
  void data_empty_isRefusedForTheOrderOnly() {
    painter.answers(aResponse().withBody("{\"data\":[]}"));

    assertThat(bench.ask(bench.backend(painter.url())))
        .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.certain()).isFalse());
  }

  @Test
  void answer_withoutAnImage_isFailedAndLeavesNothing() {
    var backend = bench.backend(painter.url());
    for (var body :
        new String[] {
          "<html>Sign in</html>", "", "{}", "{\"data\":[{\"b64_json\":\"PGh0bWw+PC9odG1sPg==\"}]}"
        }) {
      painter.answers(aResponse().withBody(body));
      assertThat(bench.ask(backend)).isInstanceOf(Failed.class);
    }
    painter.paints(SampleImages.png((int) Bench.MAX_IMAGE_BYTES + 1, 1));
    assertThat(bench.ask(backend)).isInstanceOf(Failed.class);
    assertThat(directory).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource
  void connection_broken_isFailed(Fault fault) {
    painter.answers(aResponse().withFault(fault));

    assertThat(bench.ask(bench.backend(painter.url()))).isInstanceOf(Failed.class);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void answer_pastTheDeadline_isFailedByTimeout() {
    var backend = bench.backend(painter.url());
    painter.answers(Painter.painting(png).withFixedDelay(700));
    assertThat(backend.paint(request(null, null), bench.within(Duration.ofMillis(150))))
        .isEqualTo(new Failed("timeout"));

    painter.answers(Painter.painting(png).withChunkedDribbleDelay(7, 700));
    assertThat(backend.paint(request(null, null), bench.within(Duration.ofMillis(250))))
        .isEqualTo(new Failed("timeout"));
    await().untilAsserted(() -> assertThat(directory).isEmptyDirectory());
  }

  @Test
  void answer_thatDoesNotEndAfterItsPicture_isPainted() throws Exception {
    var json = "{\"data\":[{\"b64_json\":\"" + Base64.getEncoder().encodeToString(png) + "\"}]";
    try (var server =
        new RawServer(peer -> {
          peer.head();
          peer.send("HTTP/1.1 200 OK\r\n\r\n" + json);
          peer.dribble(" ");
        })) {
      var backend = bench.backend("http://127.0.0.1:" + server.port());

      assertThat(bytes(backend.paint(request(null, null), bench.within(Duration.ofSeconds(2)))))
          .isEqualTo(png);
    }
  }

  @Test
  void marker_thatComesAfterThePicture_isWaitedFor() throws Exception {
    var json = "{\"data\":[{\"b64_json\":\"" + Base64.getEncoder().encodeToString(png) + "\"}]";
    try (var server =
        new RawServer(peer -> {
          peer.head();
          peer.send("HTTP/1.1 200 OK\r\n\r\n" + json + " ".repeat(70_000));
          peer.send(",\"finish_reason\":\"content_filter\"}");
        })) {
      assertThat(bench.ask(bench.backend("http://127.0.0.1:" + server.port())))
          .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.certain()).isTrue());
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void host_thatListensNowhere_isFailed() {
    assertThat(bench.ask(bench.backend("http://localhost:1"))).isInstanceOf(Failed.class);
  }
}
