package dev.nectar.backend.protocol;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static dev.nectar.backend.protocol.Bench.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.nectar.backend.BackendReply.Failed;
import dev.nectar.image.SampleImages;
import dev.nectar.server.Painter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Images that a back end names by URL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImageUrlTest {

  private final byte[] png = SampleImages.png(30_000, 1);
  private final Painter painter = Painter.start();
  private final Painter other = Painter.start();
  private final Bench bench;
  private final Path directory;

  ImageUrlTest(@TempDir Path directory) {
    this.directory = directory;
    bench = new Bench(directory);
  }

  @BeforeEach
  void serveImages() {
    painter.answers(aResponse().withStatus(404));
    other.answers(aResponse().withBody(png));
    painter.server().stubFor(get("/image").willReturn(aResponse().withBody(png)));
  }

  @AfterAll
  void stop() {
    bench.close();
    painter.close();
    other.close();
  }

  @Test
  void url_ofTheBackendItself_isFetchedWithoutItsToken() throws Exception {
    names(painter.url() + "/image");

    assertThat(bytes(bench.ask(bench.backend(painter.url(), "a-token", Map.of(), null))))
        .isEqualTo(png);
    var fetch = painter.calls().stream().filter(call -> call.getUrl().equals("/image")).toList();
    assertThat(fetch)
        .singleElement()
        .satisfies(call -> assertThat(call.containsHeader("Authorization")).isFalse());
  }

  @Test
  void url_ofAnotherPrivateHost_isNotFetched() {
    names(other.url() + "/image");

    assertThat(bench.ask(bench.backend(painter.url()))).isInstanceOf(Failed.class);
    assertThat(other.calls()).isEmpty();
  }

  @Test
  void url_ofAnAllowedHost_isFetched() throws Exception {
    names(other.url() + "/image");

    assertThat(bytes(bench.ask(bench.allowing(painter.url(), "localhost")))).isEqualTo(png);
    var hostAndPort = "localhost:" + other.server().port();
    assertThat(bytes(bench.ask(bench.allowing(painter.url(), hostAndPort)))).isEqualTo(png);
    assertThat(bench.ask(bench.allowing(painter.url(), "localhost:1"))).isInstanceOf(Failed.class);
  }

  @Test
  void redirect_isCheckedAgain() throws Exception {
    names(painter.url() + "/moved");
    painter.server().stubFor(get("/moved").willReturn(temporaryRedirect("/image")));
    assertThat(bytes(bench.ask(bench.backend(painter.url())))).isEqualTo(png);

    painter.server().stubFor(get("/moved").willReturn(temporaryRedirect(other.url() + "/image")));
    assertThat(bench.ask(bench.backend(painter.url()))).isInstanceOf(Failed.class);
    assertThat(other.calls()).isEmpty();
    assertThat(bytes(bench.ask(bench.allowing(painter.url(), "localhost")))).isEqualTo(png);

    painter.server().stubFor(get("/moved").willReturn(temporaryRedirect("/moved")));
    assertThat(bench.ask(bench.backend(painter.url()))).isInstanceOf(Failed.class);
  }

  @Test
  void url_ofTheBackendItselfThatWantsAToken_isFetchedWithIt() throws Exception {
    names(painter.url() + "/image");
    wantsToken("/image", aResponse().withBody(png));

    assertThat(bytes(bench.ask(bench.backend(painter.url(), "a-token")))).isEqualTo(png);
    assertThat(bench.ask(bench.backend(painter.url(), "another")))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.kind()).isEqualTo("link: status 401"));
    assertThat(bench.ask(bench.backend(painter.url()))).isInstanceOf(Failed.class);
  }

  @Test
  void token_goesWithNoRedirectElsewhere() throws Exception {
    names(painter.url() + "/image");
    wantsToken("/image", temporaryRedirect(other.url() + "/image"));
    var backend = bench.backend(painter.url(), "a-token", Map.of(), null, "localhost");

    assertThat(bytes(bench.ask(backend))).isEqualTo(png);
    assertThat(other.calls())
        .singleElement()
        .satisfies(call -> assertThat(call.containsHeader("Authorization")).isFalse());

    other.answers(aResponse().withStatus(403));
    assertThat(bench.ask(backend)).isInstanceOf(Failed.class);
    assertThat(other.calls())
        .singleElement()
        .satisfies(call -> assertThat(call.containsHeader("Authorization")).isFalse());
  }

  @Test
  void url_ofNothingYet_isTriedAgainAfterLongerAndLongerPauses() throws Exception {
    names(painter.url() + "/image");
    var later = bench.pauses.size();
    fails("/image", aResponse().withStatus(404), "", "once");
    fails("/image", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), "once", "twice");
    fails("/image", aResponse().withStatus(503), "twice", "thrice");

    assertThat(bytes(bench.ask(bench.backend(painter.url())))).isEqualTo(png);
    assertThat(bench.pauses.subList(later, bench.pauses.size()))
        .containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2));
  }

  @Test
  void url_ofNothingEver_isTriedAsLongAsThereIsTime() {
    names(painter.url() + "/image");
    painter.server().stubFor(get("/image").willReturn(aResponse().withStatus(404)));
    var later = bench.pauses.size();

    assertThat(
            bench
                .backend(painter.url())
                .paint(Bench.request(null, null), bench.within(Duration.ofSeconds(7))))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.kind()).isEqualTo("link: status 404"));
    assertThat(bench.pauses.subList(later, bench.pauses.size()))
        .containsExactly(
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4));
  }

  @Test
  void item_withoutItsFile_isPassedOver() throws Exception {
    painter.server().stubFor(get("/none").willReturn(aResponse().withStatus(404)));
    answers("{\"data\":[{\"url\":\"/none\"},{\"url\":\"/image\"}]}");
    var later = bench.pauses.size();

    assertThat(bytes(bench.ask(bench.backend(painter.url())))).isEqualTo(png);
    assertThat(bench.pauses).hasSize(later);
  }

  @Test
  void picture_atHand_isNotFetched() throws Exception {
    answers(
        "{\"data\":[{\"url\":\"/image\",\"b64_json\":\"%s\"}]}"
            .formatted(Base64.getEncoder().encodeToString(png)));

    assertThat(bytes(bench.ask(bench.backend(painter.url())))).isEqualTo(png);
    assertThat(painter.calls()).hasSize(1);
  }

  @Test
  void backend_whoseLinkWasLost_isAskedForThePictureItself() throws Exception {
    var backend = bench.backend(painter.url());
    names("http://127.0.0.2/image");
    assertThat(bench.ask(backend))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.kind()).isEqualTo("link: private address"));
    assertThat(painter.lastBody().has("response_format")).isFalse();

    painter.paints(png);
    assertThat(bytes(bench.ask(backend))).isEqualTo(png);
    assertThat(painter.lastBody().get("response_format").asString()).isEqualTo("b64_json");
  }

  private void wantsToken(String path, ResponseDefinitionBuilder answer) {
    painter.server().stubFor(get(path).willReturn(aResponse().withStatus(401)));
    painter
        .server()
        .stubFor(
            get(path).withHeader("Authorization", equalTo("Bearer a-token")).willReturn(answer));
  }

  private void fails(String path, ResponseDefinitionBuilder answer, String state, String next) {
    painter
        .server()
        .stubFor(
            get(path)
                .inScenario("coming")
                .whenScenarioStateIs(state.isEmpty() ? Scenario.STARTED : state)
                .willReturn(answer)
                .willSetStateTo(next));
  }

  @Test
  void file_thatIsNoImageOrTooLarge_isFailed() {
    names(painter.url() + "/image");
    for (var answer :
        new byte[][] {
          "<html></html>".getBytes(UTF_8), {}, SampleImages.png((int) Bench.MAX_IMAGE_BYTES + 1, 1)
        }) {
      painter.server().stubFor(get("/image").willReturn(aResponse().withBody(answer)));
      assertThat(bench.ask(bench.backend(painter.url()))).isInstanceOf(Failed.class);
    }
    assertThat(directory).isEmptyDirectory();
  }

  private void names(String url) {
    answers("{\"data\":[{\"url\":\"" + url + "\"}]}");
  }

  private void answers(String body) {
    painter.server().stubFor(post("/v1/images/generations").willReturn(aResponse().withBody(body)));
  }
}
