package dev.nectar.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackendHealthTest {

  private final SettableClock clock = new SettableClock();
  private final BackendHealth health = new BackendHealth("a", clock);

  @Test
  void fresh_isUp() {
    assertThat(health.isResting()).isFalse();
    assertThat(health.admits()).isTrue();
  }

  @Test
  void twoFailures_stayUp() {
    fail(2);

    assertThat(health.isResting()).isFalse();
  }

  @Test
  void threeFailures_rest() {
    fail(3);

    assertThat(health.isResting()).isTrue();
    assertThat(health.admits()).isFalse();
  }

  @Test
  void rest_over_admitsOneTrial() {
    fail(3);
    clock.advance(Duration.ofSeconds(11));

    assertThat(health.admits()).isTrue();
    assertThat(health.admits()).isFalse();
  }

  @Test
  void rest_whenTheClockIsSet_isAsLongAsBefore() {
    fail(3);
    clock.step(Duration.ofHours(1));
    assertThat(health.admits()).isFalse();

    clock.step(Duration.ofHours(-2));
    clock.advance(Duration.ofSeconds(11));
    assertThat(health.admits()).isTrue();
  }

  @Test
  void trial_succeeded_isUp() {
    fail(3);
    clock.advance(Duration.ofSeconds(11));
    assertThat(health.admits()).isTrue();
    health.succeeded();

    assertThat(health.isResting()).isFalse();
  }

  @Test
  void trial_failed_restsLonger() {
    fail(3);
    clock.advance(Duration.ofSeconds(11));
    assertThat(health.admits()).isTrue();
    health.failed();
    clock.advance(Duration.ofSeconds(11));

    assertThat(health.admits()).isFalse();
    clock.advance(Duration.ofSeconds(10));
    assertThat(health.admits()).isTrue();
  }

  @Test
  void trial_undecided_admitsAnother() {
    fail(3);
    clock.advance(Duration.ofSeconds(11));
    assertThat(health.admits()).isTrue();
    health.undecided();

    assertThat(health.admits()).isTrue();
  }

  @Test
  void rests_neverExceedFiveMinutes() {
    fail(3);
    for (var trial = 0; trial < 20; trial++) {
      clock.advance(Duration.ofSeconds(301));
      assertThat(health.admits()).isTrue();
      health.failed();
    }
  }

  @Test
  void success_whileResting_isUp() {
    fail(3);
    health.succeeded();

    assertThat(health.isResting()).isFalse();
    assertThat(health.admits()).isTrue();
  }

  @Test
  void requestedRest_isKept() {
    health.failedFor(Duration.ofSeconds(90));

    clock.advance(Duration.ofSeconds(89));
    assertThat(health.admits()).isFalse();
    clock.advance(Duration.ofSeconds(2));
    assertThat(health.admits()).isTrue();
  }

  @Test
  void requestedRest_absurd_isCutToAnHour() {
    health.failedFor(Duration.ofDays(365));

    clock.advance(Duration.ofMinutes(61));
    assertThat(health.admits()).isTrue();
  }

  @Test
  void requestedRest_zero_admitsAtOnce() {
    health.failedFor(Duration.ZERO);
    clock.advance(Duration.ofMillis(1));

    assertThat(health.admits()).isTrue();
  }

  private void fail(int times) {
    for (var i = 0; i < times; i++) {
      assertThat(health.admits()).isTrue();
      health.failed();
    }
  }
}
