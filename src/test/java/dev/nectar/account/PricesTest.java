package dev.nectar.account;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.account.Prices.Order;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricesTest {

  private final Prices prices =
      new Prices(
          Map.of(
              "https://a",
                  Map.of(
                      "dall-e-3",
                      prices("1024x1024:hd 0.08", "1024x1024 0.04", "hd 0.12", "* 0.02"),
                      "strict",
                      prices("512x512 0.01"),
                      "*",
                      prices("* 0.03")),
              "https://b", Map.of("flux", prices("* 0.5")),
              "fallback", Map.of("*", prices("* 0"))));

  private static Map<String, BigDecimal> prices(String... prices) {
    return Arrays.stream(prices)
        .map(price -> price.split(" "))
        .collect(toMap(price -> price[0], price -> new BigDecimal(price[1])));
  }

  @ParameterizedTest
  @CsvSource({
    "https://a, dall-e-3, 1024x1024, hd, 0.08",
    "https://a, dall-e-3, 1024x1024, HD, 0.08",
    "https://a, dall-e-3, 1024x1024, low, 0.04",
    "https://a, dall-e-3, 1024x1024, , 0.04",
    "https://a, dall-e-3, 512x512, hd, 0.12",
    "https://a, dall-e-3, , hd, 0.12",
    "https://a, dall-e-3, 512x512, low, 0.02",
    "https://a, dall-e-3, , , 0.02",
    "https://a, strict, 512x512, , 0.01",
    "https://a, strict, 1024x1024, , ",
    "https://a, other, 1024x1024, hd, 0.03",
    "https://a, , 1024x1024, hd, 0.03",
    "https://b, flux, , , 0.5",
    "https://b, other, , , ",
    "https://b, , , , ",
    "https://c, flux, , , ",
    "fallback, flux, , , 0",
  })
  void price_isTheMostSpecialOne(
      String backend,
      @Nullable String model,
      @Nullable String size,
      @Nullable String quality,
      @Nullable BigDecimal price) {
    assertThat(prices.of(new Order(backend, model, size, quality)).orElse(null)).isEqualTo(price);
  }

  @Test
  void highest_isThatOfTheDearest_andPassesOverWhatIsNotKnown() {
    var orders =
        List.of(
            new Order("https://a", "dall-e-3", null, null),
            new Order("https://b", "flux", null, null),
            new Order("https://c", "flux", null, null));

    assertThat(prices.highest(orders)).isEqualTo("0.5");
    assertThat(prices.highest(orders.subList(2, 3))).isEqualTo("0");
  }
}
