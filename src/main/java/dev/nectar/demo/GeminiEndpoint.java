package dev.nectar.demo;

import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /v1beta/models/MODEL:generateContent}, as Google has it. */
final class GeminiEndpoint {

  static final String PREFIX = "/v1beta/models/";
  static final String SUFFIX = ":generateContent";

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Studio studio;

  GeminiEndpoint(Studio studio) {
    this.studio = studio;
  }

  Answer generate(byte[] body) {
    JsonNode json;
    try {
      json = JSON.readTree(body);
    } catch (JacksonException e) {
      return error(400, "The body can't be read as JSON.");
    }
    var prompt =
        json.at("/contents/0/parts")
            .valueStream()
            .map(part -> part.path("text").asString(""))
            .collect(Collectors.joining("\n"));
    var config = json.path("generationConfig");
    var ratio = config.at("/imageConfig/aspectRatio").asString("");
    return switch (ImageOrder.of(prompt, ImageOrder.size(ratio), config.path("seed"))) {
      case ImageOrder.Rejected(var error) when error.isRefusal() ->
          Answer.json(200, Map.of("promptFeedback", Map.of("blockReason", "PROHIBITED_CONTENT")));
      case ImageOrder.Rejected(var error) -> error(error.status(), error.message());
      case ImageOrder.Accepted(var pictures, _) ->
          Answer.around(
              studio,
              pictures.getFirst(),
              "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"inlineData\":"
                  + "{\"mimeType\":\"image/png\",\"data\":\"",
              "\"}}]},\"finishReason\":\"STOP\",\"index\":0}]}");
    };
  }

  private static Answer error(int status, String message) {
    return Answer.json(
        status,
        Map.of("error", Map.of("code", status, "message", message, "status", "INVALID_ARGUMENT")));
  }
}
