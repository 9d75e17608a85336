package dev.nectar.demo;

import dev.nectar.demo.painting.Picture;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a client wants painted, as {@code POST /v1/images/generations} has it. */
sealed interface ImageOrder {

  /**
   * An order that can be painted.
   *
   * @param linked whether the answer names a URL for each picture, instead of holding it
   */
  record Accepted(List<Picture> pictures, boolean linked) implements ImageOrder {}

  record Rejected(OpenAiError error) implements ImageOrder {}

  int MAX_PROMPT = 32_000;
  int MAX_COUNT = 4;
  int DEFAULT_EDGE = 1024;
  Pattern SIZE = Pattern.compile("(\\d{1,4})x(\\d{1,4})");
  Pattern RATIO = Pattern.compile("([1-9]\\d?):([1-9]\\d?)");
  Pattern REFUSED = Pattern.compile("\\bforbidden\\b", Pattern.CASE_INSENSITIVE);

  /**
   * What another protocol asks for.
   *
   * @param size {@code WxH}, or {@code auto}
   */
  static ImageOrder of(String prompt, String size, JsonNode seed) {
    var body = JsonNodeFactory.instance.objectNode();
    return of(body.put("prompt", prompt).put("size", size).set("seed", seed));
  }

  /** The largest size of a ratio such as {@code 4:3} that is no longer than the default one. */
  static String size(String ratio) {
    var edges = RATIO.matcher(ratio);
    if (!edges.matches()) {
      return "auto";
    }
    var width = Integer.parseInt(edges.group(1));
    var height = Integer.parseInt(edges.group(2));
    var longer = Math.max(width, height);
    return width * DEFAULT_EDGE / longer + "x" + height * DEFAULT_EDGE / longer;
  }

  static ImageOrder of(JsonNode body) {
    var prompt = body.path("prompt");
    if (!prompt.isString() || prompt.stringValue().isBlank()) {
      return rejected("prompt", "The prompt is required, as a string that is not blank.");
    }
    if (prompt.stringValue().length() > MAX_PROMPT) {
      return rejected("prompt", "The prompt is longer than 32000 characters.");
    }
    if (REFUSED.matcher(prompt.stringValue()).find()) {
      return new Rejected(OpenAiError.refused());
    }
    var count = integer(body.path("n"), 1);
    if (count == null || count < 1 || count > MAX_COUNT) {
      return rejected("n", "n is an integer from 1 to 4.");
    }
    var seed = integer(body.path("seed"), 0);
    if (seed == null) {
      return rejected("seed", "The seed is an integer of 64 bits.");
    }
    var model = body.path("model");
    if (!absent(model) && !model.isString()) {
      return rejected("model", "The model is a string.");
    }
    var format = body.path("response_format").asString("b64_json");
    if (!format.equals("b64_json") && !format.equals("url")) {
      return rejected("response_format", "The response_format is 'b64_json' or 'url'.");
    }
    var size = body.path("size").asString("auto");
    var edges = SIZE.matcher(size.equals("auto") ? DEFAULT_EDGE + "x" + DEFAULT_EDGE : size);
    if (!edges.matches()) {
      return rejected("size", "The size is 'auto' or WIDTHxHEIGHT in pixels.");
    }
    var width = Integer.parseInt(edges.group(1));
    var height = Integer.parseInt(edges.group(2));
    if (!Picture.isEdge(width) || !Picture.isEdge(height)) {
      return rejected("size", "Each edge of the size is from 16 to 4096 pixels.");
    }
    var pictures =
        IntStream.range(0, count.intValue())
            .mapToObj(i -> new Picture(prompt.stringValue(), width, height, seed + i))
            .toList();
    return new Accepted(pictures, format.equals("url"));
  }

  private static Rejected rejected(String param, String message) {
    return new Rejected(OpenAiError.invalid(param, message));
  }

  private static boolean absent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private static @Nullable Long integer(JsonNode value, long otherwise) {
    if (absent(value)) {
      return otherwise;
    }
    return value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : null;
  }
}
