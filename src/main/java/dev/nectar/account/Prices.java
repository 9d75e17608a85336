package dev.nectar.account;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a picture costs, as far as the operator has told. */
public final class Prices {

  private static final String REST = "*";

  private final Map<String, Map<String, Map<String, BigDecimal>>> prices;

  /**
   * What a picture is priced by.
   *
   * @param backend as it is shown, or {@code fallback}
   * @param model as sent to it; null if none is
   * @param size as asked for, such as {@code 1024x1024}; null if none was
   * @param quality as asked for; null if none was
   */
  public record Order(
      String backend, @Nullable String model, @Nullable String size, @Nullable String quality) {}

  /**
   * Prices as an operator wrote them.
   *
   * @param prices back end as it is shown → model → size, quality, both or {@code *} → price
   */
  public Prices(Map<String, Map<String, Map<String, BigDecimal>>> prices) {
    var lower = new LinkedHashMap<String, Map<String, Map<String, BigDecimal>>>();
    prices.forEach((backend, models) -> {
      var byModel = new LinkedHashMap<String, Map<String, BigDecimal>>();
      models.forEach((model, kinds) -> byModel.put(model, lower(kinds)));
      lower.put(backend, byModel);
    });
    this.prices = lower;
  }

  private static Map<String, BigDecimal> lower(Map<String, BigDecimal> kinds) {
    var lower = new LinkedHashMap<String, BigDecimal>();
    kinds.forEach((kind, price) -> lower.put(kind.toLowerCase(Locale.ROOT), Money.rounded(price)));
    return lower;
  }

  /** Empty if it is not known. The most special price counts; one by size before one by quality. */
  public Optional<BigDecimal> of(Order order) {
    var models = prices.getOrDefault(order.backend(), Map.of());
    var kinds = models.get(Objects.requireNonNullElse(order.model(), REST));
    if (kinds == null) {
      kinds = models.getOrDefault(REST, Map.of());
    }
    return kinds(order).map(kinds::get).filter(Objects::nonNull).findFirst();
  }

  private static Stream<String> kinds(Order order) {
    var size = order.size();
    var quality = order.quality();
    return Stream.of(
            size == null || quality == null ? null : size + ":" + quality, size, quality, REST)
        .filter(Objects::nonNull)
        .map(kind -> kind.toLowerCase(Locale.ROOT));
  }

  /** The most that could have to be paid; 0 if no price is known. */
  public BigDecimal highest(List<Order> orders) {
    return orders.stream()
        .flatMap(order -> of(order).stream())
        .max(BigDecimal::compareTo)
        .orElse(BigDecimal.ZERO);
  }

  /** Whether there is any price of this back end. */
  public boolean knows(String backend) {
    return prices.containsKey(backend);
  }
}
