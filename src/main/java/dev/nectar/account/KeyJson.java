package dev.nectar.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nectar.settings.Rate;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Keys as they stand in a ledger. */
public final class KeyJson {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private KeyJson() {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Written(
      String id,
      long revision,
      String name,
      @Nullable List<String> models,
      @Nullable String rate,
      @Nullable BigDecimal amount,
      @Nullable Long pictures,
      @Nullable Period per,
      @Nullable Instant expiresAt,
      @Nullable List<String> referers,
      Instant createdAt,
      String hash,
      List<ClientKey.Former> former,
      boolean revoked) {

    static Written of(ClientKey key) {
      var rate = key.rate();
      var budget = key.budget();
      return new Written(
          key.id(),
          key.revision(),
          key.name(),
          key.models(),
          rate == null ? null : rate.text(),
          budget instanceof Budget.Amount(var amount, _) ? amount : null,
          budget instanceof Budget.Pictures(var pictures, _) ? pictures : null,
          budget == null ? null : budget.per(),
          key.expiresAt(),
          key.referers(),
          key.createdAt(),
          key.hash(),
          key.former(),
          key.revoked());
    }

    ClientKey toKey() {
      return new ClientKey(
          id,
          revision,
          name,
          models,
          rate == null ? null : Rate.parse(rate),
          budget(),
          expiresAt,
          referers,
          createdAt,
          hash,
          former,
          revoked);
    }

    private @Nullable Budget budget() {
      if (per == null) {
        return null;
      }
      if (amount != null) {
        return new Budget.Amount(amount, per);
      }
      return pictures == null ? null : new Budget.Pictures(pictures, per);
    }
  }

  public static String write(ClientKey key) {
    return JSON.writeValueAsString(Written.of(key));
  }

  /**
   * Reads what was written.
   *
   * @throws RuntimeException if it is anything else
   */
  public static ClientKey read(String text) {
    return JSON.readValue(text, Written.class).toKey();
  }
}
