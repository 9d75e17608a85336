package dev.nectar.backend.protocol;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.backend.BackendReply.Failed;
import dev.nectar.http.RawServer;
import dev.nectar.server.Painter;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Image URLs that lead to this machine, were they believed. The canary listens on all of its
 * addresses, at another port than the back end, and hears nothing.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImageUrlGuardTest {

  private static final String PORT = "PORT";

  private final Painter painter = Painter.start();
  private final RawServer canary;
  private final Bench bench;

  ImageUrlGuardTest(@TempDir Path directory) throws IOException {
    bench = new Bench(directory);
    canary = new RawServer(new ServerSocket(0), peer -> peer.always(RawServer.ok("secret")));
  }

  @BeforeEach
  void reset() {
    painter.answers(aResponse().withStatus(404));
  }

  @AfterAll
  void stop() throws IOException {
    bench.close();
    painter.close();
    canary.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]", "2130706433", "[::ffff:127.0.0.1]"})
  void canary_reachedByAnAllowedHost_hears(String host) {
    var before = canary.connections();
    names(url("http://" + host + ":PORT/"));

    assertThat(bench.ask(bench.allowing(painter.url(), host))).isInstanceOf(Failed.class);

    assertThat(canary.connections()).isGreaterThan(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:PORT/",
        "http://127.0.0.1.:PORT/",
        "http://127.1:PORT/",
        "http://127.0.1:PORT/",
        "http://127.255.255.254:PORT/",
        "http://2130706433:PORT/",
        "http://017700000001:PORT/",
        "http://0177.0.0.01:PORT/",
        "http://0x7f000001:PORT/",
        "http://0X7F.0.0.1:PORT/",
        "http://0:PORT/",
        "http://0.0.0.0:PORT/",
        "http://localhost:PORT/",
        "http://localhost.:PORT/",
        "http://LOCALHOST:PORT/",
        "http://[::1]:PORT/",
        "http://[::]:PORT/",
        "http://[0:0:0:0:0:0:0:1]:PORT/",
        "http://[::1%25lo]:PORT/",
        "http://[::1%lo]:PORT/",
        "http://[::ffff:127.0.0.1]:PORT/",
        "http://[::ffff:7f00:1]:PORT/",
        "http://[::127.0.0.1]:PORT/",
        "http://[64:ff9b::127.0.0.1]:PORT/",
        "http://[2002:7f00:1::]:PORT/",
        "http://loc%61lhost:PORT/",
        "http://127%2e0%2e0%2e1:PORT/",
        "http://%5b::1%5d:PORT/",
        "http://１２７.０.０.１:PORT/",
        "http://127。0。0。1:PORT/",
        "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:PORT/",
        "http://user@127.0.0.1:PORT/",
        "http://example.com@127.0.0.1:PORT/",
        "http://example.com\\@127.0.0.1:PORT/",
        "http://127.0.0.1:PORT\\@example.com/",
        "http://127.0.0.1:PORT#@example.com/",
        "http://127.0.0.1:PORT?@example.com/",
        "http:127.0.0.1:PORT/",
        "http:///127.0.0.1:PORT/",
        "//127.0.0.1:PORT/",
        "https://127.0.0.1:PORT/",
        "HTTPS://localhost:PORT/",
        "ftp://127.0.0.1:PORT/",
        "gopher://127.0.0.1:PORT/_GET",
        "jar:http://127.0.0.1:PORT/a!/b",
        " http://127.0.0.1:PORT/",
        "http://127.0.0.1\t:PORT/",
        "http://127.0.0.1\r\n:PORT/",
      })
  void canary_named_hearsNothing(String template) {
    var url = url(template);

    names(url);
    assertUnheard();

    names(painter.url() + "/moved");
    painter.server().stubFor(get("/moved").willReturn(temporaryRedirect(url)));
    assertUnheard();
  }

  private void assertUnheard() {
    var before = canary.connections();

    assertThat(bench.ask(bench.backend(painter.url()))).isInstanceOf(Failed.class);

    assertThat(canary.connections()).isEqualTo(before);
  }

  private String url(String template) {
    return template.replace(PORT, Integer.toString(canary.port()));
  }

  private void names(String url) {
    var link = JsonMapper.shared().writeValueAsString(url);
    painter
        .server()
        .stubFor(
            post("/v1/images/generations")
                .willReturn(aResponse().withBody("{\"data\":[{\"url\":" + link + "}]}")));
  }
}
