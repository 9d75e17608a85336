package dev.nectar.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {

  private final SettableClock clock = new SettableClock();

  @Test
  void remaining_isWhatIsLeft() {
    var deadline = Deadline.in(Duration.ofSeconds(10), clock);

    clock.advance(Duration.ofSeconds(4));

    assertThat(deadline.remaining()).isEqualTo(Duration.ofSeconds(6));
    assertThat(deadline.hasPassed()).isFalse();
  }

  @Test
  void deadline_atItsInstant_hasPassed() {
    var deadline = Deadline.in(Duration.ofSeconds(10), clock);

    clock.advance(Duration.ofSeconds(10));

    assertThat(deadline.hasPassed()).isTrue();
  }

  @Test
  void remaining_afterIt_isZero() {
    var deadline = Deadline.in(Duration.ofSeconds(10), clock);

    clock.advance(Duration.ofSeconds(11));

    assertThat(deadline.remaining()).isEqualTo(Duration.ZERO);
    assertThat(deadline.hasPassed()).isTrue();
  }

  @Test
  void atMost_shorter_isCountedFromNow() {
    var deadline = Deadline.in(Duration.ofSeconds(10), clock);

    clock.advance(Duration.ofSeconds(4));

    assertThat(deadline.atMost(Duration.ofSeconds(3)).remaining()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void atMost_longer_changesNothing() {
    var deadline = Deadline.in(Duration.ofSeconds(10), clock);

    clock.advance(Duration.ofSeconds(4));

    assertThat(deadline.atMost(Duration.ofSeconds(7))).isSameAs(deadline);
  }

  @Test
  void clockThatIsSet_changesNothing() {
    var deadline = Deadline.in(Duration.ofMinutes(6), clock);

    clock.advance(Duration.ofMinutes(1));
    clock.step(Duration.ofHours(1));
    assertThat(deadline.remaining()).isEqualTo(Duration.ofMinutes(5));

    clock.step(Duration.ofHours(-2));
    assertThat(deadline.remaining()).isEqualTo(Duration.ofMinutes(5));
    assertThat(deadline.atMost(Duration.ofMinutes(7))).isSameAs(deadline);
  }

  @Test
  void duration_thatIsEndless_neverPasses() {
    var deadline = Deadline.in(Duration.ofSeconds(Long.MAX_VALUE), clock);

    clock.advance(Duration.ofDays(3_650));

    assertThat(deadline.hasPassed()).isFalse();
    assertThat(deadline.atMost(Duration.ofSeconds(7)).remaining()).isEqualTo(Duration.ofSeconds(7));
  }
}
