package dev.nectar.demo;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** {@code POST /sdapi/v1/txt2img} and {@code …/img2img}, as Automatic1111's web UI has it. */
final class TextToImageEndpoint {

  private static final int DEFAULT_EDGE = 512;

  private final Studio studio;

  TextToImageEndpoint(Studio studio) {
    this.studio = studio;
  }

  Answer paint(Request request) {
    var json = request.json();
    var size =
        json.path("width").asInt(DEFAULT_EDGE) + "x" + json.path("height").asInt(DEFAULT_EDGE);
    Inputs inputs;
    try {
      inputs = request.inputs(texts(json.path("init_images")), json.path("mask").stringValue(null));
    } catch (IOException e) {
      return error(OpenAiError.unreadableImage());
    }
    return switch (ImageOrder.of(json.path("prompt").asString(""), size, json.path("seed"))) {
      case ImageOrder.Rejected(var error) -> error(error);
      case ImageOrder.Accepted(var pictures, _) ->
          Answer.around(
              studio,
              pictures.getFirst(),
              inputs,
              "{\"images\":[\"",
              "\"],\"parameters\":{},\"info\":\"{}\"}");
    };
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(text -> text.asString("")).toList();
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
