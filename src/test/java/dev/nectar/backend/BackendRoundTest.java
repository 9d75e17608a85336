package dev.nectar.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.backend.BackendReply.Failed;
import dev.nectar.backend.BackendReply.Refused;
import dev.nectar.http.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class BackendRoundTest {

  private final TestClock clock = new TestClock();
  private final List<Attempt> attempts = new ArrayList<>();
  private final List<String> announced = new ArrayList<>();
  private final RoundWatcher watcher =
      new RoundWatcher() {
        @Override
        public void asking(int attempt, int of) {
          announced.add(attempt + " of " + of);
        }

        @Override
        public void answered(Attempt attempt) {
          attempts.add(attempt);
        }
      };

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
  void refusals_upToTheLimit_areBlocked() {
    var round = round(2, refusing("a", true), refusing("b", true), refusing("c", true));

    assertThat(paint(round)).isEqualTo(new RoundOutcome.Blocked(true));
    assertThat(attempts).hasSize(2);
  }

  @Test
  void refusals_notAllCertain_areNotCertain() {
    assertThat(paint(round(2, refusing("a", true), refusing("b", false))))
        .isEqualTo(new RoundOutcome.Blocked(false));
    assertThat(paint(round(2, refusing("a", true), failing("b"))))
        .isEqualTo(new RoundOutcome.Blocked(false));
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
  void status_countsRequestsFailuresAndRefusals() {
    var round = round(3, failing("a"), refusing("b", true));
    paint(round);
    paint(round);

    assertThat(round.status())
        .containsExactly(
            new BackendStatus("a", 1, BackendStatus.State.UP, 2, 2, 0, 0, null),
            new BackendStatus("b", 1, BackendStatus.State.UP, 2, 0, 2, 0, null));
  }

  private static final PaintRequest REQUEST = new PaintRequest("a prompt", null, null, 42);

  private RoundOutcome paint(BackendRound round) {
    return round.paint(REQUEST, Deadline.in(Duration.ofMinutes(1), clock), watcher);
  }

  private BackendRound round(int refusalLimit, Backend... backends) {
    return new BackendRound(
        List.of(backends), refusalLimit, Duration.ofSeconds(10), clock, new Random(1));
  }

  private Backend failing(String name) {
    return backend(name, () -> new Failed("status 500"));
  }

  private Backend refusing(String name, boolean certain) {
    return backend(name, () -> new Refused(certain, Evidence.NONE));
  }

  private Backend backend(String name, Supplier<BackendReply> reply) {
    return new Backend(name, 1, (request, deadline) -> reply.get(), clock);
  }
}
