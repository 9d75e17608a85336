package dev.nectar.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetTest {

  @ParameterizedTest
  @CsvSource({
    "DAY, 2026-11-26T10:00:00Z, 2026-11-27T00:00:00Z",
    "DAY, 2026-12-31T23:59:59Z, 2027-01-01T00:00:00Z",
    "WEEK, 2026-11-26T10:00:00Z, 2026-11-30T00:00:00Z",
    "WEEK, 2026-11-30T00:00:00Z, 2026-12-07T00:00:00Z",
    "MONTH, 2026-11-26T10:00:00Z, 2026-12-01T00:00:00Z",
    "MONTH, 2026-12-01T00:00:00Z, 2027-01-01T00:00:00Z",
    "TOTAL, 2026-12-01T00:00:00Z, ",
  })
  void periods_beginAtMidnightUtc(Period period, Instant now, @Nullable Instant next) {
    assertThat(period.next(now).orElse(null)).isEqualTo(next);
  }

  @Test
  void text_isReadAsMoneyOrPictures() {
    assertThat(Budget.parse("10/day"))
        .contains(new Budget.Amount(new BigDecimal("10"), Period.DAY));
    assertThat(Budget.parse("200.50/month"))
        .contains(new Budget.Amount(new BigDecimal("200.50"), Period.MONTH));
    assertThat(Budget.parse("500 pictures/week")).contains(new Budget.Pictures(500, Period.WEEK));
    assertThat(Budget.parse("1 picture/total")).contains(new Budget.Pictures(1, Period.TOTAL));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10",
        "/day",
        "-1/day",
        "10/year",
        "1.5 pictures/day",
        "1e3/day",
        "10 EUR/day"
      })
  void text_ofAnythingElse_isNoBudget(String text) {
    assertThat(Budget.parse(text)).isEmpty();
  }

  @Test
  void remaining_isNeverLessThanNothing() {
    var used = new Used(7, 0, new BigDecimal("1.25"));

    assertThat(Budget.parse("2/day").orElseThrow().remaining(used)).isEqualTo("0.75");
    assertThat(Budget.parse("1/day").orElseThrow().remaining(used)).isEqualTo("0");
    assertThat(Budget.parse("9 pictures/day").orElseThrow().remaining(used)).isEqualTo("2");
    assertThat(Budget.parse("5 pictures/day").orElseThrow().remaining(used)).isEqualTo("0");
  }

  @ParameterizedTest
  @CsvSource({"0.040, 0.04", "1E-7, 0.0000001", "100, 100", "1E+2, 100", "0.00, 0"})
  void sums_areWrittenPlainly(BigDecimal amount, String text) {
    assertThat(Money.plain(amount)).hasToString(text.equals("0.0000001") ? "1E-7" : text);
    assertThat(Money.plain(amount).toPlainString()).isEqualTo(text);
    assertThat(Money.of(amount).amount().toPlainString()).isEqualTo(text);
  }
}
