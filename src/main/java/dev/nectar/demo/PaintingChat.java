package dev.nectar.demo;

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
   */
  Answer paint(JsonNode json, String prompt) {
    var ratio = json.at("/image_config/aspect_ratio").asString("");
    return switch (ImageOrder.of(prompt, ImageOrder.size(ratio), json.path("seed"))) {
      case ImageOrder.Rejected(var error) -> error.answer();
      case ImageOrder.Accepted(var pictures, _) ->
          Answer.around(
              studio,
              pictures.getFirst(),
              "{\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                  + "\"content\":\"\",\"images\":[{\"type\":\"image_url\",\"image_url\":{\"url\":"
                  + "\"data:image/png;base64,",
              "\"}}]},\"finish_reason\":\"stop\"}]}");
    };
  }
}
