package dev.nectar.cache;

import static dev.nectar.cache.Samples.hosted;
import static dev.nectar.cache.Samples.key;
import static dev.nectar.cache.Samples.provenance;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.SettableClock;
import dev.nectar.cache.CacheEntry.Blocked;
import dev.nectar.cache.CacheEntry.FallbackFailed;
import dev.nectar.cache.CacheEntry.Note;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long every store remembers, whatever happens to the clock. */
public abstract class ExpiryContract {

  public static final Duration BLOCKED_TTL = Duration.ofHours(24);
  public static final Duration FALLBACK_FAILED_TTL = Duration.ofMinutes(1);

  public final SettableClock clock = new SettableClock(Samples.NOW);
  public final Expiry expiry = new Expiry(BLOCKED_TTL, FALLBACK_FAILED_TTL, clock);
  private @Nullable CacheStore opened;

  protected abstract CacheStore open(Expiry expiry) throws Exception;

  @BeforeEach
  final void openStore() throws Exception {
    opened = open(expiry);
  }

  protected final CacheStore store() {
    return Objects.requireNonNull(opened);
  }

  @Test
  void blocked_expiresWhenItsTimeIsOver() throws Exception {
    expires(new Blocked(provenance("apple", clock.instant())), BLOCKED_TTL);
  }

  @Test
  void fallbackFailed_expiresWhenItsTimeIsOver() throws Exception {
    expires(new FallbackFailed(provenance("apple", clock.instant()), null), FALLBACK_FAILED_TTL);
  }

  @Test
  void fallbackFailed_whenItsTimeIsOver_leavesTheBlock() throws Exception {
    var blockedAt = clock.instant();
    clock.advance(FALLBACK_FAILED_TTL);
    var failure = new FallbackFailed(provenance("apple", clock.instant()), blockedAt);
    store().keep(key("apple"), failure);
    assertThat(store().find(key("apple"))).contains(failure);

    clock.advance(FALLBACK_FAILED_TTL);
    assertThat(store().find(key("apple"))).contains(new Blocked(provenance("apple", blockedAt)));

    clock.advance(BLOCKED_TTL);
    assertThat(store().find(key("apple"))).isEmpty();
  }

  private void expires(Note note, Duration ttl) throws Exception {
    store().keep(key("apple"), note);

    clock.advance(ttl.minusMillis(1));
    assertThat(store().find(key("apple"))).contains(note);

    clock.advance(Duration.ofMillis(1));
    assertThat(store().find(key("apple"))).isEmpty();
    assertThat(store().delete(key("apple"))).as("left to delete").isFalse();
  }

  @Test
  void note_keptLate_expiresByItsCreation() throws Exception {
    var old = clock.instant().minus(BLOCKED_TTL);

    store().keep(key("apple"), new Blocked(provenance("apple", old)));

    assertThat(store().find(key("apple"))).isEmpty();
  }

  @Test
  void hosted_neverExpires() throws Exception {
    store().keep(key("apple"), hosted("apple", "1"));

    clock.advance(Duration.ofDays(3_650));

    assertThat(store().find(key("apple"))).isPresent();
  }

  @Test
  void block_fromTheFuture_countsFromWhenItIsSeen() throws Exception {
    keepInTheFuture(time -> new Blocked(provenance("apple", time)));

    var seen = new Blocked(provenance("apple", clock.instant()));
    assertThat(store().find(key("apple"))).contains(seen);
    clock.advance(BLOCKED_TTL.minusMillis(1));
    assertThat(store().find(key("apple"))).contains(seen);

    clock.advance(Duration.ofMillis(1));
    assertThat(store().find(key("apple"))).isEmpty();
    assertThat(store().delete(key("apple"))).as("left to delete").isFalse();
  }

  @Test
  void failure_fromTheFuture_countsFromWhenItIsSeenAndLeavesTheBlock() throws Exception {
    keepInTheFuture(time ->
        new FallbackFailed(provenance("apple", time), time.minus(Duration.ofHours(1)), true));
    var seen = clock.instant();

    assertThat(store().find(key("apple")))
        .contains(new FallbackFailed(provenance("apple", seen), seen, true));
    clock.advance(FALLBACK_FAILED_TTL);
    assertThat(store().find(key("apple"))).contains(new Blocked(provenance("apple", seen)));

    clock.advance(BLOCKED_TTL.minus(FALLBACK_FAILED_TTL));
    assertThat(store().find(key("apple"))).isEmpty();
  }

  @Test
  void note_keptAfterTheClockWasSetBack_countsFromThen() throws Exception {
    var made = clock.instant();
    clock.step(Duration.ofHours(-1));

    store().keep(key("apple"), new Blocked(provenance("apple", made)));

    clock.advance(BLOCKED_TTL.minusMillis(1));
    assertThat(store().find(key("apple"))).isPresent();
    clock.advance(Duration.ofMillis(1));
    assertThat(store().find(key("apple"))).isEmpty();
  }

  @Test
  void note_keptBeforeTheClockWasSetForward_staysWhatItWas() throws Exception {
    var note = new Blocked(provenance("apple", clock.instant()));
    store().keep(key("apple"), note);

    clock.step(Duration.ofHours(1));

    assertThat(store().find(key("apple"))).contains(note);
  }

  @Test
  void image_fromTheFuture_stays() throws Exception {
    keepInTheFuture(time -> hosted("apple", "1", time));

    assertThat(store().find(key("apple"))).isPresent();
    clock.advance(Duration.ofDays(3_650));
    assertThat(store().find(key("apple"))).isPresent();
  }

  protected interface Made {
    Note at(Instant time);
  }

  /** By a run whose clock was a year ahead. */
  private void keepInTheFuture(Made made) throws Exception {
    clock.step(Duration.ofDays(365));
    store().keep(key("apple"), made.at(clock.instant()));
    clock.step(Duration.ofDays(-365));
  }
}
