package dev.nectar.demo;

import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /sdapi/v1/txt2img}, as Automatic1111's web UI has it. */
final class TextToImageEndpoint {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int DEFAULT_EDGE = 512;

  private final Studio studio;

  TextToImageEndpoint(Studio studio) {
    this.studio = studio;
  }

  Answer paint(byte[] body) {
    JsonNode json;
    try {
      json = JSON.readTree(body);
    } catch (JacksonException e) {
      return error(OpenAiError.of(422, "The body can't be read as JSON."));
    }
    var size =
        json.path("width").asInt(DEFAULT_EDGE) + "x" + json.path("height").asInt(DEFAULT_EDGE);
    return switch (ImageOrder.of(json.path("prompt").asString(""), size, json.path("seed"))) {
      case ImageOrder.Rejected(var error) -> error(error);
      case ImageOrder.Accepted(var pictures, _) ->
          Answer.around(
              studio,
              pictures.getFirst(),
              "{\"images\":[\"",
              "\"],\"parameters\":{},\"info\":\"{}\"}");
    };
  }

  private static Answer error(OpenAiError error) {
    return Answer.json(
        error.status(),
        Map.of(
            "error", error.type(),
            "detail", error.message(),
            "code", String.valueOf(error.code())));
  }
}
