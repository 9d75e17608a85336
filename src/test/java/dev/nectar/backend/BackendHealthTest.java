package dev.nectar.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.SettableClock;
import dev.nectar.backend.BackendReply.Busy;
import dev.nectar.backend.BackendReply.Evidence;
import dev.nectar.backend.BackendReply.Failed;
import dev.nectar.backend.BackendReply.LockedOut;
import dev.nectar.backend.BackendReply.LockedOut.Grounds;
import dev.nectar.backend.BackendReply.Painted;
import dev.nectar.backend.BackendReply.Refused;
import dev.nectar.backend.BackendReply.TooLong;
import dev.nectar.backend.BackendReply.Unclear;
import dev.nectar.backend.BackendReply.Unfit;
import dev.nectar.image.SampleImages;
import dev.nectar.image.staging.StagingArea;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BackendHealthTest {

  private static final BackendReply FAILED = new Failed("server error");
  private static final BackendReply LOCKED_OUT = new LockedOut(Grounds.KEY, Evidence.NONE);

  private final SettableClock clock = new SettableClock();
  private final BackendHealth health = new BackendHealth(clock);
  private final Painted painted;

  BackendHealthTest(@TempDir Path directory) throws IOException {
    var image = new ByteArrayInputStream(SampleImages.png(80, 1));
    painted = new Painted(new StagingArea(directory, 1_000).stage(image), null, null);
  }

  @AfterEach
  void discard() {
    painted.image().close();
  }

  @Test
  void fresh_isUpForAll() {
    assertThat(health.isResting()).isFalse();
    admit();
    admit();
  }

  @Test
  void failures_twoInARow_stayUp() {
    settle(FAILED, FAILED, painted, FAILED, FAILED);

    assertThat(health.isResting()).isFalse();
  }

  @Test
  void failures_threeInARow_rest() {
    settle(FAILED, FAILED, FAILED);

    assertRestsFor(Duration.ofSeconds(10));
  }

  @Test
  void failures_fiveOfTen_rest() {
    settle(painted, FAILED, FAILED, painted, FAILED, painted, painted, FAILED, painted);
    assertThat(health.isResting()).isFalse();
    settle(FAILED);

    assertRestsFor(Duration.ofSeconds(10));
  }

  @Test
  void failures_fiveOfEleven_stayUp() {
    settle(FAILED, FAILED, painted, FAILED, painted, painted, painted, FAILED, painted, painted);
    settle(FAILED);

    assertThat(health.isResting()).isFalse();
  }

  @Test
  void rest_over_admitsOneTrial() {
    settle(FAILED, FAILED, FAILED);
    clock.advance(Duration.ofSeconds(10));
    admit();

    assertThat(health.admit()).isEmpty();
    assertThat(health.isResting()).isTrue();
  }

  @Test
  void trial_succeeded_isUp() {
    settle(FAILED, FAILED, FAILED);
    clock.advance(Duration.ofSeconds(10));
    settle(painted, FAILED, FAILED);

    assertThat(health.isResting()).isFalse();
  }

  @Test
  void trials_failed_restTwiceAsLongEachTimeUpToFiveMinutes() {
    settle(FAILED, FAILED, FAILED);
    for (var seconds : List.of(10, 20, 40, 80, 160, 300, 300)) {
      assertRestsFor(Duration.ofSeconds(seconds));
      settle(FAILED);
    }
  }

  static Stream<BackendReply> neutral() {
    return Stream.of(
        new Refused(true, Evidence.NONE),
        new Refused(false, Evidence.NONE),
        new Unfit(Evidence.NONE),
        new Unfit(Unfit.Lack.INPUTS, Evidence.NONE),
        new TooLong(Evidence.NONE),
        new Unclear(Evidence.NONE));
  }

  @ParameterizedTest
  @MethodSource("neutral")
  void neutralReply_countsNeitherWay(BackendReply neutral) {
    settle(FAILED, FAILED);
    for (var i = 0; i < 20; i++) {
      settle(neutral);
    }
    assertThat(health.isResting()).isFalse();
    settle(FAILED);
    assertThat(health.isResting()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("neutral")
  void trial_withNeutralReply_letsAnotherTry(BackendReply neutral) {
    settle(FAILED, FAILED, FAILED);
    clock.advance(Duration.ofSeconds(10));
    settle(neutral);

    assertThat(health.isResting()).isTrue();
    settle(painted);
    assertThat(health.isResting()).isFalse();
  }

  @Test
  void trial_released_letsAnotherTry() {
    settle(FAILED, FAILED, FAILED);
    clock.advance(Duration.ofSeconds(10));
    health.release(admit());

    admit();
  }

  @Test
  void lockOut_restsAtOnceForFiveMinutesDoublingToAnHour() {
    settle(LOCKED_OUT);
    for (var minutes : List.of(5, 10, 20, 40, 60, 60)) {
      assertRestsFor(Duration.ofMinutes(minutes));
      settle(LOCKED_OUT);
    }
  }

  @Test
  void lockOut_isToldOnceUntilItPaints() {
    assertThat(health.settle(admit(), LOCKED_OUT)).isTrue();
    clock.advance(Duration.ofMinutes(5));
    assertThat(health.settle(admit(), LOCKED_OUT)).isFalse();
    clock.advance(Duration.ofMinutes(10));
    assertThat(health.settle(admit(), FAILED)).isFalse();
    clock.advance(Duration.ofMinutes(10));
    assertThat(health.settle(admit(), LOCKED_OUT)).isFalse();
    clock.advance(Duration.ofHours(1));
    settle(painted);

    assertThat(health.settle(admit(), LOCKED_OUT)).isTrue();
  }

  @Test
  void lockOut_ofMany_isOneRest() {
    var first = admit();
    var second = admit();
    health.settle(first, LOCKED_OUT);
    health.settle(second, LOCKED_OUT);
    health.settle(health.insist(), LOCKED_OUT);

    assertRestsFor(Duration.ofMinutes(5));
  }

  @Test
  void busy_restsAsLongAsItAsked() {
    settle(busy(Duration.ofSeconds(90)));

    assertRestsFor(Duration.ofSeconds(90));
  }

  @Test
  void busy_forAbsurdlyLong_restsForAnHour() {
    settle(busy(Duration.ofDays(365)));

    assertRestsFor(Duration.ofHours(1));
  }

  @Test
  void busy_forNoTime_isTriedAtOnce() {
    settle(busy(Duration.ZERO));

    settle(painted);
    assertThat(health.isResting()).isFalse();
  }

  @Test
  void busy_withoutATime_restsTwiceAsLongEachTime() {
    settle(busy(null));
    for (var seconds : List.of(10, 20, 40, 80)) {
      assertRestsFor(Duration.ofSeconds(seconds));
      settle(busy(null));
    }
  }

  @Test
  void busy_toldByMany_restsForTheLongest() {
    var first = admit();
    var second = admit();
    var third = admit();
    health.settle(first, busy(Duration.ofSeconds(30)));
    health.settle(second, busy(Duration.ofSeconds(60)));
    health.settle(third, busy(Duration.ofSeconds(10)));

    assertRestsFor(Duration.ofSeconds(60));
  }

  @Test
  void rest_isNotEndedByAnAnswerToAnOlderRequest() {
    var older = admit();
    settle(busy(Duration.ofSeconds(60)));
    health.settle(older, painted);

    assertRestsFor(Duration.ofSeconds(60));
  }

  @Test
  void rest_isEndedByAnAnswerToWhoInsisted() {
    settle(busy(Duration.ofSeconds(60)));
    health.settle(health.insist(), painted);

    assertThat(health.isResting()).isFalse();
  }

  @Test
  void rest_isNotMadeLongerByFailuresOfWhoInsists() {
    settle(FAILED, FAILED, FAILED);
    for (var i = 0; i < 10; i++) {
      health.settle(health.insist(), FAILED);
    }

    assertRestsFor(Duration.ofSeconds(10));
  }

  private static BackendReply busy(@Nullable Duration wait) {
    return new Busy(wait, Evidence.NONE);
  }

  private BackendHealth.Admission admit() {
    return health.admit().orElseThrow();
  }

  private void settle(BackendReply... replies) {
    for (var reply : replies) {
      health.settle(admit(), reply);
    }
  }

  /** Afterwards it is over, and nobody has tried yet. */
  private void assertRestsFor(Duration rest) {
    clock.advance(rest.minusMillis(1));
    assertThat(health.admit()).isEmpty();
    clock.advance(Duration.ofMillis(1));
    health.release(admit());
  }
}
