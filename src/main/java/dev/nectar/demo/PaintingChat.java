package dev.nectar.demo;

import java.io.IOException;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * {@code POST /v1/chat/completions} with {@code image} among its modalities: a chat that paints.
 */
final class PaintingChat {

  private final Studio studio;

  PaintingChat(Studio studio) {
    this.studio = studio;
  }

  static boolean isMeant(JsonNode json) {
    return json.path("modalities")
        .valueStream()
        .anyMatch(modality -> modality.asString("").equals("image"));
  }

  /**
   * Answers with a picture.
   *
   * @param prompt what the user said last
   * @param content the same, with its pictures
   */
  Answer paint(Request request, String prompt, JsonNode content) {
    var json = request.json();
    var ratio = json.at("/image_config/aspect_ratio").asString("");
    Inputs inputs;
    try {
      inputs = request.inputs(pictures(content), null);
    } catch (IOException e) {
      return OpenAiError.unreadableImage().answer();
    }
    var size = inputs.sizeOr(ImageOrder.size(ratio));
    return switch (ImageOrder.of(prompt, size, json.path("seed"))) {
      case ImageOrder.Rejected(var error) -> error.answer();
      case ImageOrder.Accepted(var pictures, _) ->
          Answer.around(
              studio,
              pictures.getFirst(),
              inputs,
              "{\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                  + "\"content\":\"\",\"images\":[{\"type\":\"image_url\",\"image_url\":{\"url\":"
                  + "\"data:image/png;base64,",
              "\"}}]},\"finish_reason\":\"stop\"}]}");
    };
  }

  private static List<String> pictures(JsonNode content) {
    return content
        .valueStream()
        .map(part -> part.at("/image_url/url").asString(""))
        .filter(url -> !url.isEmpty())
        .toList();
  }
}
