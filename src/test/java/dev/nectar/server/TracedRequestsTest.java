package dev.nectar.server;

import static dev.nectar.server.NectarServer.header;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.WireMock;
import dev.nectar.image.SampleImages;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Requests that can be followed: their ids, and traces. */
@ExtendWith(OutputCaptureExtension.class)
class TracedRequestsTest extends ObservedCase {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";

  TracedRequestsTest(@TempDir Path cache) {
    super(cache);
  }

  @Test
  void requestId_wellFormed_isKeptLoggedAndPassedOn(CapturedOutput output) throws Exception {
    llm.server().resetRequests();
    var answer = nectar.image("a known request", "X-Request-Id", "Mine_1.2-3");

    assertThat(header(answer, "X-Request-Id")).isEqualTo("Mine_1.2-3");
    assertThat(painter.calls().getFirst().getHeader("X-Request-Id")).isEqualTo("Mine_1.2-3");
    assertThat(llm.calls().getFirst().getHeader("X-Request-Id")).isEqualTo("Mine_1.2-3");
    assertThat(output).containsPattern("\\[Mine_1\\.2-3] generation Mine_1\\.2-3 [0-9a-f]{12}: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "a/b", "ümlaut", "a,b"})
  void requestId_malformed_isReplaced(String given) throws Exception {
    var answer =
        RawExchange.send(
            nectar.port(),
            "GET /status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Request-Id: %s\r\n\r\n"
                .formatted(given));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("X-Request-Id")).matches("[0-9a-f]{24}");
  }

  @Test
  void requestId_isOf64CharactersAtMost() throws Exception {
    var longest = "x".repeat(64);

    assertThat(header(nectar.get("/status", "X-Request-Id", longest), "X-Request-Id"))
        .isEqualTo(longest);
    assertThat(header(nectar.get("/status", "X-Request-Id", longest + "x"), "X-Request-Id"))
        .isNotEqualTo(longest + "x");
  }

  @Test
  void trace_ofAClient_isContinuedAndPassedOn() throws Exception {
    llm.server().resetRequests();
    collector.server().resetRequests();
    var answer =
        nectar.image("a secret heron", "traceparent", "00-%s-%s-01".formatted(TRACE, PARENT));

    assertThat(answer.statusCode()).isEqualTo(200);
    for (var call : List.of(painter.calls().getFirst(), llm.calls().getFirst())) {
      assertThat(call.getHeader("traceparent"))
          .matches("00-" + TRACE + "-[0-9a-f]{16}-01")
          .doesNotContain(PARENT);
    }
    await()
        .untilAsserted(() ->
            assertThat(exported())
                .contains(
                    "generation", "optimize", "attempt", "store", bytes(TRACE), bytes(PARENT)));
    assertThat(exported()).doesNotContain("heron", NectarServer.KEY, "tenant", "a better prompt");
    assertThat(collector.calls())
        .allSatisfy(call -> assertThat(call.getUrl()).isEqualTo("/v1/traces"));
  }

  @Test
  void trace_ofAPictureThatIsOnlyNamed_hasItsDownload() throws Exception {
    collector.server().resetRequests();
    painter
        .server()
        .stubFor(
            WireMock.post(WireMock.anyUrl())
                .willReturn(
                    WireMock.okJson(
                        "{\"data\": [{\"url\": \"%s/picture.png\"}]}".formatted(painter.url()))));
    painter
        .server()
        .stubFor(
            WireMock.get("/picture.png")
                .willReturn(WireMock.ok().withBody(SampleImages.png(200, 3))));

    assertThat(nectar.image("named").statusCode()).isEqualTo(200);

    await().untilAsserted(() -> assertThat(exported()).contains("download"));
    assertThat(
            painter.calls().stream().filter(call -> call.getUrl().equals("/picture.png")).toList())
        .singleElement()
        .satisfies(call -> assertThat(call.containsHeader("traceparent")).isFalse());
  }

  private static String bytes(String hex) {
    return new String(HexFormat.of().parseHex(hex), ISO_8859_1);
  }

  private String exported() {
    return collector.calls().stream()
        .map(call -> new String(call.getBody(), ISO_8859_1))
        .collect(joining());
  }
}
