package dev.nectar.account.sqlite;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.account.Accounts;
import dev.nectar.account.Accounts.Charge;
import dev.nectar.account.Budget;
import dev.nectar.account.ClientKeys;
import dev.nectar.account.KeyTerms;
import dev.nectar.account.LedgerWatch;
import dev.nectar.account.Painting;
import dev.nectar.account.Payer;
import dev.nectar.account.Period;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** A process that has pictures made, and tells each that was answered, until it is killed. */
final class CrashingAccounts {

  static final int THREADS = 4;
  static final BigDecimal PRICE = new BigDecimal("0.04");

  private CrashingAccounts() {}

  public static void main(String[] arguments) throws Exception {
    var ledger = new SqliteLedger(Path.of(arguments[0]));
    var keys = new ClientKeys(ledger, Clock.systemUTC(), Ticker.systemTicker(), new SecureRandom());
    var accounts = new Accounts(ledger, Map.of(), Clock.systemUTC());
    new LedgerWatch(keys, accounts, List.of()).start().awaitFirst();
    var budget = new Budget.Amount(new BigDecimal("1000000"), Period.TOTAL);
    var key = keys.make(new KeyTerms("Alice", null, null, budget, null, null)).key();
    System.out.println(key.id() + ";");
    for (var thread = 0; thread < THREADS; thread++) {
      Thread.ofPlatform().start(() -> paint(accounts, new Payer(key)));
    }
    System.err.println("writing");
  }

  private static void paint(Accounts accounts, Payer payer) {
    while (accounts.reserve(payer, List.of(PRICE)) instanceof Accounts.Granted(var charges)) {
      for (Charge charge : charges) {
        accounts.painted(charge, new Painting("https://a", "flux", "backend", PRICE));
      }
      System.out.println("painted;");
    }
    Runtime.getRuntime().halt(1);
  }
}
