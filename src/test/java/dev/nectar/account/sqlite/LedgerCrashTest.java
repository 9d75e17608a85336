package dev.nectar.account.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.account.Budget;
import dev.nectar.account.Hold;
import dev.nectar.account.Ledger;
import dev.nectar.account.Period;
import dev.nectar.account.Spender;
import dev.nectar.storage.ChildJvm;
import java.lang.ProcessBuilder.Redirect;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server has answered is on record, however it ended. */
@Tag("slow")
class LedgerCrashTest {

  @TempDir private Path directory;

  @Test
  void serverKilled_losesAtMostWhatWasUnderWay() throws Exception {
    var file = directory.resolve("ledger.db");
    var told = Files.createFile(directory.resolve("told"));
    try (var child =
        ChildJvm.start(CrashingAccounts.class, Redirect.to(told.toFile()), file.toString())) {
      child.awaitWork(700);
    }
    var lines = Files.readAllLines(told).stream().filter(line -> line.endsWith(";")).toList();
    var key = lines.getFirst().replace(";", "");
    var answered = lines.size() - 1;

    assertThat(answered).isPositive();
    try (var ledger = new SqliteLedger(file)) {
      var used = ledger.used(Spender.key(key), Period.TOTAL, Period.day(Instant.now()));
      assertThat(used.pictures())
          .isBetween((long) answered, (long) answered + CrashingAccounts.THREADS);
      assertThat(used.cost())
          .isEqualByComparingTo(
              CrashingAccounts.PRICE.multiply(BigDecimal.valueOf(used.pictures())));
      var rest = new Budget.Amount(used.cost().add(BigDecimal.ONE), Period.TOTAL);
      var hold = new Hold("next", "another server", key, BigDecimal.ONE);
      var later = Instant.now().plus(Ledger.ABSENCE).plusSeconds(1);
      assertThat(ledger.hold(List.of(hold), rest, later)).as("what was held is free").isTrue();
    }
  }
}
