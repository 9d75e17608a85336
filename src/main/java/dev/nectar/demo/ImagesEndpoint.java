package dev.nectar.demo;

import dev.nectar.demo.painting.Picture;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * {@code POST /v1/images/generations} and {@code …/edits}, and the pictures that its answers link
 * to.
 */
final class ImagesEndpoint {

  static final String PICTURES = "/pictures";

  private static final Pattern INTEGER = Pattern.compile("-?\\d{1,18}");

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

  Answer generate(Request request) {
    return switch (ImageOrder.of(request.json())) {
      case ImageOrder.Rejected(var error) -> error.answer();
      case ImageOrder.Accepted(var pictures, var linked) ->
          linked ? links(pictures) : pictures(pictures, Inputs.NONE);
    };
  }

  /** {@code POST /v1/images/edits}; no link could hold the pictures that these are made of. */
  Answer edit(MultipartForm form) {
    var files = form.files("image[]").isEmpty() ? form.files("image") : form.files("image[]");
    if (files.isEmpty()) {
      return OpenAiError.invalid("image", "At least one image is required.").answer();
    }
    try {
      var mask = form.files("mask");
      var inputs = Inputs.read(files, mask.isEmpty() ? null : mask.getFirst());
      var order = JsonNodeFactory.instance.objectNode();
      form.texts().forEach((name, text) -> order.set(name, value(name, text)));
      order.put("size", inputs.sizeOr(order.path("size").asString("auto")));
      return switch (ImageOrder.of(order)) {
        case ImageOrder.Rejected(var error) -> error.answer();
        case ImageOrder.Accepted(var pictures, _) -> pictures(pictures, inputs);
      };
    } catch (IOException e) {
      return OpenAiError.unreadableImage().answer();
    }
  }

  /** A form has texts only. */
  private static JsonNode value(String name, String text) {
    var nodes = JsonNodeFactory.instance;
    return (name.equals("n") || name.equals("seed")) && INTEGER.matcher(text).matches()
        ? nodes.numberNode(Long.parseLong(text))
        : nodes.stringNode(text);
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

  private Answer pictures(List<Picture> pictures, Inputs inputs) {
    return new Answer(
        200,
        "application/json",
        out -> {
          Answer.write(out, "{\"created\":" + now() + ",\"data\":[");
          for (var i = 0; i < pictures.size(); i++) {
            Answer.write(out, (i == 0 ? "" : ",") + "{\"b64_json\":\"");
            studio.deliverBase64(pictures.get(i), inputs, out);
            Answer.write(out, "\"}");
          }
          Answer.write(out, "]}");
        });
  }

  private long now() {
    return time.instant().getEpochSecond();
  }
}
