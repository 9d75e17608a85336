package dev.nectar.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.account.SpendCounts;
import dev.nectar.account.SpendLine;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpendReportTest {

  /** Its cell in the table. */
  private static String name(String name) {
    var line = new SpendLine(LocalDate.EPOCH, "id", "", "", SpendLine.NO_SOURCE);
    var spend = Map.of(line, SpendCounts.painted(new BigDecimal("0.04")));
    var csv = new SpendReport(SpendReport.By.KEY, spend, "USD", _ -> name).csv();
    var row = csv.lines().skip(1).findFirst().orElseThrow();
    assertThat(row).startsWith("id,1,0.04,0,0,0,0,").endsWith(",USD");
    return row.substring("id,1,0.04,0,0,0,0,".length(), row.length() - ",USD".length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1",
        "+1",
        "-1",
        "@a",
        " =1",
        "\u00a0=1",
        "\u3000=1",
        "\u0000=1",
        "\u0001\t=1",
        "\u200b=1",
        "\ufeff=1",
        "\uff1d1",
        "\uff0b1",
        "\uff0d1",
        "\uff201",
        "a\t=1",
        "a;=1",
        "a; @b",
        "a,\uff1d1",
        "a\n=1",
        "\"=1",
        "a\";=1"
      })
  void cell_thatMightBeAFormula_isText(String text) {
    assertThat(name(text)).startsWith("\"'").endsWith("\"").doesNotContainPattern("\\p{Cc}");
  }

  @Test
  void cell_ofAnythingElse_isAsItIs() {
    assertThat(name("Team")).isEqualTo("Team");
    assertThat(name("a=1")).isEqualTo("a=1");
    assertThat(name("me@example.com")).isEqualTo("me@example.com");
    assertThat(name("a-b")).isEqualTo("a-b");
    assertThat(name("a \"b\"")).isEqualTo("\"a \"\"b\"\"\"");
    assertThat(name("a,b")).isEqualTo("\"a,b\"");
    assertThat(name("a\u0000b")).doesNotContain("\u0000");
  }
}
