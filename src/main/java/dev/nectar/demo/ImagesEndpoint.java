package dev.nectar.demo;

import dev.nectar.demo.painting.Picture;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /v1/images/generations}, and the pictures that its answers link to. */
final class ImagesEndpoint {

  static final String PICTURES = "/pictures";

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Studio studio;
  private final String base;
  private final InstantSource time;

  /**
   * @param base what the server's URLs begin with, without a slash at the end
   */
  ImagesEndpoint(Studio studio, String base, InstantSource time) {
    this.studio = studio;
    this.base = base;
    this.time = time;
  }

  Answer generate(byte[] body) {
    JsonNode json;
    try {
      json = JSON.readTree(body);
    } catch (JacksonException e) {
      return OpenAiError.of(400, "The body can't be read as JSON.").answer();
    }
    return switch (ImageOrder.of(json)) {
      case ImageOrder.Rejected(var error) -> error.answer();
      case ImageOrder.Accepted(var pictures, var linked) ->
          linked ? links(pictures) : pictures(pictures);
    };
  }

  Answer picture(URI link) {
    return PictureLink.read(link)
        .map(picture -> new Answer(200, "image/png", out -> studio.deliver(picture, out)))
        .orElseGet(() -> OpenAiError.of(404, "There is no such picture.").answer());
  }

  private Answer links(List<Picture> pictures) {
    var data =
        pictures.stream()
            .map(picture -> Map.of("url", base + PICTURES + "?" + PictureLink.query(picture)))
            .toList();
    return Answer.json(200, Map.of("created", now(), "data", data));
  }

  private Answer pictures(List<Picture> pictures) {
    return new Answer(
        200,
        "application/json",
        out -> {
          Answer.write(out, "{\"created\":" + now() + ",\"data\":[");
          for (var i = 0; i < pictures.size(); i++) {
            Answer.write(out, (i == 0 ? "" : ",") + "{\"b64_json\":\"");
            studio.deliverBase64(pictures.get(i), out);
            Answer.write(out, "\"}");
          }
          Answer.write(out, "]}");
        });
  }

  private long now() {
    return time.instant().getEpochSecond();
  }
}
