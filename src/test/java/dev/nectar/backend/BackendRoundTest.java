package dev.nectar.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.SettableClock;
import dev.nectar.backend.Backend.Profile;
import dev.nectar.backend.BackendReply.Busy;
import dev.nectar.backend.BackendReply.Evidence;
import dev.nectar.backend.BackendReply.Failed;
import dev.nectar.backend.BackendReply.LockedOut;
import dev.nectar.backend.BackendReply.LockedOut.Grounds;
import dev.nectar.backend.BackendReply.Refused;
import dev.nectar.backend.BackendReply.TooLong;
import dev.nectar.backend.BackendReply.Unclear;
import dev.nectar.backend.BackendReply.Unfit;
import dev.nectar.backend.BackendRound.Watcher;
import dev.nectar.http.Deadline;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class BackendRoundTest {

  private final SettableClock clock = new SettableClock();
  private final List<Attempt> attempts = new ArrayList<>();
  private final List<String> announced = new ArrayList<>();
  private final Watcher watcher =
      new Watcher() {
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

    assertThat(paint(round)).isEqualTo(new RoundOutcome.Blocked(Set.of("content refused"), true));
    assertThat(attempts).hasSize(2);
  }

  @Test
  void refusals_uncertain_countTowardsTheLimitAndAreNotCertain() {
    assertThat(paint(round(2, refusing("a", false), refusing("b", false), refusing("c", false))))
        .isEqualTo(new RoundOutcome.Blocked(Set.of("unclear answer"), false));
    assertThat(attempts).hasSize(2);
  }

  @Test
  void refusal_besideAnythingElse_isNotCertain() {
    assertThat(paint(round(2, refusing("a", true), refusing("b", false))))
        .isEqualTo(new RoundOutcome.Blocked(Set.of("content refused", "unclear answer"), false));
    assertThat(paint(round(2, refusing("a", true), failing("b"))))
        .isEqualTo(new RoundOutcome.Blocked(Set.of("content refused", "server error"), false));
  }

  @Test
  void unclearAnswers_doNotCountTowardsTheLimit() {
    var round = round(1, unclear("a", 400), unclear("b", 400), unclear("c", 405));

    assertThat(paint(round)).isEqualTo(new RoundOutcome.Exhausted(Set.of("unclear answer"), true));
    assertThat(attempts).hasSize(3);
  }

  @Test
  void unclearAnswer_otherThan400_isNotWorthARewrite() {
    assertThat(paint(round(1, unclear("a", 405), unclear("b", 422))))
        .isEqualTo(new RoundOutcome.Exhausted(Set.of("unclear answer"), false));
  }

  @Test
  void promptTooLong_forAnyAndTakenByNone_isToldSo() {
    assertThat(paint(round(2, tooLong("a"), tooLong("b"))))
        .isEqualTo(new RoundOutcome.TooLong(Set.of("prompt too long"), false));
    assertThat(paint(round(2, tooLong("a"), unfit("b"), unclear("c", 400))))
        .isEqualTo(
            new RoundOutcome.TooLong(
                Set.of("prompt too long", "model not known", "unclear answer"), true));
  }

  @Test
  void promptTooLong_besideABackendOutOfOrder_isNoVerdict() {
    assertThat(paint(round(2, tooLong("a"), failing("b"))))
        .isEqualTo(new RoundOutcome.Exhausted(Set.of("prompt too long", "server error"), false));
    assertThat(paint(round(2, tooLong("a"), unclear("b", 400), busy("c"))))
        .isEqualTo(
            new RoundOutcome.Exhausted(Set.of("prompt too long", "unclear answer", "busy"), true));
    assertThat(paint(round(2, tooLong("a"), lockedOut("b"))))
        .isEqualTo(new RoundOutcome.Exhausted(Set.of("prompt too long", "key refused"), false));
  }

  @Test
  void verdictOfSome_whileAnotherRests_isNoneOfAll() {
    var tooLong = round(2, tooLong("a"), busy("b"));
    var unfit = round(2, unfit("a"), busy("b"));
    paint(tooLong);
    paint(unfit);
    attempts.clear();

    assertThat(paint(tooLong))
        .isEqualTo(new RoundOutcome.Exhausted(Set.of("prompt too long"), false));
    assertThat(paint(unfit))
        .isEqualTo(new RoundOutcome.Exhausted(Set.of("model not known"), false));
    assertThat(attempts).extracting(Attempt::backend).containsExactly("a", "a");
  }

  @Test
  void verdictOfSome_withoutTimeForTheOthers_isNoneOfAll() {
    var deadline = Deadline.in(Duration.ofSeconds(1), clock);
    Supplier<BackendReply> slowly =
        () -> {
          clock.advance(Duration.ofSeconds(1));
          return new Unfit(Evidence.NONE);
        };

    assertThat(
            round(2, backend("a", slowly), backend("b", slowly)).paint(REQUEST, deadline, watcher))
        .isEqualTo(new RoundOutcome.Exhausted(Set.of("model not known"), false));
    assertThat(attempts).hasSize(1);
  }

  @Test
  void model_unknownToAll_isToldSo() {
    assertThat(paint(round(2, unfit("a"), unfit("b"))))
        .isEqualTo(new RoundOutcome.Unfit(Set.of("model not known")));
    assertThat(paint(round(2, unfit("a"), failing("b"))))
        .isEqualTo(new RoundOutcome.Exhausted(Set.of("model not known", "server error"), false));
  }

  @Test
  void inputs_takenByNone_areNoMatterOfTheModel() {
    assertThat(paint(round(2, takingNoInputs("a"), unfit("b"))))
        .isEqualTo(new RoundOutcome.Exhausted(Set.of("input not taken", "model not known"), false));
  }

  @Test
  void kinds_areEachToldOnce() {
    var round = round(2, lockedOut("a"), lockedOut("b"), busy("c"), failing("d"), failing("e"));

    assertThat(paint(round))
        .isEqualTo(
            new RoundOutcome.Exhausted(Set.of("key refused", "busy", "server error"), false));
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
    var registry = new SimpleMeterRegistry();
    var passedOver = backend("a", () -> new Unfit(Unfit.Lack.INPUTS, Evidence.NONE), registry);
    var turningDown =
        backend("b", () -> new Unfit(Unfit.Lack.INPUTS, new Evidence(404, null, "")), registry);
    paint(round(2, passedOver, turningDown));

    assertThat(passedOver.status().counts().requests()).isZero();
    assertThat(passedOver.status().lastFailure()).isNull();
    assertThat(registry.get("nectar.backend.attempts").tag("backend", "a").counters())
        .allSatisfy(counter -> assertThat(counter.count()).isZero());
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

  private static final PaintRequest REQUEST = new PaintRequest("a prompt", null, null, 42);

  private RoundOutcome paint(BackendRound round) {
    return round.paint(REQUEST, Deadline.in(Duration.ofMinutes(1), clock), watcher);
  }

  private BackendRound round(int refusalLimit, Backend... backends) {
    return new BackendRound(
        List.of(backends), refusalLimit, Duration.ofSeconds(10), clock, new Random(1));
  }

  private Backend failing(String name) {
    return backend(name, () -> new Failed("server error"));
  }

  private Backend refusing(String name, boolean certain) {
    return backend(name, () -> new Refused(certain, Evidence.NONE));
  }

  private Backend unclear(String name, int status) {
    return backend(name, () -> new Unclear(new Evidence(status, null, "Bad request")));
  }

  private Backend tooLong(String name) {
    return backend(name, () -> new TooLong(Evidence.NONE));
  }

  private Backend unfit(String name) {
    return backend(name, () -> new Unfit(Evidence.NONE));
  }

  private Backend takingNoInputs(String name) {
    return backend(name, () -> new Unfit(Unfit.Lack.INPUTS, Evidence.NONE));
  }

  private Backend busy(String name) {
    return backend(name, () -> new Busy(null, Evidence.NONE));
  }

  private Backend lockedOut(String name) {
    return backend(
        name, () -> new LockedOut(Grounds.KEY, new Evidence(401, "invalid_api_key", "")));
  }

  private Backend backend(String name, Supplier<BackendReply> reply) {
    return backend(name, reply, new SimpleMeterRegistry());
  }

  private Backend backend(String name, Supplier<BackendReply> reply, SimpleMeterRegistry registry) {
    return new Backend(
        new Profile(name, 1, "images", "TOKEN_MAP"),
        (request, deadline) -> reply.get(),
        new Negotiation(List.of(), clock, clock),
        registry,
        clock,
        clock);
  }
}
