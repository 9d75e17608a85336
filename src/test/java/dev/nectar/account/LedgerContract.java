package dev.nectar.account;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.settings.Rate;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every ledger promises. */
public abstract class LedgerContract {

  private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
  private static final LocalDate TODAY = LocalDate.parse("2026-11-26");
  private static final String NODE = "node-1";
  private static final SpendLine LINE =
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

  private static ClientKey key(String id, long revision, String name) {
    return new ClientKey(
        id,
        revision,
        name,
        List.of("flux", "a,b"),
        Rate.parse("30/m"),
        new Budget.Amount(new BigDecimal("5.10"), Period.WEEK),
        NOW.plusSeconds(5),
        List.of("*.example.com"),
        NOW,
        ClientKey.hash("nk-" + id),
        List.of(new ClientKey.Former(ClientKey.hash("nk-old"), NOW.plusSeconds(9))),
        false);
  }

  private static Hold hold(String key, String amount) {
    return new Hold(UUID.randomUUID().toString(), NODE, key, new BigDecimal(amount));
  }

  private static Budget budget(String text) {
    return Budget.parse(text).orElseThrow();
  }

  private boolean hold(Hold hold, Budget budget) throws IOException {
    return ledger().hold(List.of(hold), budget, NOW);
  }

  private static Booking painted(SpendLine line, @Nullable String cost, Hold... settled) {
    return booking(
        Map.of(line, SpendCounts.painted(cost == null ? null : new BigDecimal(cost))), settled);
  }

  private static Booking booking(Map<SpendLine, SpendCounts> counts, Hold... settled) {
    return new Booking(UUID.randomUUID().toString(), counts, Map.of(), List.of(settled));
  }

  private Used used(String key, String period) throws IOException {
    return ledger().used(Spender.key(key), period);
  }

  private static Used used(int pictures, int unpriced, String cost) {
    return new Used(pictures, unpriced, new BigDecimal(cost));
  }

  @Test
  void key_kept_isReadAsItWas() throws Exception {
    var full = key("alice", 1, "Alice, \"the\" ☃");
    var bare =
        new ClientKey(
            "bob",
            1,
            "Bob",
            null,
            null,
            null,
            null,
            null,
            NOW,
            ClientKey.hash("x"),
            List.of(),
            true);
    var pictures =
        new ClientKey(
            "eve",
            1,
            "Eve",
            List.of("*"),
            null,
            new Budget.Pictures(100, Period.TOTAL),
            null,
            List.of(),
            NOW,
            ClientKey.hash("y"),
            List.of(),
            false);
    for (var key : List.of(full, bare, pictures)) {
      assertThat(ledger().keep(key)).isTrue();
    }

    assertThat(ledger().keys()).containsExactlyInAnyOrder(full, bare, pictures);
  }

  @Test
  void key_ofARevisionThatIsNotTheNext_isNotKept() throws Exception {
    assertThat(ledger().keep(key("alice", 1, "Alice"))).isTrue();

    assertThat(ledger().keep(key("alice", 1, "another"))).isFalse();
    assertThat(ledger().keep(key("alice", 3, "another"))).isFalse();
    assertThat(ledger().keep(key("bob", 2, "another"))).isFalse();
    assertThat(ledger().keep(key("alice", 2, "Alicia"))).isTrue();
    assertThat(ledger().keys()).containsExactly(key("alice", 2, "Alicia"));
  }

  @Test
  void version_changesWithEachKey_andOnlyThen() throws Exception {
    var empty = ledger().version();
    ledger().keep(key("alice", 1, "Alice"));
    var one = ledger().version();
    ledger().book(painted(LINE, "0.04"));
    hold(hold("alice", "0.04"), budget("1/day"));

    assertThat(one).isNotEqualTo(empty);
    assertThat(ledger().version()).isEqualTo(one);
    ledger().keep(key("alice", 2, "Alicia"));
    assertThat(ledger().version()).isNotEqualTo(one);
  }

  @Test
  void changes_ofOneServer_areSeenByAnother() throws Exception {
    try (var other = again()) {
      ledger().keep(key("alice", 1, "Alice"));
      ledger().book(painted(LINE, "0.04"));

      assertThat(other.keys()).containsExactly(key("alice", 1, "Alice"));
      assertThat(other.version()).isEqualTo(ledger().version());
      assertThat(other.used(Spender.key("alice"), "total")).isEqualTo(used(1, 0, "0.04"));
      assertThat(other.spend(TODAY, TODAY)).containsOnlyKeys(LINE);
    }
  }

