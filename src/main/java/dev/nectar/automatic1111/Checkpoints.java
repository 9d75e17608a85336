package dev.nectar.automatic1111;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.nectar.image.ImageRequest;
import dev.nectar.image.InvalidImageRequestException;
import dev.nectar.web.Clients;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The models, which clients choose first and do not name again when they ask for a picture. What
 * one has chosen is nothing to the others.
 */
final class Checkpoints {

  private static final int MAX_CHOICES = 1_000;

  private final List<String> names;
  private final @Nullable String usual;
  private final Clients clients;
  private final Cache<String, String> choices =
      Caffeine.newBuilder().maximumSize(MAX_CHOICES).build();

  /**
   * @param names those that clients are told of
   * @param usual what is sent where none is named
   */
  Checkpoints(List<String> names, @Nullable String usual, Clients clients) {
    this.names = names;
    this.usual = usual;
    this.clients = clients;
  }

  List<String> names() {
    return names;
  }

  /**
   * Remembers a choice.
   *
   * @param name blank: none any more
   */
  void choose(String name, HttpServletRequest request) {
    if (name.isBlank()) {
      choices.invalidate(clients.network(request));
    } else if (name.length() > ImageRequest.MAX_MODEL_LENGTH) {
      throw new InvalidImageRequestException("sd_model_checkpoint", "No model has so long a name.");
    } else {
      choices.put(clients.network(request), name);
    }
  }

  Optional<String> chosen(HttpServletRequest request) {
    return Optional.ofNullable(choices.getIfPresent(clients.network(request)));
  }

  /** What a client takes for the loaded one; empty if nothing is known of any. */
  String loaded(HttpServletRequest request) {
    return chosen(request)
        .or(() -> Optional.ofNullable(usual))
        .or(() -> names.stream().findFirst())
        .orElse("");
  }
}
