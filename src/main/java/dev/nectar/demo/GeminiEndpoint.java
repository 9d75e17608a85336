package dev.nectar.demo;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** {@code POST /v1beta/models/MODEL:generateContent}, as Google has it. */
final class GeminiEndpoint {

  static final String PREFIX = "/v1beta/models/";
  static final String SUFFIX = ":generateContent";

  private final Studio studio;

  GeminiEndpoint(Studio studio) {
    this.studio = studio;
  }

  Answer generate(Request request) {
    var json = request.json();
    var prompt =
        json.at("/contents/0/parts")
            .valueStream()
            .map(part -> part.path("text").asString(""))
            .collect(Collectors.joining("\n"));
    var config = json.path("generationConfig");
    var ratio = config.at("/imageConfig/aspectRatio").asString("");
    Inputs inputs;
    try {
      inputs = request.inputs(pictures(json), null);
    } catch (IOException e) {
      return error(400, OpenAiError.unreadableImage().message());
    }
    var size = inputs.sizeOr(ImageOrder.size(ratio));
    return switch (ImageOrder.of(prompt, size, config.path("seed"))) {
      case ImageOrder.Rejected(var error) when error.isRefusal() ->
          Answer.json(200, Map.of("promptFeedback", Map.of("blockReason", "PROHIBITED_CONTENT")));
      case ImageOrder.Rejected(var error) -> error(error.status(), error.message());
      case ImageOrder.Accepted(var pictures, _) ->
          Answer.around(
              studio,
              pictures.getFirst(),
              inputs,
              "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"inlineData\":"
                  + "{\"mimeType\":\"image/png\",\"data\":\"",
              "\"}}]},\"finishReason\":\"STOP\",\"index\":0}]}");
    };
  }

  private static List<String> pictures(JsonNode json) {
    return json.at("/contents/0/parts")
        .valueStream()
        .map(part -> part.at("/inlineData/data").asString(""))
        .filter(data -> !data.isEmpty())
        .toList();
  }

  private static Answer error(int status, String message) {
    return Answer.json(
        status,
        Map.of("error", Map.of("code", status, "message", message, "status", "INVALID_ARGUMENT")));
  }
}