  @Test
  void sums_areExact() throws Exception {
    for (var i = 0; i < 10; i++) {
      ledger().book(painted(LINE, "0.1"));
    }
    ledger().book(painted(LINE, "0.000000000001"));
    ledger().book(painted(LINE, "123456789.999999999999"));
    ledger().book(painted(LINE, null));

    assertThat(used("alice", "total")).isEqualTo(used(13, 1, "123456791"));
    var counts = ledger().spend(TODAY, TODAY).get(LINE);
    assertThat(counts.used()).isEqualTo(used(13, 1, "123456791"));
  }

  @Test
  void booking_enteredTwice_countsOnce() throws Exception {
    var booking = painted(LINE, "0.04");
    ledger().book(booking);
    ledger().book(booking);

    assertThat(used("alice", "total")).isEqualTo(used(1, 0, "0.04"));
    assertThat(ledger().spend(TODAY, TODAY).get(LINE).used().pictures()).isEqualTo(1);
  }

  @Test
  void counts_ofEveryKind_areAddedUp() throws Exception {
    var all =
        List.of(
            SpendCounts.painted(new BigDecimal("0.04")),
            SpendCounts.spared(new BigDecimal("0.03")),
            SpendCounts.spared(null),
            SpendCounts.REFUSED,
            SpendCounts.FAILED,
            SpendCounts.REFUSAL,
            SpendCounts.FAILURE);
    for (var round = 0; round < 2; round++) {
      for (var counts : all) {
        ledger().book(booking(Map.of(LINE, counts)));
      }
    }

    assertThat(ledger().spend(TODAY, TODAY))
        .isEqualTo(
            Map.of(LINE, new SpendCounts(used(2, 0, "0.08"), used(4, 2, "0.06"), 2, 2, 2, 2)));
    assertThat(used("alice", "total")).as("saved is not spent").isEqualTo(used(2, 0, "0.08"));
  }

  @Test
  void spend_isTheDaysAskedFor_bothIncluded() throws Exception {
    var lines =
        IntStream.range(0, 5)
            .mapToObj(day -> new SpendLine(TODAY.plusDays(day), "main", "fallback", "", "fallback"))
            .toList();
    ledger()
        .book(
            booking(
                lines.stream()
                    .collect(toMap(line -> line, _ -> SpendCounts.painted(BigDecimal.ONE)))));

    assertThat(ledger().spend(TODAY.plusDays(1), TODAY.plusDays(3)))
        .containsOnlyKeys(lines.subList(1, 4));
  }

  @Test
  void day_of400DaysAgo_isKept() throws Exception {
    var old = new SpendLine(TODAY.minusDays(400), "main", "fallback", "", "fallback");
    ledger().book(painted(old, "1"));
    ledger().book(painted(LINE, "1"));

    assertThat(ledger().spend(TODAY.minusDays(400), TODAY)).containsOnlyKeys(old, LINE);
  }

  /** A week begins on Monday; 2026-11-26 is a Thursday. */
  @Test
  void use_isSummedUpByPeriod_forKeyAndBackEnd() throws Exception {
    ledger().book(painted(LINE, "1"));
    ledger().book(painted(on(LocalDate.parse("2026-11-23")), "2"));
    ledger().book(painted(on(LocalDate.parse("2026-11-22")), "4"));
    ledger().book(painted(on(LocalDate.parse("2026-10-31")), "8"));

    assertThat(used("alice", Period.DAY.id(TODAY)).cost()).isEqualTo("1");
    assertThat(used("alice", Period.WEEK.id(TODAY)).cost()).isEqualTo("3");
    assertThat(used("alice", Period.MONTH.id(TODAY)).cost()).isEqualTo("7");
    assertThat(used("alice", Period.TOTAL.id(TODAY)).cost()).isEqualTo("15");
    assertThat(ledger().used(Spender.backend(LINE.backend()), "total").cost()).isEqualTo("15");
    assertThat(used("bob", "total")).isEqualTo(Used.NOTHING);
  }

  private static SpendLine on(LocalDate day) {
    return new SpendLine(day, LINE.key(), LINE.backend(), LINE.model(), LINE.source());
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

  @Test
  void lastUse_isTheLatest() throws Exception {
    for (var time : List.of(NOW, NOW.plusSeconds(5), NOW.minusSeconds(5))) {
      ledger()
          .book(
              new Booking(
                  UUID.randomUUID().toString(), Map.of(), Map.of("alice", time), List.of()));
    }

    assertThat(ledger().lastUsed()).isEqualTo(Map.of("alice", NOW.plusSeconds(5)));
    assertThat(ledger().keys()).isEqualTo(List.of());
    assertThat(ledger().spend(TODAY, TODAY).keySet()).isEqualTo(Set.of());
  }
}
