package dev.nectar.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.account.Prices.Order;
import dev.nectar.settings.SettingFault;
import dev.nectar.settings.SettingsBinder;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountSettingsTest {

  private static final String URLS = "https://user:secret@a/v1?x=1,https://b";

  private static SettingsBinder binder(Map<String, String> environment) {
    return new SettingsBinder(
        name -> name.equals("BACKEND_API_URLS") ? URLS : environment.get(name));
  }

  @Test
  void prices_areThoseOfTheBackEndsAsTheyAreShown() {
    var binder =
        binder(
            Map.of(
                "PRICES",
                """
                {"https://user:secret@a/v1?x=1": {"flux": 0.04, "*": {"hd": 1e-7, "*": 0.10}},
                 "fallback": {"*": 0}}
                """,
                "BACKEND_BUDGETS",
                "{\"https://b\": \"500 pictures/day\"}"));
    var settings = binder.bind(AccountSettings.class);

    assertThat(binder.faults()).isEmpty();
    var prices = settings.prices();
    assertThat(prices.of(new Order("https://a/v1", "flux", null, null)))
        .contains(new BigDecimal("0.04"));
    assertThat(prices.of(new Order("https://a/v1", "other", null, "hd")).orElseThrow())
        .isEqualByComparingTo("0.0000001");
    assertThat(prices.of(new Order("fallback", null, null, null)).orElseThrow())
        .isEqualByComparingTo("0");
    assertThat(settings.budgets())
        .isEqualTo(Map.of("https://b", new Budget.Pictures(500, Period.DAY)));
    assertThat(settings.currency()).isEqualTo("USD");
    assertThat(settings.file()).isEqualTo(Path.of("./ledger.db"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PRICES          | {"https://c": {"flux": 1}}
          PRICES          | {"https://b": 1}
          PRICES          | {"https://b": {"flux": "1"}}
          PRICES          | {"https://b": {"flux": -1}}
          PRICES          | {"https://b": {"flux": 1e30}}
          PRICES          | {"https://b": {"flux": null}}
          PRICES          | {"https://b": {"flux": {}}}
          PRICES          | {"https://b": {"flux": {"hd": "1"}}}
          PRICES          | {"https://b": {"flux": {"hd": {"x": 1}}}}
          PRICES          | 0.04
          BACKEND_BUDGETS | {"https://c": "10/day"}
          BACKEND_BUDGETS | {"fallback": "10/day"}
          BACKEND_BUDGETS | {"https://b": "10"}
          BACKEND_BUDGETS | {"https://b": "10/total"}
          BACKEND_BUDGETS | {"https://b": "-10/day"}
          CURRENCY        | =1+1
          CURRENCY        | a very long currency
          """)
  void wrongSetting_isNamed(String variable, String value) {
    var binder = binder(Map.of(variable, value));
    binder.bind(AccountSettings.class);

    assertThat(binder.faults()).extracting(SettingFault::variable).containsExactly(variable);
  }
}
