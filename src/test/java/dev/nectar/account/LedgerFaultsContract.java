package dev.nectar.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.account.Accounts.Granted;
import dev.nectar.account.Accounts.UsedUp;
import dev.nectar.account.ClientKeys.Found;
import dev.nectar.account.ClientKeys.Unreadable;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What is promised while the ledger is out of order. */
@ExtendWith(OutputCaptureExtension.class)
public abstract class LedgerFaultsContract {

  protected static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A server's accounts over a ledger, with a key that may spend 1 a day. */
  protected static final class Server implements AutoCloseable {

    private final Ledger ledger;
    public final ClientKeys keys;
    public final Accounts accounts;
    private final LedgerWatch watch;

    public Server(Ledger ledger) {
      this.ledger = ledger;
      this.keys = new ClientKeys(ledger, Clock.systemUTC(), Ticker.systemTicker(), new Random());
      this.accounts = new Accounts(ledger, Map.of(), Clock.systemUTC());
      this.watch = new LedgerWatch(keys, accounts, List.of()).start().awaitFirst();
    }

    public ClientKeys.Made key(String budget) throws IOException {
      return keys.make(
          new KeyTerms("Alice", null, null, Budget.parse(budget).orElseThrow(), null, null));
    }

    /** Asks for a picture and has it made for 0.1. */
    public boolean paints(ClientKey key) {
      return switch (accounts.reserve(new Payer(key), List.of(new BigDecimal("0.1")))) {
        case Granted(var charges) -> {
          accounts.painted(
              charges.getFirst(),
              new Painting("https://a", "flux", "backend", new BigDecimal("0.1")));
          yield true;
        }
        case UsedUp _, Accounts.Unknown _ -> false;
      };
    }

    public void paintsForMain() {
      assertThat(paints(Payer.MAIN)).isTrue();
    }

    private boolean paints(Payer payer) {
      if (accounts.reserve(payer, List.of(BigDecimal.ONE)) instanceof Granted(var charges)) {
        accounts.painted(
            charges.getFirst(), new Painting("https://a", null, "backend", BigDecimal.ONE));
        return true;
      }
      return false;
    }

    public BigDecimal spent(Spender spender) throws IOException {
      return ledger.used(spender, Period.TOTAL, LocalDate.now(ZoneOffset.UTC)).cost();
    }

    @Override
    public void close() {
      watch.close();
      ledger.close();
    }
  }

  /** Something that goes wrong, until it is closed. */
  protected interface Fault {
    AutoCloseable begin() throws Exception;
  }

  /** While it can be read and not written. */
  protected static void assertServesAndCatchesUp(Server server, CapturedOutput output, Fault fault)
      throws Exception {
    var made = server.key("1/day");
    var key = made.key();
    var others = 0;
    assertThat(server.paints(key)).isTrue();
    try (var _ = fault.begin()) {
      while (server.accounts.isWritable()) {
        server.paintsForMain();
        others++;
      }
      for (var picture = 0; picture < 9; picture++) {
        assertThat(server.paints(key)).as("picture " + picture).isTrue();
      }
      assertThat(server.paints(key)).as("the budget holds all the same").isFalse();
      server.paintsForMain();
      others++;
      await().atMost(PATIENCE).until(() -> server.keys.find(made.secret()).equals(new Found(key)));
    }
    await().atMost(PATIENCE).until(server.accounts::isWritable);
    assertThat(server.spent(Spender.key(key.id()))).isEqualTo("1");
    assertThat(server.spent(Spender.backend("https://a"))).isEqualByComparingTo("" + (1 + others));
    assertThat(server.paints(key)).isFalse();
    assertThat(output).containsOnlyOnce("The ledger can't be written");
  }

  /** Nobody's key is known, and nobody's is unknown. */
  protected static void assertUnreadable(Server server, String secret) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(server.keys.find(secret)).isEqualTo(new Unreadable()));
    assertThat(server.keys.find("nk-guessed")).isEqualTo(new Unreadable());
    server.paintsForMain();
  }
}
