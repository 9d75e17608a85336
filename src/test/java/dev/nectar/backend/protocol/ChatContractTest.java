package dev.nectar.backend.protocol;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static dev.nectar.backend.protocol.Bench.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.nectar.backend.BackendReply.Refused;
import dev.nectar.backend.Protocol;
import dev.nectar.server.Painter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChatContractTest extends ImageBackendContract {

  @Override
  Protocol protocol() {
    return Protocol.CHAT;
  }

  @Override
  String painting(String picture) {
    return answer(
        "{\"content\":\"\",\"images\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,%s\"}}]}"
            .formatted(picture));
  }

  private static String answer(String message) {
    return "{\"choices\":[{\"index\":0,\"message\":" + message + ",\"finish_reason\":\"stop\"}]}";
  }

  @Override
  String linking(String url) {
    return answer("{\"content\":\"Here: ![a (fine) picture](" + url + ")\"}");
  }

  @Override
  Map.Entry<Integer, String> refusal() {
    return Map.entry(200, answer("{\"content\":null,\"refusal\":\"I can't do that.\"}"));
  }

  @Override
  String silence() {
    return answer("{\"content\":\"I would rather not.\"}");
  }

  @Override
  String path() {
    return "/v1/chat/completions";
  }

  @Override
  String inputPrompt(LoggedRequest call) {
    return Painter.body(call).at("/messages/0/content/0/text").asString("");
  }

  @Override
  List<byte[]> inputs(LoggedRequest call) {
    return Painter.body(call)
        .at("/messages/0/content")
        .valueStream()
        .filter(part -> part.path("type").asString("").equals("image_url"))
        .map(part -> part.at("/image_url/url").asString(""))
        .map(url -> Base64.getDecoder().decode(url.replaceFirst("^data:image/png;base64,", "")))
        .toList();
  }

  @Override
  String prompt(JsonNode body) {
    return body.at("/messages/0/content").asString("");
  }

  @Override
  String shapeName() {
    return "image_config.aspect_ratio";
  }

  @Override
  String shape(JsonNode body) {
    return body.at("/image_config/aspect_ratio").asString("");
  }

  @Override
  List<String> shapes() {
    return List.of("4:3", "1:1");
  }

  @Override
  String shapePath() {
    return "$.image_config[?(@.aspect_ratio == '4:3')]";
  }

  @Override
  String seedPath() {
    return "$.seed";
  }

  @Override
  List<String> placeless() {
    return List.of("negative_prompt", "guidance_scale", "quality", "background", "output_format");
  }

  @Test
  void question_isAChat() throws Exception {
    paints();

    bytes(ask());

    assertThat(painter.lastBody())
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    "{\"model\":\"painter-1\",\"messages\":[{\"role\":\"user\",\"content\":\"a lighthouse at dusk\"}],"
                        + "\"modalities\":[\"image\",\"text\"],\"seed\":7}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'image_url','image_url':{'url':'data:image/png;base64,$'}}",
        "{'type':'image_url','image_url':'data:image/png;base64,$'}",
        "{'type':'image','image':'$'}",
        "{'type':'image','source':{'type':'base64','media_type':'image/png','data':'$'}}",
        "{'type':'output_image','b64_json':'$'}",
        "{'type':'text','text':'![](data:image/png;base64,$)'}"
      })
  void part_ofAnyForm_isPainted(String part) throws Exception {
    var json = part.replace('\'', '"').replace("$", base64);
    painter.answers(
        aResponse()
            .withBody(
                answer("{\"content\":[{\"type\":\"text\",\"text\":\"Look:\"}," + json + "]}")));

    assertThat(bytes(ask())).isEqualTo(png);
  }

  @Test
  void stream_withAPictureInItsText_isPainted() throws Exception {
    painter.answers(
        aResponse().withBody(stream("Here: ![a](", "data:image/png;base64," + base64, ") Enjoy")));

    assertThat(bytes(ask())).isEqualTo(png);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 1_000, 1_001, 11_000})
  void stream_cutAnywhereInItsPicture_isPainted(int length) throws Exception {
    var pieces = new ArrayList<String>(List.of("![a](data:image/png;base64,"));
    for (var at = 0; at < base64.length(); at += length) {
      pieces.add(base64.substring(at, Math.min(at + length, base64.length())));
    }
    pieces.addAll(List.of("", ") Enjoy", "."));
    painter.answers(aResponse().withBody(stream(pieces.toArray(String[]::new))));

    assertThat(bytes(ask())).isEqualTo(png);
  }

  @Test
  void stream_cutAnywhereInItsLink_isPainted() throws Exception {
    painter.answers(
        aResponse().withBody(stream("![a]", "(" + painter.url() + "/fi", "les/a.png", ")")));
    servesFile("/files/a.png", png);

    assertThat(bytes(ask())).isEqualTo(png);
  }

  @Test
  void stream_thatEndsInAFilter_isRefused() {
    var picture =
        "{\"images\":[{\"image_url\":{\"url\":\"data:image/png;base64," + base64 + "\"}}]}";
    painter.answers(
        aResponse()
            .withBody(
                "data: {\"choices\":[{\"index\":0,\"delta\":"
                    + picture
                    + "}]}\n\ndata: {\"choices\":[{\"index\":0,\"delta\":{},"
                    + "\"finish_reason\":\"content_filter\"}]}\n\ndata: [DONE]\n\n"));

    assertThat(ask())
        .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.certain()).isTrue());
  }

  private static String stream(String... pieces) {
    var events = new StringBuilder();
    for (var piece : pieces) {
      events
          .append("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"")
          .append(piece)
          .append("\"}}]}\n\n");
    }
    return events.append("data: [DONE]\n\n").toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "No endpoints found that support the requested output modalities: image, text",
        "Invalid modalities: text",
        "Modality 'text' is not supported by this model",
        "The requested combination of response modalities is not supported by the model.",
        "Unrecognized request argument supplied: modalities"
      })
  void modalities_refused_areTheImageAloneThenNone(String message) throws Exception {
    paints();
    var body = "{\"error\":{\"message\":\"" + message + "\",\"code\":404}}";
    refusesFirst("$.modalities", 404, body);
    refusesFirst("$.modalities[1]", 400, body);

    assertThat(bytes(ask())).isEqualTo(png);

    assertThat(painter.calls())
        .extracting(call -> Painter.body(call).path("modalities").toString())
        .containsExactly("[\"image\",\"text\"]", "[\"image\"]", "");
  }
}
