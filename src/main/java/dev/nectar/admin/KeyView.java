package dev.nectar.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.nectar.account.Budget;
import dev.nectar.account.ClientKey;
import dev.nectar.account.SpendCounts;
import dev.nectar.account.Used;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key as admins see it; its JSON has these names.
 *
 * @param key the key itself, told once; null later
 * @param currency of all sums
 * @param spent in the running period; null if no price is known
 * @param unpriced pictures of the running period whose price is not known
 * @param remaining in the running period, of money or of pictures; null without a budget
 * @param pictures since the key was made
 */
record KeyView(
    String id,
    @JsonInclude(Include.NON_NULL) @Nullable String key,
    String name,
    @Nullable List<String> models,
    @Nullable String rate,
    @Nullable Limit budget,
    @Nullable Instant expiresAt,
    @Nullable List<String> referers,
    Instant createdAt,
    String currency,
    @Nullable BigDecimal spent,
    long unpriced,
    @Nullable BigDecimal remaining,
    long pictures,
    @Nullable Instant lastUsedAt) {

  @JsonInclude(Include.NON_NULL)
  record Limit(@Nullable BigDecimal amount, @Nullable Long pictures, String per) {

    static @Nullable Limit of(@Nullable Budget budget) {
      return switch (budget) {
        case null -> null;
        case Budget.Amount(var amount, var per) -> new Limit(amount, null, per.text());
        case Budget.Pictures(var pictures, var per) -> new Limit(null, pictures, per.text());
      };
    }
  }

  /**
   * A view of a key.
   *
   * @param used in the running period
   * @param all since it was made
   */
  static KeyView of(
      ClientKey key,
      @Nullable String secret,
      String currency,
      Used used,
      Used all,
      @Nullable Instant lastUsedAt) {
    var budget = key.budget();
    var rate = key.rate();
    return new KeyView(
        key.id(),
        secret,
        key.name(),
        key.models(),
        rate == null ? null : rate.text(),
        Limit.of(budget),
        key.expiresAt(),
        key.referers(),
        key.createdAt(),
        currency,
        SpendCounts.sum(used),
        used.unpriced(),
        budget == null ? null : budget.remaining(used),
        all.pictures(),
        lastUsedAt);
  }
}
