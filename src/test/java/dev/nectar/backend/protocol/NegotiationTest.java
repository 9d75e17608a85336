package dev.nectar.backend.protocol;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static dev.nectar.backend.protocol.Bench.bytes;
import static dev.nectar.backend.protocol.Bench.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.WireMock;
import dev.nectar.backend.BackendReply.Refused;
import dev.nectar.backend.BackendReply.Unclear;
import dev.nectar.backend.ImageBackend;
import dev.nectar.backend.PaintRequest;
import dev.nectar.image.ImageExtras;
import dev.nectar.image.ImageSize;
import dev.nectar.image.SampleImages;
import dev.nectar.server.Painter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parameters that a back end does not take are left out, from then on. */
class NegotiationTest {

  private final byte[] png = SampleImages.png(300, 1);
  private final Painter painter = Painter.start();
  private final Bench bench;
  private final ImageBackend backend;

  NegotiationTest(@TempDir Path directory) {
    bench = new Bench(directory);
    backend = bench.backend(painter.url());
    painter.paints(png);
  }

  @AfterEach
  void stop() {
    bench.close();
    painter.close();
  }

  @Test
  void parameter_unknown_isLeftOutAndRemembered() throws Exception {
    refuses(
        "$.seed",
        400,
        "{\"error\":{\"message\":\"Unknown parameter: 'seed'.\",\"param\":\"seed\",\"code\":\"unknown_parameter\"}}");

    assertThat(bytes(bench.ask(backend))).isEqualTo(png);
    assertThat(painter.calls()).hasSize(2);
    assertThat(painter.lastBody().propertyNames()).containsExactly("prompt", "n");
    assertThat(bytes(bench.ask(backend))).isEqualTo(png);
    assertThat(painter.calls()).hasSize(3);
  }

  @Test
  void parameters_severalUnknownInFastApisWords_areAllLeftOut() throws Exception {
    refuses(
        "$.seed",
        422,
        "{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"seed\"],\"msg\":\"Extra inputs are not permitted\"}]}");
    refuses(
        "$.n",
        422,
        "{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"n\"],\"msg\":\"Extra inputs are not permitted\"}]}");

    assertThat(bytes(bench.ask(backend))).isEqualTo(png);
    assertThat(painter.lastBody().propertyNames()).containsExactly("prompt");
    assertThat(painter.calls()).hasSize(3);
  }

  @Test
  void size_refusedBesideAnother_isThatOne() throws Exception {
    refuses(
        "$[?(@.size == '512x512')]",
        400,
        "{\"error\":{\"message\":\"Invalid value: '512x512'. Supported values are: '1024x1024'.\",\"param\":\"size\",\"code\":\"invalid_value\"}}");

    bytes(bench.ask(backend, request(new ImageSize(512, 512), null)));
    assertThat(painter.calls()).hasSize(2);
    assertThat(painter.lastBody().get("size").asString()).isEqualTo("1024x1024");
    bytes(bench.ask(backend, request(new ImageSize(512, 512), null)));
    assertThat(painter.calls()).hasSize(3);
    assertThat(painter.lastBody().get("size").asString()).isEqualTo("1024x1024");
  }

  @Test
  void size_refusedWithoutAnother_isLeftOut() throws Exception {
    refuses(
        "$[?(@.size == '512x512')]",
        400,
        "{\"error\":{\"message\":\"Invalid value: '512x512'.\",\"param\":\"size\"}}");

    bytes(bench.ask(backend, request(new ImageSize(512, 512), null)));
    assertThat(painter.lastBody().has("size")).isFalse();
    bytes(bench.ask(backend, request(new ImageSize(1024, 1024), null)));
    assertThat(painter.lastBody().get("size").asString()).isEqualTo("1024x1024");
  }

  @Test
  void extras_refused_areLeftOutOneByOne() throws Exception {
    refuses(
        "$[?(@.quality == 'hd')]",
        400,
        "{\"error\":{\"message\":\"Invalid value: 'hd'. Supported values are: 'low'.\",\"param\":\"quality\",\"code\":\"invalid_value\"}}");
    refuses(
        "$.style",
        400,
        "{\"error\":{\"message\":\"Unknown parameter: 'style'.\",\"param\":\"style\",\"code\":\"unknown_parameter\"}}");

    bytes(bench.ask(backend, withExtras(Map.of("quality", "hd", "style", "vivid"))));
    assertThat(painter.lastBody().propertyNames()).containsExactly("prompt", "n", "seed");
    bytes(bench.ask(backend, withExtras(Map.of("quality", "low", "style", "natural"))));
    assertThat(painter.lastBody().propertyNames())
        .containsExactly("prompt", "n", "seed", "quality");
    assertThat(painter.calls()).hasSize(4);
  }

  private static PaintRequest withExtras(Map<String, String> extras) {
    return new PaintRequest("a prompt", null, null, 7, ImageExtras.ofTexts(extras));
  }

  @Test
  void parameter_thatWasNotSent_isUnclear() {
    refuses(
        "$.prompt", 400, "{\"error\":{\"message\":\"Required\",\"param\":\"response_format\"}}");

    assertThat(bench.ask(backend)).isInstanceOf(Unclear.class);
    assertThat(painter.calls()).hasSize(1);
  }

  @Test
  void parameter_blamedEvenWhenLeftOut_isUnclearAndNoLoop() {
    refuses("$.prompt", 400, "{\"error\":{\"message\":\"Unknown parameter\",\"param\":\"seed\"}}");

    assertThat(bench.ask(backend)).isInstanceOf(Unclear.class);
    assertThat(painter.calls()).hasSize(2);
  }

  @Test
  void refusal_ofTheContent_isNotNegotiated() {
    refuses(
        "$.prompt",
        400,
        "{\"error\":{\"message\":\"Rejected by the safety system\",\"code\":\"moderation_blocked\",\"param\":\"prompt\"}}");

    assertThat(bench.ask(backend))
        .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.certain()).isTrue());
    assertThat(painter.calls()).hasSize(1);
  }

  private void refuses(String path, int status, String body) {
    painter
        .server()
        .stubFor(
            post(WireMock.anyUrl())
                .withRequestBody(matchingJsonPath(path))
                .willReturn(aResponse().withStatus(status).withBody(body)));
  }
}
