package dev.nectar.backend.protocol;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static dev.nectar.backend.protocol.Bench.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.backend.BackendReply.Failed;
import dev.nectar.image.SampleImages;
import dev.nectar.server.Painter;
import java.nio.file.Path;
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
    painter
        .server()
        .stubFor(
            post("/v1/images/generations")
                .willReturn(aResponse().withBody("{\"data\":[{\"url\":\"" + url + "\"}]}")));
  }
}
