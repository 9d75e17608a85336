package dev.nectar.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.backend.BackendReply.Evidence;
import dev.nectar.backend.BackendReply.Unfit;
import dev.nectar.http.Deadline;
import dev.nectar.image.ImageExtras;
import dev.nectar.image.SampleImages;
import dev.nectar.image.staging.InputImages;
import dev.nectar.image.staging.StagingArea;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Whom a round asks, and what is known of them afterwards. */
@ExtendWith(OutputCaptureExtension.class)
class BackendRoundTest extends RoundCase {

  @Test
  void round_allFailing_asksEachOnce() {
    var round = round(2, failing("a"), failing("b"), failing("c"));

    assertThat(paint(round)).isInstanceOf(RoundOutcome.Exhausted.class);
    assertThat(attempts).extracting(Attempt::backend).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void attempts_areAnnouncedBeforeTheyAreMade() {
    paint(round(2, failing("a"), refusing("b", true), failing("c")));

    assertThat(announced).containsExactly("1 of 3", "2 of 3", "3 of 3");
    assertThat(attempts).extracting(Attempt::refused).containsExactlyInAnyOrder(true, false, false);
  }

  @Test
  void mask_isLeftToWhoeverTakesIt_beforeAnyoneElseIsAsked(@TempDir Path directory)
      throws Exception {
    var round = round(2, takingNoMasks("a"), unfit("b"), takingNoMasks("c"), unfit("d"));
    var area = new StagingArea(directory.resolve("inputs"), 1 << 20);
    try (var inputs =
        new InputImages(
            List.of(area.stage(new ByteArrayInputStream(SampleImages.png(500, 1)))),
            area.stage(new ByteArrayInputStream(SampleImages.png(500, 2))),
            List.of())) {
      var masked = new PaintRequest("a prompt", null, null, 42, ImageExtras.NONE, inputs);
      for (var request = 0; request < 10; request++) {
        attempts.clear();
        round.paint(masked, Deadline.in(Duration.ofMinutes(1), clock), watcher);
        var asked = attempts.stream().map(Attempt::backend).toList();
        assertThat(asked.subList(0, 2)).containsExactlyInAnyOrder("b", "d");
        assertThat(asked.subList(2, 4)).containsExactlyInAnyOrder("a", "c");
      }
    }
  }

  @Test
  void lockedOutAndBusyBackends_restAtOnce() {
    var round = round(2, lockedOut("a"), busy("b"), refusing("c", true));
    for (var request = 0; request < 20; request++) {
      paint(round);
    }

    assertThat(attempts).extracting(Attempt::backend).hasSize(22).containsOnlyOnce("a", "b");
    assertThat(round.status())
        .extracting(BackendStatus::state)
        .containsExactly(
            BackendStatus.State.RESTING, BackendStatus.State.RESTING, BackendStatus.State.UP);
  }

  @Test
  void requests_allFailing_costLittleMoreThanOneCallEach() {
    var round = round(2, failing("a"), failing("b"), failing("c"));
    for (var request = 0; request < 200; request++) {
      assertThat(paint(round)).isInstanceOf(RoundOutcome.Exhausted.class);
    }

    assertThat(attempts).hasSizeLessThanOrEqualTo(243);
    assertThat(round.status()).allMatch(status -> status.state() == BackendStatus.State.RESTING);
  }

  @Test
  void loneBackend_failing_isAskedAtEveryRequest() {
    var round = round(2, failing("a"));
    for (var request = 0; request < 50; request++) {
      assertThat(paint(round)).isInstanceOf(RoundOutcome.Exhausted.class);
    }

    assertThat(attempts).hasSize(50);
  }

  @Test
  void failingBackend_restsWhileAnotherWorks() {
    var round = round(1, failing("a"), refusing("b", true));
    for (var request = 0; request < 100; request++) {
      paint(round);
    }

    assertThat(attempts.stream().filter(attempt -> attempt.backend().equals("a"))).hasSize(3);
  }

  @Test
  void deadline_passed_asksNobody() {
    var deadline = Deadline.in(Duration.ofSeconds(1), clock);
    clock.advance(Duration.ofSeconds(1));

    assertThat(round(2, failing("a")).paint(REQUEST, deadline, watcher))
        .isInstanceOf(RoundOutcome.Exhausted.class);
    assertThat(attempts).isEmpty();
  }

  @Test
  void status_countsWhatCameOfRequests() {
    var round = round(3, failing("a"), refusing("b", true), unclear("c", 400), unfit("d"));
    paint(round);
    paint(round);

    assertThat(round.status())
        .extracting(BackendStatus::counts)
        .containsExactly(
            new BackendStatus.Counts(2, 0, 2, 0, 0),
            new BackendStatus.Counts(2, 0, 0, 2, 0),
            new BackendStatus.Counts(2, 0, 0, 0, 2),
            new BackendStatus.Counts(2, 0, 0, 0, 0));
  }

  @Test
  void status_tellsTheLastFailureButNoRefusal() {
    var round = round(3, lockedOut("a"), refusing("b", true), refusing("c", false));
    paint(round);

    assertThat(round.status())
        .extracting(BackendStatus::lastFailure)
        .containsExactly(
            new BackendStatus.LastFailure(clock.instant(), "key refused"),
            null,
            new BackendStatus.LastFailure(clock.instant(), "unclear answer"));
  }

  @Test
  void backEnd_thatIsNotAsked_countsNowhere() {
    var passedOver = takingNoInputs("a");
    var turningDown = backend("b", () -> new Unfit(Unfit.Lack.INPUTS, new Evidence(404, null, "")));
    paint(round(2, passedOver, turningDown));

    assertThat(passedOver.status().counts().requests()).isZero();
    assertThat(passedOver.status().lastFailure()).isNull();
    assertThat(turningDown.status().counts().requests()).isEqualTo(1);
    assertThat(turningDown.status().lastFailure()).isNotNull();
    assertThat(attempts)
        .filteredOn(attempt -> !attempt.asked())
        .singleElement()
        .hasToString("a input not taken in 0 ms");
  }

  @Test
  void lockOut_isWarnedOfOnceWithTheSettingToCheck(CapturedOutput output) {
    var round = round(2, lockedOut("a"), failing("b"));
    for (var hour = 0; hour < 3; hour++) {
      paint(round);
      clock.advance(Duration.ofHours(1));
    }

    assertThat(output.getAll().lines().filter(line -> line.contains("WARN")))
        .singleElement()
        .asString()
        .contains("a key refused (401, invalid_api_key)", "check TOKEN_MAP");
  }
}
