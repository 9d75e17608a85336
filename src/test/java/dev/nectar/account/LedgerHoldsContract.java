package dev.nectar.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every ledger promises of budgets. */
public abstract class LedgerHoldsContract {

  static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
  static final LocalDate TODAY = LocalDate.parse("2026-11-26");
  static final String NODE = "node-1";
  static final SpendLine LINE =
      new SpendLine(TODAY, "alice", "https://a b/v1", "a \"model\": ärger", "backend");

  private @Nullable Ledger ledger;

  /** An empty one. */
  protected abstract Ledger open() throws IOException;

  /** The same one, as another server has it. */
  protected abstract Ledger again() throws IOException;

  @BeforeEach
  void openLedger() throws IOException {
    ledger = open();
  }

  @AfterEach
  void closeLedger() {
    ledger().close();
  }

  protected Ledger ledger() {
    return Objects.requireNonNull(ledger);
  }

  static Hold hold(String key, String amount) {
    return new Hold(UUID.randomUUID().toString(), NODE, key, new BigDecimal(amount));
  }

  static Budget budget(String text) {
    return Budget.parse(text).orElseThrow();
  }

  boolean hold(Hold hold, Budget budget) throws IOException {
    return ledger().hold(List.of(hold), budget, NOW);
  }

  static Booking painted(SpendLine line, @Nullable String cost, Hold... settled) {
    return booking(
        Map.of(line, SpendCounts.painted(cost == null ? null : new BigDecimal(cost))), settled);
  }

  static Booking booking(Map<SpendLine, SpendCounts> counts, Hold... settled) {
    return new Booking(UUID.randomUUID().toString(), counts, Map.of(), List.of(settled));
  }

  Used used(String key, Period period) throws IOException {
    return ledger().used(Spender.key(key), period, TODAY);
  }

  static Used used(int pictures, int unpriced, String cost) {
    return new Used(pictures, unpriced, new BigDecimal(cost));
  }

  @Test
  void holds_upToTheBudget_areGranted() throws Exception {
    var budget = budget("0.3/day");

    assertThat(hold(hold("alice", "0.1"), budget)).isTrue();
    assertThat(hold(hold("alice", "0.2"), budget)).as("exactly").isTrue();
    assertThat(hold(hold("alice", "0.000000000001"), budget)).isFalse();
    assertThat(hold(hold("alice", "0"), budget)).as("used up").isFalse();
    assertThat(hold(hold("bob", "0.3"), budget)).as("another key").isTrue();
  }

  @Test
  void holds_ofPictures_areCounted() throws Exception {
    var budget = budget("2 pictures/day");

    assertThat(hold(hold("alice", "0"), budget)).isTrue();
    assertThat(hold(hold("alice", "100"), budget)).isTrue();
    assertThat(hold(hold("alice", "0"), budget)).isFalse();
  }

  @Test
  void holds_askedForTogether_areAllOrNone() throws Exception {
    var budget = budget("1/day");
    var three = List.of(hold("alice", "0.4"), hold("alice", "0.4"), hold("alice", "0.4"));

    assertThat(ledger().hold(three, budget, NOW)).isFalse();
    assertThat(ledger().hold(three.subList(0, 2), budget, NOW)).isTrue();
    assertThat(hold(hold("alice", "0.2"), budget)).isTrue();
  }

  @Test
  void hold_settled_givesBackWhatWasNotSpent() throws Exception {
    var budget = budget("1/day");
    var dear = hold("alice", "0.9");
    assertThat(hold(dear, budget)).isTrue();
    assertThat(hold(hold("alice", "0.5"), budget)).isFalse();

    ledger().book(painted(LINE, "0.4", dear));

    assertThat(hold(hold("alice", "0.7"), budget)).isFalse();
    var rest = hold("alice", "0.6");
    assertThat(hold(rest, budget)).isTrue();
    ledger().book(booking(Map.of(), rest));
    assertThat(hold(hold("alice", "0.6"), budget)).as("nothing was made").isTrue();
  }

  @Test
  void budget_ofTheNextPeriod_isWhole() throws Exception {
    var budget = budget("1/day");
    ledger().book(painted(LINE, "1"));

    assertThat(hold(hold("alice", "0"), budget)).isFalse();
    assertThat(ledger().hold(List.of(hold("alice", "1")), budget, NOW.plus(Duration.ofDays(1))))
        .isTrue();
  }

  @Test
  void holds_ofAServerThatIsGone_areHeldNoMore() throws Exception {
    var budget = budget("1/day");
    assertThat(hold(hold("alice", "1"), budget)).isTrue();
    ledger().present(NODE, NOW.plusSeconds(10));

    assertThat(elsewhere(budget, NOW.plusSeconds(24))).isFalse();
    assertThat(elsewhere(budget, NOW.plusSeconds(26))).isTrue();
  }

  private boolean elsewhere(Budget budget, Instant now) throws IOException {
    return ledger().hold(List.of(new Hold("x", "node-2", "alice", BigDecimal.ONE)), budget, now);
  }

  @Test
  void twoServers_with200RequestsAtOnce_doNotOverdraw() throws Exception {
    var budget = budget("1/day");
    try (var other = again();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var granted =
          threads
              .invokeAll(
                  IntStream.range(0, 200)
                      .<Callable<Boolean>>mapToObj(i ->
                          () ->
                              (i % 2 == 0 ? ledger() : other)
                                  .hold(List.of(hold("alice", "0.04")), budget, NOW))
                      .toList())
              .stream()
              .filter(done -> done.resultNow())
              .count();

      assertThat(granted).isEqualTo(25);
    }
  }
}
