package dev.nectar.backend.protocol;

import dev.nectar.backend.PaintRequest;
import dev.nectar.http.JsonBody.Base64Picture;
import dev.nectar.image.staging.StagedImage;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Speaks to chat models that paint, by {@code POST …/chat/completions} as OpenRouter and the relays
 * have it.
 */
final class ChatBackend extends NegotiatingBackend {

  private static final String ENDPOINT = "chat/completions";

  private final Target target;

  ChatBackend(Target target) {
    super(
        target,
        new ChatPictures(),
        target.api().endpoint(ENDPOINT),
        target.api().credentials(target.token()));
    this.target = target;
  }

  @Override
  @Nullable String model(PaintRequest request) {
    return target.anyModel(request.model());
  }

  @Override
  Map<String, Object> wanted(PaintRequest request, @Nullable String model) {
    return wantedByRatio(request, model, List.of("image", "text"));
  }

  @Override
  boolean hasPlaceFor(String extraParameter) {
    return false;
  }

  @Override
  URI endpoint(@Nullable String model, boolean fromInputs) {
    return target.api().endpoint(ENDPOINT);
  }

  @Override
  Map<String, Object> body(Sent sent) {
    var body = new LinkedHashMap<String, Object>();
    sent.parameters()
        .forEach((name, value) -> {
          switch (name) {
            case Sent.PROMPT ->
                body.put(
                    "messages", List.of(Map.of("role", "user", "content", content(value, sent))));
            case "aspect_ratio" -> body.put("image_config", Map.of(name, value));
            default -> body.put(name, value);
          }
        });
    return body;
  }

  private static Object content(Object prompt, Sent sent) {
    return sent.inputs().isEmpty()
        ? prompt
        : Stream.concat(
                Stream.of(Map.of("type", "text", "text", prompt)),
                sent.inputs().images().stream().map(ChatBackend::part))
            .toList();
  }

  private static Map<String, Object> part(StagedImage image) {
    return Map.of("type", "image_url", "image_url", Map.of("url", Base64Picture.asDataUrl(image)));
  }
}
