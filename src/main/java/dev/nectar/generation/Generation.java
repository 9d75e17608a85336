package dev.nectar.generation;

import dev.nectar.backend.BackendReply.Painted;
import dev.nectar.backend.BackendRound;
import dev.nectar.backend.FailedAttempts;
import dev.nectar.backend.Fallback;
import dev.nectar.backend.ImageBackend;
import dev.nectar.backend.RoundOutcome;
import dev.nectar.cache.CacheEntry;
import dev.nectar.http.Deadline;
import dev.nectar.image.ImageSource;
import dev.nectar.observe.StageTimes;
import dev.nectar.observe.StageTimes.Stage;
import dev.nectar.prompt.PromptOptimizer;
import dev.nectar.prompt.Rewording;
import dev.nectar.prompt.SafetyRewriter;
import java.util.Optional;

/** One generation, from what the cache knows to what it keeps, by its deadline. */
record Generation(
    Stages stages,
    ImageKeeper keeper,
    Admission admission,
    GenerationStory story,
    Flight flight,
    Deadline deadline) {

  /** The order of the stages. What another flight has kept a moment ago is found here. */
  Flight.Outcome run() {
    var entry = story.isAnew() ? Optional.<CacheEntry>empty() : keeper.cache().find(story.key());
    var known = entry.flatMap(GenerationResult::known);
    if (known.isPresent()) {
      return new Flight.Outcome(known.get(), true);
    }
    if (entry.isPresent() && entry.get() instanceof CacheEntry.Blocked blocked) {
      story.recalled(blocked);
      return new Flight.Outcome(fallBack(), false);
    }
    optimize();
    var result =
        switch (paint()) {
          case RoundOutcome.Done(var painted, _) ->
              keeper.keep(painted, ImageSource.BACKEND, story, flight, deadline);
          case RoundOutcome.Blocked(_, var certain) -> {
            if (certain && story.isBlockFinal()) {
              keeper.remember(story.blocked(), story, flight);
            }
            yield fallBack();
          }
          case RoundOutcome.OutOfBudget(var end) when lastResort().isEmpty() ->
              story.outOfBudget(end);
          case RoundOutcome.TooLong _,
              RoundOutcome.Unfit _,
              RoundOutcome.Exhausted _,
              RoundOutcome.OutOfBudget _ ->
              fallBack();
        };
    return new Flight.Outcome(result, false, story.usage());
  }

  private void optimize() {
    if (stages.optimizer().isActive() && story.mayOptimize()) {
      story.begins(new Progress.Optimizing());
      story.optimized(stages.times().of(Stage.OPTIMIZE, this::better));
    }
  }

  private String better() {
    return stages.optimizer().optimize(story.prompt(), story.inputImages(), deadline);
  }

  private RoundOutcome paint() {
    var outcome = ask();
    for (var rewrites = 0;
        rewrites < stages.maxRewrites()
            && outcome instanceof RoundOutcome.NonePainted none
            && none.mayBeRewritten();
        rewrites++) {
      story.begins(new Progress.Rewriting());
      switch (stages.times().of(Stage.REWRITE, this::reword)) {
        case Rewording.Reworded(var safer) -> {
          story.rewritten(safer);
          outcome = ask();
        }
        case Rewording.NoOtherWords _ -> {
          story.notRewritten();
          return outcome;
        }
        case Rewording.Failed _ -> {
          story.rewritingFailed();
          return outcome;
        }
      }
    }
    return outcome;
  }

  private Rewording reword() {
    return stages.rewriter().rewrite(story.prompt(), story.inputImages(), deadline);
  }

  private RoundOutcome ask() {
    var outcome =
        stages
            .times()
            .of(
                Stage.BACKENDS,
                () -> stages.backends().paint(story.paintRequest(), deadline, story));
    story.asked(outcome);
    return outcome;
  }

  private GenerationResult fallBack() {
    if (deadline.hasPassed()) {
      return new GenerationResult.TimedOut();
    }
    return lastResort().map(this::fallBackTo).orElseGet(story::failed);
  }

  /** Empty if there is none, or none for this image. */
  private Optional<ImageBackend> lastResort() {
    return stages.fallback().painter().filter(_ -> story.isMadeFromUrls());
  }

  /** What the deadline or a stop has cut off says nothing of the fallback. */
  private GenerationResult fallBackTo(ImageBackend fallback) {
    story.fallsBack();
    var reply =
        stages.times().of(Stage.FALLBACK, () -> fallback.paint(story.paintRequest(), deadline));
    story.fellBack(reply);
    if (reply instanceof Painted painted) {
      return keeper.keep(painted, ImageSource.FALLBACK, story, flight, deadline);
    }
    if (deadline.hasPassed()) {
      return new GenerationResult.TimedOut();
    }
    if (admission.isClosed()) {
      return new GenerationResult.ShuttingDown();
    }
    story.fallbackFailed().ifPresent(failure -> keeper.remember(failure, story, flight));
    return story.failed();
  }

  /**
   * What a generation passes through; a stage that is off does nothing.
   *
   * @param failures where it is noted what did not paint
   * @param times that they take
   */
  record Stages(
      PromptOptimizer optimizer,
      BackendRound backends,
      SafetyRewriter rewriter,
      int maxRewrites,
      Fallback fallback,
      FailedAttempts failures,
      StageTimes times) {}
}
