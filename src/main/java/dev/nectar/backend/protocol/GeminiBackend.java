package dev.nectar.backend.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nectar.backend.PaintRequest;
import dev.nectar.http.JsonBody.Base64Picture;
import dev.nectar.image.staging.StagedImage;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;

/** Speaks Google's {@code POST …/models/MODEL:generateContent}. */
final class GeminiBackend extends NegotiatingBackend {

  private static final Pattern MODEL_IN_URL = Pattern.compile("/([^/]+):generateContent/*$");

  private final Target target;

  /** Null if the URL names none. */
  private final @Nullable String modelInUrl;

  GeminiBackend(Target target) {
    super(target, new Candidates(), endpoint(target, "MODEL"), credentials(target));
    this.target = target;
    var named = MODEL_IN_URL.matcher(target.api().url().getPath());
    this.modelInUrl = named.find() ? named.group(1) : null;
  }

  private static Map<String, String> credentials(Target target) {
    return target.token() == null
        ? target.api().credentials(null)
        : Map.of("x-goog-api-key", target.token());
  }

  private static URI endpoint(Target target, String model) {
    var name = UriUtils.encodePathSegment(model.replaceFirst("^models/", ""), UTF_8);
    return target.api().endpoint("models/" + name + ":generateContent");
  }

  @Override
  @Nullable String model(PaintRequest request) {
    return modelInUrl == null ? target.anyModel(request.model()) : modelInUrl;
  }

  @Override
  Map<String, Object> wanted(PaintRequest request, @Nullable String model) {
    return wantedByRatio(request, model, List.of("text", "image"));
  }

  @Override
  boolean hasPlaceFor(String extraParameter) {
    return false;
  }

  @Override
  URI endpoint(@Nullable String model, boolean fromInputs) {
    return endpoint(target, String.valueOf(model));
  }

  @Override
  Map<String, Object> body(Sent sent) {
    var body = new LinkedHashMap<String, Object>();
    var config = new LinkedHashMap<String, Object>();
    sent.parameters()
        .forEach((name, value) -> {
          switch (name) {
            case Sent.PROMPT ->
                body.put("contents", List.of(Map.of("role", "user", "parts", parts(value, sent))));
            case "model" -> {} // stands in the URL
            case "modalities" -> config.put("responseModalities", upperCase(value));
            case "aspect_ratio" -> config.put("imageConfig", Map.of("aspectRatio", value));
            default -> config.put(name, value);
          }
        });
    if (!config.isEmpty()) {
      body.put("generationConfig", config);
    }
    return body;
  }

  private static List<Map<String, Object>> parts(Object prompt, Sent sent) {
    return Stream.concat(
            Stream.of(Map.of("text", prompt)),
            sent.inputs().images().stream().map(GeminiBackend::part))
        .toList();
  }

  private static Map<String, Object> part(StagedImage image) {
    return Map.of(
        "inlineData",
        Map.of("mimeType", image.format().mediaType(), "data", Base64Picture.bare(image)));
  }

  private static List<String> upperCase(Object modalities) {
    return ((List<?>) modalities)
        .stream().map(modality -> modality.toString().toUpperCase(Locale.ROOT)).toList();
  }

  /** Pictures among the parts of the candidates. */
  private static final class Candidates implements Pictures {

    @Override
    public List<Item> in(List<JsonNode> documents) {
      return candidates(documents)
          .map(candidate -> new Item(candidate, sources(candidate)))
          .filter(item -> !item.sources().isEmpty())
          .toList();
    }

    /** Those that the model only thought of come last. */
    private static List<Source> sources(JsonNode candidate) {
      var sources = new ArrayList<Source>();
      for (var isThought : List.of(false, true)) {
        parts(candidate)
            .filter(part -> isThought(part) == isThought)
            .flatMap(part ->
                Stream.of(
                    part.at("/inlineData/data"),
                    part.at("/inline_data/data"),
                    part.at("/fileData/fileUri")))
            .map(value -> value.asString(""))
            .filter(text -> !text.isBlank())
            .forEach(text -> sources.add(new Source(text, false)));
      }
      return sources;
    }

    /** Text. */
    @Override
    public Optional<String> silentRefusal(List<JsonNode> documents) {
      var text =
          candidates(documents)
              .flatMap(Candidates::parts)
              .filter(part -> !isThought(part))
              .map(part -> part.path("text").asString(""))
              .collect(Collectors.joining());
      return Optional.of(text).filter(said -> !said.isBlank());
    }

    private static Stream<JsonNode> candidates(List<JsonNode> documents) {
      return documents.stream().flatMap(document -> document.path("candidates").valueStream());
    }

    private static Stream<JsonNode> parts(JsonNode candidate) {
      return candidate.at("/content/parts").valueStream();
    }

    private static boolean isThought(JsonNode part) {
      return part.path("thought").asBoolean(false);
    }
  }
}
