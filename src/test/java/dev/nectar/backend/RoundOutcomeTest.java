package dev.nectar.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.backend.BackendReply.Evidence;
import dev.nectar.backend.BackendReply.Unfit;
import dev.nectar.http.Deadline;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a round comes to, by what its back ends answered. */
class RoundOutcomeTest extends RoundCase {

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
}
