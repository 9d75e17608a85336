package dev.nectar.server;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static dev.nectar.server.NectarServer.header;
import static dev.nectar.server.NectarServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.image.CraftedImages;
import dev.nectar.image.CraftedImages.PngColour;
import java.net.URI;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code POST /v1/images/generations}. */
class OpenAiImagesTest extends OpenAiImagesCase {

  OpenAiImagesTest(@TempDir Path cache) {
    super(cache);
  }

  @Test
  void image_asked_isTheOneOfPrompt() throws Exception {
    var answer =
        ask(
            "{\"prompt\":\"an apple\",\"size\":\"1024x1024\",\"quality\":\"high\",\"model\":\"m\"}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
    assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
    var body = json(answer);
    assertThat(body.propertyNames())
        .containsExactly("created", "quality", "background", "output_format", "data");
    assertThat(body.get("created").asLong()).isGreaterThan(1_700_000_000);
    assertThat(bytes(body.at("/data/0/b64_json").asString())).isEqualTo(PNG);
    var same = NectarServer.target("an apple") + "&width=1024&height=1024&quality=high&model=m";
    assertThat(header(nectar.get(same), "X-Cache")).isEqualTo("HIT");
  }

  @Test
  void images_withoutASeed_areNewOnesEachTime(@TempDir Path directory) throws Exception {
    try (var server = NectarServer.start(directory, painter.url())) {
      for (var i = 0; i < 3; i++) {
        assertThat(server.order("{\"prompt\":\"new\",\"n\":2,\"seed\":null}").statusCode())
            .isEqualTo(200);
      }
    }

    assertThat(painter.calls().stream().map(call -> Painter.body(call).get("seed").asInt()))
        .hasSize(6)
        .doesNotHaveDuplicates();
  }

  @Test
  void url_ofADrawnSeed_tellsIt(@TempDir Path directory) throws Exception {
    var keys = Map.of("URL_SIGNING_KEYS", "a-signing-key-of-24-chars");
    try (var server = NectarServer.start(directory, painter.url(), keys)) {
      var answer = server.order("{\"prompt\":\"drawn\",\"response_format\":\"url\"}");

      var seed = painter.lastBody().get("seed").asInt();
      var url = URI.create(json(answer).at("/data/0/url").asString());
      assertThat(url.getRawQuery()).contains("seed=" + seed + "&");
      var image = server.get(url.getRawPath() + "?" + url.getRawQuery());
      assertThat(header(image, "X-Cache")).isEqualTo("HIT");
      assertThat(header(image, "X-Seed")).isEqualTo(Integer.toString(seed));
    }
  }

  @Test
  void seed_ofTheSettings_makesRepeatedRequestsHits() throws Exception {
    assertThat(ask("{\"prompt\":\"repeated\",\"n\":2}").statusCode()).isEqualTo(200);
    assertThat(ask("{\"prompt\":\"repeated\",\"n\":2}").statusCode()).isEqualTo(200);

    assertThat(painter.calls().stream().map(call -> Painter.body(call).get("seed").asInt()))
        .containsExactlyInAnyOrder(42, 43);
  }

  @Test
  void form_leftOpen_isThatOfTheModel() throws Exception {
    for (var model : new String[] {"", ",\"model\":\"dall-e-2\"", ",\"model\":\"dall-e-3\""}) {
      var picture = json(ask("{\"prompt\":\"forms\"" + model + "}")).at("/data/0");
      assertThat(picture.propertyNames()).containsExactly("url", "b64_json");
      var url = URI.create(picture.get("url").asString());
      assertThat(nectar.get(url.getRawPath() + "?" + url.getRawQuery()).body()).isEqualTo(PNG);
      assertThat(bytes(picture.get("b64_json").asString())).isEqualTo(PNG);
    }
    var other = json(ask("{\"prompt\":\"forms\",\"model\":\"gpt-image-1\"}")).at("/data/0");
    assertThat(other.propertyNames()).containsExactly("b64_json");
    var named = "{\"prompt\":\"forms\",\"response_format\":\"b64_json\"}";
    assertThat(json(ask(named)).at("/data/0").propertyNames()).containsExactly("b64_json");
  }

  @Test
  void prompt_tooLongForALink_comesWithoutOne() throws Exception {
    var prompt = "ü".repeat(32_000);

    var answer = ask("{\"prompt\":\"%s\"}".formatted(prompt));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).at("/data/0").propertyNames()).containsExactly("b64_json");
    assertThat(painter.lastPrompt()).isEqualTo(prompt);
    var calls = painter.calls().size();
    var linked = "{\"prompt\":\"%s\",\"response_format\":\"url\"}".formatted(prompt);
    assertError(ask(linked), "prompt");
    assertThat(painter.calls()).hasSize(calls);
  }

  @Test
  void usage_ofTheBackEnd_isToldOfWhatWasMade() throws Exception {
    painter.answers(
        aResponse()
            .withHeader("Content-Type", "application/json")
            .withBody(
                "{\"created\":1,\"data\":[{\"b64_json\":\""
                    + Base64.getEncoder().encodeToString(PNG)
                    + "\"}],\"usage\":{\"input_tokens\":9,\"output_tokens\":100,"
                    + "\"total_tokens\":109,\"input_tokens_details\":{\"text_tokens\":9,"
                    + "\"image_tokens\":0}}}"));
    var order = "{\"prompt\":\"used\",\"n\":3}";

    assertThat(json(ask(order)).get("usage"))
        .hasToString(
            "{\"input_tokens\":27,\"output_tokens\":300,\"total_tokens\":327,"
                + "\"input_tokens_details\":{\"text_tokens\":27,\"image_tokens\":0}}");
    assertThat(json(ask(order)).has("usage")).isFalse();
  }

  @Test
  void size_real_isToldIfOpenAiHasAWordForIt() throws Exception {
    painter.paints(CraftedImages.blackPng(1024, 1536, PngColour.RGB, false));

    assertThat(json(ask("{\"prompt\":\"large\",\"size\":\"512x512\"}")).get("size").asString())
        .isEqualTo("1024x1536");
  }

  @Test
  void prompt_thatWasReworded_isTold(@TempDir Path rewording) throws Exception {
    try (var llm = Painter.start()) {
      assertThat(json(ask("{\"prompt\":\"plain\"}")).at("/data/0").has("revised_prompt")).isFalse();
      llm.answers(
          aResponse()
              .withHeader("Content-Type", "application/json")
              .withBody(
                  "{\"choices\":[{\"message\":{\"content\":\"<prompt>a ripe apple</prompt>\"}}]}"));
      var settings =
          Map.of("LLM_OPTIMIZATION_ENABLED", "true", "LLM_OPTIMIZATION_API_URL", llm.url());
      try (var server = NectarServer.start(rewording, painter.url(), settings)) {
        assertThat(
                json(server.order("{\"prompt\":\"plain\"}"))
                    .at("/data/0/revised_prompt")
                    .asString())
            .isEqualTo("a ripe apple");
      }
    }
  }

  @Test
  void images_several_areMadeSideBySideFromSuccessiveSeeds() throws Exception {
    var answer = ask("{\"prompt\":\"three\",\"n\":3,\"seed\":7}");

    assertThat(json(answer).get("data")).hasSize(3);
    var seeds = new HashSet<Integer>();
    painter.calls().forEach(call -> seeds.add(Painter.body(call).get("seed").asInt()));
    assertThat(seeds).containsExactlyInAnyOrder(7, 8, 9);
    assertThat(header(nectar.get(NectarServer.target("three") + "&seed=9"), "X-Cache"))
        .isEqualTo("HIT");
  }

  @Test
  void url_asked_isSignedAndOpensWithoutTheKey() throws Exception {
    var answer =
        ask("{\"prompt\":\"a/b c\",\"n\":2,\"response_format\":\"url\",\"style\":\"vivid\"}");

    assertThat(json(answer).get("data")).hasSize(2);
    for (var item : json(answer).get("data")) {
      var url = URI.create(item.get("url").asString());
      var image = nectar.get(url.getRawPath() + "?" + url.getRawQuery());
      assertThat(image.body()).isEqualTo(PNG);
      assertThat(header(image, "X-Cache")).isEqualTo("HIT");
    }
  }

  private static byte[] bytes(String base64) {
    return Base64.getDecoder().decode(base64);
  }
}
