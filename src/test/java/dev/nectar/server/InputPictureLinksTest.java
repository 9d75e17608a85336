package dev.nectar.server;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static dev.nectar.server.NectarServer.header;
import static dev.nectar.server.NectarServer.json;
import static dev.nectar.server.NectarServer.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.nectar.image.SampleImages;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links to pictures that were made from others, links as inputs, and inputs by URL alone. */
class InputPictureLinksTest extends InputPicturesCase {

  InputPictureLinksTest(@TempDir Path cache) {
    super(cache);
  }

  /** The address of such a link would be refused. */
  @Test
  void linkOfOurs_madeFromAUrlOrAnotherLink_isOpenedAndNotFetched() throws Exception {
    var inner = link("inner", url("/first.png"));
    var middle = link("middle", inner);

    var got = prompt("outer", middle);

    assertThat(got.statusCode()).as(text(got)).isEqualTo(200);
    assertThat(painter.calls()).hasSize(3);
    assertThat(painter.calls().getFirst().getBody()).containsSequence(FIRST);
    assertThat(painter.calls().getLast().getBody()).containsSequence(PNG);
    var deepest = link("4", link("3", link("2", link("1", url("/first.png")))));
    assertThat(json(prompt("0", deepest)).get("code").asString()).isEqualTo("invalid_image_url");
    await().untilAsserted(() -> assertThat(temporary()).isEmpty());
  }

  private String link(String prompt, String image) throws Exception {
    var signed =
        nectar.send(
            "POST",
            "/sign?key=" + NectarServer.KEY,
            "{\"prompt\":\"%s\",\"image\":\"%s\"}".formatted(prompt, image));
    return json(signed).get("url").asString();
  }

  @Test
  void link_toWhatWasMadeFromAnUpload_opensItUntilItIsGone() throws Exception {
    var url =
        json(editForm("prompt", "linked", "image", FIRST, "response_format", "url"))
            .at("/data/0/url")
            .asString();
    assertThat(url).contains("image=sha256%3A" + SampleImages.sha256(FIRST));
    var target = URI.create(url).getRawPath() + "?" + URI.create(url).getRawQuery();
    assertThat(nectar.get(target).body()).isEqualTo(PNG);

    var deletion =
        "{\"prompt\":\"linked\",\"image\":\"sha256:%s\"}".formatted(SampleImages.sha256(FIRST));
    assertThat(nectar.delete("{\"prompt\":\"linked\"}").statusCode()).isEqualTo(404);
    assertThat(nectar.delete(deletion).statusCode()).isEqualTo(200);
    assertThat(nectar.get(target).statusCode()).isEqualTo(404);
    assertThat(painter.calls()).hasSize(1);
  }

  @Test
  void signedLink_withAnInputByUrl_isMadeWhenItIsOpened() throws Exception {
    var link = URI.create(link("signed", url("/first.png")));

    assertThat(nectar.get(link.getRawPath() + "?" + link.getRawQuery()).body()).isEqualTo(PNG);
    assertThat(painter.calls().getLast().getBody()).containsSequence(FIRST);
  }

  @Test
  void deletion_byUrl_isOfWhatWasMadeFromIt() throws Exception {
    assertThat(prompt("deleted", url("/first.png")).statusCode()).isEqualTo(200);

    var deletion = "{\"prompt\":\"deleted\",\"image\":\"%s\"}".formatted(url("/first.png"));
    assertThat(nectar.delete(deletion).statusCode()).isEqualTo(200);
    assertThat(nectar.delete(deletion).statusCode()).isEqualTo(404);
  }

  @Test
  void fallback_isAskedOnlyIfAllCameByUrl(@TempDir Path other) throws Exception {
    var fallback = new WireMockServer(WireMockConfiguration.options().dynamicPort());
    fallback.start();
    fallback.stubFor(any(anyUrl()).willReturn(aResponse().withBody(PNG)));
    painter.fails(500, "");
    try (var server =
        NectarServer.start(
            other,
            painter.url(),
            Map.of(
                "IMAGE_URL_ALLOWED_HOSTS",
                "localhost:" + pictures.port(),
                "POLLINATIONS_ENABLED",
                "true",
                "POLLINATIONS_URL",
                "http://localhost:" + fallback.port()))) {
      var byUrl =
          server.get(
              NectarServer.target("url") + "&image=" + URLEncoder.encode(url("/first.png"), UTF_8));
      assertThat(header(byUrl, "X-Image-Source")).as(text(byUrl)).isEqualTo("fallback");
      assertThat(fallback.getAllServeEvents()).hasSize(1);

      var uploaded =
          server.send(
              "POST",
              "/prompt?key=" + NectarServer.KEY,
              "{\"prompt\":\"data\",\"image\":\"" + dataUrl(FIRST) + "\"}");
      assertThat(uploaded.statusCode()).isEqualTo(502);
      assertThat(fallback.getAllServeEvents()).hasSize(1);
    } finally {
      fallback.stop();
    }
  }
}
