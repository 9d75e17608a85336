package dev.nectar.openai;

import dev.nectar.backend.Usage;
import dev.nectar.image.ExtraParameter;
import dev.nectar.image.ImageFormat;
import dev.nectar.image.ImageRequest;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What OpenAI's answers tell of pictures, in the words that it has for that. */
final class OpenAiFacts {

  static final String AUTO = "auto";

  /** All that OpenAI's specification allows: strict clients fail at anything else. */
  private static final Set<String> SIZES = Set.of("1024x1024", "1024x1536", "1536x1024");

  private static final Map<ImageFormat, String> FORMATS =
      Map.of(ImageFormat.PNG, "png", ImageFormat.JPEG, "jpeg", ImageFormat.WEBP, "webp");

  private static final List<String> NUMBERS_OF_EVENTS =
      List.of(
          "/input_tokens",
          "/output_tokens",
          "/total_tokens",
          "/input_tokens_details/image_tokens",
          "/input_tokens_details/text_tokens");

  private OpenAiFacts() {}

  /** The size of all of them, if it is one and there is a word for it. */
  static Optional<String> size(List<OpenAiPicture> pictures) {
    return shared(pictures.stream().map(picture -> Objects.toString(picture.pixels(), "")))
        .filter(SIZES::contains);
  }

  /** The format of all of them, likewise. */
  static Optional<String> format(List<OpenAiPicture> pictures) {
    return shared(pictures.stream().map(picture -> FORMATS.getOrDefault(picture.format(), "")))
        .filter(format -> !format.isEmpty());
  }

  private static Optional<String> shared(Stream<String> values) {
    var different = values.distinct().toList();
    return different.size() == 1 ? Optional.of(different.getFirst()) : Optional.empty();
  }

  /** As asked for. */
  static String asked(ImageRequest request, ExtraParameter parameter) {
    return request.extras().values().getOrDefault(parameter, AUTO);
  }

  /** The sum of what is known; empty if nothing is. */
  static Optional<ObjectNode> usage(List<OpenAiPicture> pictures) {
    return pictures.stream()
        .flatMap(picture -> Stream.ofNullable(picture.usage()))
        .reduce(Usage::plus)
        .map(usage -> object(usage.numbers()));
  }

  /** With zeros for what is not known, since clients' types demand numbers. */
  static ObjectNode usageOfEvent(OpenAiPicture picture) {
    var numbers = new TreeMap<String, BigDecimal>();
    NUMBERS_OF_EVENTS.forEach(pointer -> numbers.put(pointer, BigDecimal.ZERO));
    numbers.putAll(known(picture.usage()));
    return object(numbers);
  }

  private static Map<String, BigDecimal> known(@Nullable Usage usage) {
    return usage == null ? Map.of() : usage.numbers();
  }

  private static ObjectNode object(Map<String, BigDecimal> numbers) {
    var root = JsonNodeFactory.instance.objectNode();
    numbers.forEach((pointer, number) -> put(root, pointer, number));
    return root;
  }

  private static void put(ObjectNode root, String pointer, BigDecimal number) {
    var names = pointer.substring(1).split("/", -1);
    var parent = root;
    for (var i = 0; i < names.length - 1; i++) {
      var name = unescaped(names[i]);
      parent = parent.get(name) instanceof ObjectNode inner ? inner : parent.putObject(name);
    }
    parent.put(unescaped(names[names.length - 1]), number);
  }

  private static String unescaped(String name) {
    return name.replace("~1", "/").replace("~0", "~");
  }
}
