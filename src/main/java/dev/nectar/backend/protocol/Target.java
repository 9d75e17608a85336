package dev.nectar.backend.protocol;

import dev.nectar.backend.BackendSettings;
import dev.nectar.backend.Negotiation;
import dev.nectar.http.ApiBase;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A back end as its operator set it up.
 *
 * @param token null: none is sent
 * @param models from what a client names to what is sent
 * @param defaultModel sent when a request names none; null: none is sent
 * @param negotiation what is learned of what it takes
 */
record Target(
    ApiBase api,
    @Nullable String token,
    Map<String, String> models,
    @Nullable String defaultModel,
    Negotiation negotiation,
    Exchange exchange) {

  /**
   * The model to send; null if none is.
   *
   * @param named by the client; null if it named none
   */
  @Nullable String model(@Nullable String named) {
    var model = named == null ? defaultModel : named;
    var any = models.get(BackendSettings.ANY_MODEL);
    if (model == null) {
      return any;
    }
    var mapped = models.get(model);
    return mapped != null ? mapped : any != null ? any : model;
  }

  /** The model to send where there has to be one; null if none is known. */
  @Nullable String anyModel(@Nullable String named) {
    var model = model(named);
    return model == null ? models.values().stream().sorted().findFirst().orElse(null) : model;
  }
}
