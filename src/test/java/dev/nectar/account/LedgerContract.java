package dev.nectar.account;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.settings.Rate;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every ledger promises. */
public abstract class LedgerContract extends LedgerHoldsContract {

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

  private SpendCounts spendOn(SpendLine line) throws IOException {
    return Objects.requireNonNull(ledger().spend(TODAY, TODAY).get(line));
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
      assertThat(other.used(Spender.key("alice"), Period.TOTAL, TODAY))
          .isEqualTo(used(1, 0, "0.04"));
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

    assertThat(used("alice", Period.TOTAL)).isEqualTo(used(13, 1, "123456791"));
    var counts = spendOn(LINE);
    assertThat(counts.used()).isEqualTo(used(13, 1, "123456791"));
  }

  @Test
  void booking_enteredTwice_countsOnce() throws Exception {
    var booking = painted(LINE, "0.04");
    ledger().book(booking);
    ledger().book(booking);

    assertThat(used("alice", Period.TOTAL)).isEqualTo(used(1, 0, "0.04"));
    assertThat(spendOn(LINE).used().pictures()).isEqualTo(1);
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
    assertThat(used("alice", Period.TOTAL)).as("saved is not spent").isEqualTo(used(2, 0, "0.08"));
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

    assertThat(used("alice", Period.DAY).cost()).isEqualTo("1");
    assertThat(used("alice", Period.WEEK).cost()).isEqualTo("3");
    assertThat(used("alice", Period.MONTH).cost()).isEqualTo("7");
    assertThat(used("alice", Period.TOTAL).cost()).isEqualTo("15");
    assertThat(ledger().used(Spender.backend(LINE.backend()), Period.TOTAL, TODAY).cost())
        .isEqualTo("15");
    assertThat(used("bob", Period.TOTAL)).isEqualTo(Used.NOTHING);
  }

  private static SpendLine on(LocalDate day) {
    return new SpendLine(day, LINE.key(), LINE.backend(), LINE.model(), LINE.source());
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
