package dev.nectar.backend.protocol;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static dev.nectar.backend.protocol.Bench.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.nectar.backend.Protocol;
import dev.nectar.image.SampleImages;
import dev.nectar.server.Painter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class GeminiContractTest extends ImageBackendContract {

  @Override
  Protocol protocol() {
    return Protocol.GEMINI;
  }

  @Override
  String painting(String picture) {
    return candidate(
        "{\"text\":\"Here.\"},{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"%s\"}}"
            .formatted(picture));
  }

  private static String candidate(String parts) {
    return "{\"candidates\":[{\"content\":{\"parts\":[" + parts + "]},\"finishReason\":\"STOP\"}]}";
  }

  @Override
  String linking(String url) {
    return candidate("{\"fileData\":{\"fileUri\":\"" + url + "\"}}");
  }

  @Override
  Map.Entry<Integer, String> refusal() {
    return Map.entry(200, "{\"promptFeedback\":{\"blockReason\":\"PROHIBITED_CONTENT\"}}");
  }

  @Override
  String silence() {
    return candidate("{\"text\":\"I would rather not.\"}");
  }

  @Override
  Map.Entry<String, String> credentials() {
    return Map.entry("x-goog-api-key", TOKEN);
  }

  @Override
  String path() {
    return "/v1beta/models/painter-1:generateContent";
  }

  @Override
  List<byte[]> inputs(LoggedRequest call) {
    return Painter.body(call)
        .at("/contents/0/parts")
        .valueStream()
        .filter(part -> part.at("/inlineData/mimeType").asString("").equals("image/png"))
        .map(part -> Base64.getDecoder().decode(part.at("/inlineData/data").asString("")))
        .toList();
  }

  @Override
  String prompt(JsonNode body) {
    return body.at("/contents/0/parts/0/text").asString("");
  }

  @Override
  String shapeName() {
    return "generation_config.image_config.aspect_ratio";
  }

  @Override
  String shape(JsonNode body) {
    return body.at("/generationConfig/imageConfig/aspectRatio").asString("");
  }

  @Override
  List<String> shapes() {
    return List.of("4:3", "1:1");
  }

  @Override
  String shapePath() {
    return "$.generationConfig.imageConfig[?(@.aspectRatio == '4:3')]";
  }

  @Override
  String seedPath() {
    return "$.generationConfig.seed";
  }

  @Override
  List<String> placeless() {
    return List.of("negative_prompt", "guidance_scale", "quality", "background", "output_format");
  }

  @Test
  void question_asksForTextAndImage() throws Exception {
    paints();

    bytes(ask());

    assertThat(painter.lastBody().get("generationConfig"))
        .hasToString("{\"responseModalities\":[\"TEXT\",\"IMAGE\"],\"seed\":7}");
    assertThat(painter.calls().getFirst().containsHeader("Authorization")).isFalse();
  }

  @Test
  void picture_thatWasOnlyThought_givesWayToTheLast() throws Exception {
    var thought = Base64.getEncoder().encodeToString(SampleImages.png(2_000, 3));
    var part = "{\"thought\":%s,\"inlineData\":{\"data\":\"%s\"}}";
    painter.answers(
        aResponse()
            .withBody(
                candidate(part.formatted(true, thought) + "," + part.formatted(false, base64))));

    assertThat(bytes(ask())).isEqualTo(png);
  }

  @Test
  void name_thatGoogleDoesNotKnow_isLeftOut() throws Exception {
    paints();
    refusesFirst(
        "$.generationConfig.imageConfig",
        400,
        "{\"error\":{\"code\":400,\"message\":\"Invalid JSON payload received. Unknown name \\\"imageConfig\\\" at 'generation_config': Cannot find field.\",\"status\":\"INVALID_ARGUMENT\",\"details\":[{\"fieldViolations\":[{\"field\":\"generation_config\",\"description\":\"Invalid JSON payload received. Unknown name \\\"imageConfig\\\" at 'generation_config': Cannot find field.\"}]}]}}");

    assertThat(bytes(askLandscape())).isEqualTo(png);

    assertThat(painter.calls()).hasSize(2);
    assertThat(shape(painter.lastBody())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/v1beta, /v1beta/models/painter-1:generateContent",
    "/v1beta/models/from-url:generateContent, /v1beta/models/from-url:generateContent"
  })
  void base_ofAnyForm_leadsToTheModel(String base, String path) throws Exception {
    paints();

    bytes(ask(painter.url() + base));

    assertThat(painter.calls()).singleElement().extracting("url").isEqualTo(path);
  }
}
