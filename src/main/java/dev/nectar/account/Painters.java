package dev.nectar.account;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who can be asked for a picture, and by which model.
 *
 * @param models by back end as it is shown: from what a client names to what is sent
 * @param defaultModel of requests that name none; null: none is sent
 * @param fallbackModel null: there is no fallback
 * @param known models that the settings name, but for the fallback's
 */
public record Painters(
    Map<String, Map<String, String>> models,
    @Nullable String defaultModel,
    @Nullable String fallbackModel,
    Set<String> known) {

  /** Any model that is not named. */
  static final String ANY = "*";

  /** In the place of models that are nobody's. */
  private static final String OTHER = "other";

  /** As they are shown. */
  public Stream<String> names() {
    return Stream.concat(
        models.keySet().stream(),
        fallbackModel == null ? Stream.empty() : Stream.of(SpendLine.FALLBACK));
  }

  /** The model that a request is for; null if it is for none in particular. */
  public @Nullable String model(@Nullable String named) {
    return named == null ? defaultModel : named;
  }

  /** The model that is sent; null if none is. */
  public @Nullable String sent(String name, @Nullable String named) {
    if (name.equals(SpendLine.FALLBACK)) {
      return fallbackModel;
    }
    var mapped = models.getOrDefault(name, Map.of());
    var asked = model(named);
    var any = mapped.get(ANY);
    if (asked == null) {
      return any;
    }
    var sent = mapped.get(asked);
    return sent != null ? sent : any != null ? any : asked;
  }

  /** The model, if it is one of the settings': clients may name any. */
  public @Nullable String bounded(@Nullable String model) {
    return model == null || model.equals(fallbackModel) ? model : label(model);
  }

  /** The model, if clients or prices can name it; as a label of meters. */
  String label(@Nullable String model) {
    return model != null && known.contains(model) ? model : OTHER;
  }

  /** Of all models that can be sent there. */
  Stream<String> labels(String name) {
    return Stream.concat(
            known.stream().map(model -> label(sent(name, model))), Stream.of(label(null)))
        .distinct();
  }
}
