package dev.nectar.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.SettableClock;
import dev.nectar.account.sqlite.SqliteLedger;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class LedgerWatchTest {

  @Test
  void budgetOfMoney_withoutAPrice_isWarnedOfOnce(CapturedOutput output, @TempDir Path directory)
      throws IOException {
    var clock = new SettableClock();
    try (var ledger = new SqliteLedger(directory.resolve("ledger.db"))) {
      var keys = new ClientKeys(ledger, clock, clock, new Random(1));
      var first = make(keys, new Budget.Amount(BigDecimal.ONE, Period.DAY));
      var counted = make(keys, new Budget.Pictures(1, Period.DAY));
      var accounts = new Accounts(ledger, Map.of(), clock);
      try (var _ =
          new LedgerWatch(keys, accounts, List.of("http://a", "http://b")).start().awaitFirst()) {
        assertThat(output)
            .contains("The key " + first + " has a budget of money")
            .contains("PRICES has no price of http://a, http://b")
            .doesNotContain(counted);

        var second = make(keys, new Budget.Amount(BigDecimal.TEN, Period.TOTAL));
        await().untilAsserted(() -> assertThat(output).contains("The key " + second));
      }
      assertThat(output).containsOnlyOnce("The key " + first);
    }
  }

  private static String make(ClientKeys keys, @Nullable Budget budget) throws IOException {
    return keys.make(new KeyTerms("a", null, null, budget, null, null)).key().id();
  }
}
