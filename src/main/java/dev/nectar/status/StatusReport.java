package dev.nectar.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.nectar.account.SpendCounts;
import dev.nectar.backend.BackendStatus;
import dev.nectar.backend.Negotiation.LeftOut;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code GET /status} answers; its JSON has these names. */
record StatusReport(
    String status,
    long uptimeSeconds,
    String version,
    List<BackEnd> backends,
    Cache cache,
    ImageHosting imageHosting,
    LlmOptimization llmOptimization,
    DeNsfwRewriting deNsfwRewriting,
    Fallback fallback,
    Spend spend,
    int generating,
    int waiting) {

  record BackEnd(
      String url,
      double weight,
      String protocol,
      String state,
      long requests,
      long failures,
      long blocked,
      long unclear,
      BackendStatus.@Nullable LastFailure lastFailure,
      List<LeftOut> leftOut) {}

  @JsonInclude(Include.NON_NULL)
  record Cache(
      String mode,
      boolean available,
      @Nullable Long entries,
      @Nullable Long bytes,
      long hits,
      long misses,
      long coalesced) {}

  record ImageHosting(boolean enabled, @Nullable String provider) {}

  record LlmOptimization(boolean enabled, String model, long cacheSize) {}

  record DeNsfwRewriting(boolean enabled, int maxAttempts, long cacheSize) {}

  /** Since the start; null where no price is known. */
  record Spend(
      String currency, @Nullable BigDecimal cost, long unpriced, @Nullable BigDecimal saved) {

    static Spend of(String currency, SpendCounts counts) {
      return new Spend(currency, counts.cost(), counts.used().unpriced(), counts.saved());
    }
  }

  record Fallback(boolean enabled) {}
}
