package dev.nectar.account;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.SettableClock;
import dev.nectar.account.Accounts.Granted;
import dev.nectar.account.Accounts.UsedUp;
import dev.nectar.account.sqlite.SqliteLedger;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountsTest {

  private static final String BACKEND = "https://a";

  @TempDir Path directory;

  /** A Thursday. */
  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-26T10:00:00Z"));

  private SqliteLedger ledger = new SqliteLedger(Path.of(""));
  private Accounts accounts = accounts();

  @BeforeEach
  void openLedger() {
    ledger = new SqliteLedger(directory.resolve("ledger.db"));
    accounts = accounts();
  }

  @AfterEach
  void closeLedger() {
    ledger.close();
  }

  private Accounts accounts() {
    return new Accounts(ledger, Map.of(BACKEND, Budget.parse("1/day").orElseThrow()), clock);
  }

  private static Payer alice(String budget) {
    return new Payer(
        new ClientKey(
            "alice",
            1,
            "Alice",
            null,
            null,
            Budget.parse(budget).orElseThrow(),
            null,
            null,
            Instant.EPOCH,
            ClientKey.hash("nk-alice"),
            List.of(),
            false));
  }

  private Accounts.Permission ask(Payer payer, int pictures, String price) {
    return accounts.reserve(payer, Collections.nCopies(pictures, new BigDecimal(price)));
  }

  private Accounts.Charge granted(Payer payer, String price) {
    if (ask(payer, 1, price) instanceof Granted(var charges)) {
      return charges.getFirst();
    }
    throw new AssertionError("not granted");
  }

  private static Painting painting(@Nullable String cost) {
    return new Painting(BACKEND, "flux", "backend", cost == null ? null : new BigDecimal(cost));
  }

  @Test
  void reservation_isAllOrNone() {
    var payer = alice("1/day");

    assertThat(ask(payer, 3, "0.4")).isInstanceOf(UsedUp.class);
    assertThat(ask(payer, 2, "0.4")).isInstanceOf(Granted.class);
    assertThat(ask(payer, 1, "0.4")).isInstanceOf(UsedUp.class);
  }

  @Test
  void refusal_tellsWhenTheNextPeriodBegins() {
    assertThat(ask(alice("0/day"), 1, "0"))
        .isEqualTo(new UsedUp(Instant.parse("2026-11-27T00:00:00Z")));
    assertThat(ask(alice("0/week"), 1, "0"))
        .isEqualTo(new UsedUp(Instant.parse("2026-11-30T00:00:00Z")));
    assertThat(ask(alice("0 pictures/month"), 1, "0"))
        .isEqualTo(new UsedUp(Instant.parse("2026-12-01T00:00:00Z")));
    assertThat(ask(alice("0/total"), 1, "0")).isEqualTo(new UsedUp(null));
  }

  @Test
  void main_isNeverRefused() throws Exception {
    var permission = ask(Payer.MAIN, 4, "1000000");

    assertThat(permission)
        .isEqualTo(new Granted(Collections.nCopies(4, Accounts.Charge.free("main"))));
    accounts.painted(Accounts.Charge.free("main"), painting("0.04"));
    assertThat(ledger.spend(today(), today()))
        .containsOnlyKeys(new SpendLine(today(), "main", BACKEND, "flux", "backend"));
  }

  private LocalDate today() {
    return Period.day(clock.instant());
  }

  @Test
  void picture_whoseCostIsTold_isSettledForThat() {
    var payer = alice("1/day");
    var charge = granted(payer, "0.8");

    accounts.painted(charge, painting("0.25"));

    assertThat(ask(payer, 1, "0.76")).isInstanceOf(UsedUp.class);
    assertThat(ask(payer, 1, "0.75")).isInstanceOf(Granted.class);
  }

  @Test
  void cost_finerThanALedgerKeeps_isRoundedOnceForAll() throws Exception {
    var payer = alice("1/day");
    for (var cost : List.of("4e-13", "4e-13", "4e-13", "0.1234567890123456789012345", "5e-13")) {
      accounts.painted(granted(payer, "0"), painting(cost));
    }

    assertThat(accounts.sinceStart().cost()).isEqualTo("0.123456789013");
    assertThat(accounts.used("alice", Period.DAY).cost()).isEqualByComparingTo("0.123456789013");
    assertThat(accounts.backendLimits().remaining(BACKEND))
        .contains(new BigDecimal("0.876543210987"));
    assertThat(painting("4e-13").price()).isEqualTo(" for 0");
  }

  @Test
  void picture_thatWasNotMade_costsNothing() {
    var payer = alice("1/day");
    var charge = granted(payer, "1");
    assertThat(ask(payer, 1, "1")).isInstanceOf(UsedUp.class);

    accounts.notPainted(charge);

    assertThat(ask(payer, 1, "1")).isInstanceOf(Granted.class);
  }

  /** Bookings are durable before the call returns: nothing waits in memory. */
  @Test
  void picture_made_isEnteredAtOnce() throws Exception {
    accounts.painted(Accounts.Charge.free("alice"), painting(null));

    assertThat(ledger.used(Spender.key("alice"), Period.TOTAL, today()))
        .isEqualTo(new Used(1, 1, BigDecimal.ZERO));
  }

  @Test
  void picture_spared_isSavedAndNotSpent() throws Exception {
    accounts.spared("alice", painting("0.04"));
    accounts.spared("alice", painting(null));
    accounts.happened("alice", null, SpendCounts.FAILED);
    accounts.happened("alice", painting(null), SpendCounts.FAILURE);
    accounts.write();

    var spend = ledger.spend(today(), today());
    var painted =
        requireNonNull(spend.get(new SpendLine(today(), "alice", BACKEND, "flux", "backend")));
    assertThat(painted.saved()).isEqualTo("0.04");
    assertThat(painted.spared().unpriced()).isEqualTo(1);
    assertThat(painted.failures()).isEqualTo(1);
    assertThat(painted.used()).isEqualTo(Used.NOTHING);
    var request = requireNonNull(spend.get(new SpendLine(today(), "alice", "", "", "none")));
    assertThat(request.failed()).isEqualTo(1);
  }

  @Test
  void sums_ofUnknownPricesOnly_areUnknown() {
    var two = SpendCounts.painted(null).plus(SpendCounts.painted(null));

    assertThat(two.cost()).isNull();
    assertThat(two.plus(SpendCounts.painted(new BigDecimal("12.40"))).cost()).isEqualTo("12.4");
    assertThat(two.plus(SpendCounts.painted(new BigDecimal("12.40"))).used().unpriced())
        .isEqualTo(2);
    assertThat(SpendCounts.NONE.cost()).isEqualTo("0");
    assertThat(SpendCounts.spared(null).saved()).isNull();
  }

  @Test
  void backEnd_outOfBudget_isSoUntilThePeriodEnds() {
    var limits = accounts.backendLimits();
    accounts.painted(Accounts.Charge.free("main"), painting("0.9"));
    assertThat(limits.usedUpUntil(BACKEND)).isEmpty();
    assertThat(limits.remaining(BACKEND)).contains(new BigDecimal("0.1"));

    accounts.painted(Accounts.Charge.free("main"), painting("0.2"));

    assertThat(limits.usedUpUntil(BACKEND)).contains(Instant.parse("2026-11-27T00:00:00Z"));
    assertThat(limits.usedUpUntil("https://b")).isEmpty();
    clock.advance(Duration.ofHours(14));
    assertThat(limits.usedUpUntil(BACKEND)).isEmpty();
  }

  @Test
  void backEnd_usedByOthers_isKnownOnceTheLedgerIsRead() {
    var others = accounts();
    others.painted(Accounts.Charge.free("main"), painting("1"));
    assertThat(accounts.backendLimits().usedUpUntil(BACKEND)).isEmpty();

    accounts.backendLimits().refresh();

    assertThat(accounts.backendLimits().usedUpUntil(BACKEND)).isPresent();
  }

  @Test
  void keys_used_areDated() throws Exception {
    accounts.keyUsed("alice");
    accounts.keyUsed("main");
    accounts.write();

    assertThat(ledger.lastUsed()).isEqualTo(Map.of("alice", clock.instant()));
  }
}
