package dev.nectar.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DeadlineTest {

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final InstantSource clock = now::get;

  @Test
  void remaining_isWhatIsLeft() {
    var deadline = Deadline.in(Duration.ofSeconds(10), clock);

    now.set(Instant.ofEpochSecond(4));

    assertThat(deadline.remaining()).isEqualTo(Duration.ofSeconds(6));
    assertThat(deadline.hasPassed()).isFalse();
  }

  @Test
  void deadline_atItsInstant_hasPassed() {
    var deadline = Deadline.in(Duration.ofSeconds(10), clock);

    now.set(Instant.ofEpochSecond(10));

    assertThat(deadline.hasPassed()).isTrue();
  }

  @Test
  void remaining_afterIt_isZero() {
    var deadline = Deadline.in(Duration.ofSeconds(10), clock);

    now.set(Instant.ofEpochSecond(11));

    assertThat(deadline.remaining()).isEqualTo(Duration.ZERO);
    assertThat(deadline.hasPassed()).isTrue();
  }

  @Test
  void atMost_shorter_isCountedFromNow() {
    var deadline = Deadline.in(Duration.ofSeconds(10), clock);

    now.set(Instant.ofEpochSecond(4));

    assertThat(deadline.atMost(Duration.ofSeconds(3)).remaining()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void atMost_longer_changesNothing() {
    var deadline = Deadline.in(Duration.ofSeconds(10), clock);

    now.set(Instant.ofEpochSecond(4));

    assertThat(deadline.atMost(Duration.ofSeconds(7))).isSameAs(deadline);
  }
}
