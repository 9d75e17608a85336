package dev.nectar.generation;

import dev.nectar.backend.BackendReply.Painted;
import dev.nectar.backend.FailedAttempts;
import dev.nectar.backend.ImageBackend;
import dev.nectar.backend.RoundOutcome;
import dev.nectar.cache.CacheEntry;
import dev.nectar.cache.CacheKey;
import dev.nectar.cache.CacheStore;
import dev.nectar.cache.KeyLeases;
import dev.nectar.cache.WarningLimit;
import dev.nectar.http.Deadline;
import dev.nectar.image.ImageRequest;
import dev.nectar.image.ImageSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Looks in the cache; on a miss optimizes the prompt, asks the back ends, rewrites what they refuse
 * and asks again, falls back, stores, and answers everyone who waits.
 */
public final class GenerationPipeline {

  private final CacheStore cache;
  private final Stages stages;
  private final ImagePlace place;
  private final ImageKeeper keeper;
  private final KeyLeases leases;
  private final FailedAttempts failures;
  private final Runway runway;
  private final InstantSource clock;
  private final InFlight flights = new InFlight();
  private final CacheUseCounts counts = new CacheUseCounts();

  GenerationPipeline(
      CacheStore cache,
      Stages stages,
      ImagePlace place,
      KeyLeases leases,
      FailedAttempts failures,
      GenerationSettings settings,
      InstantSource clock) {
    this.cache = cache;
    this.stages = stages;
    this.place = place;
    this.keeper = new ImageKeeper(place, cache, new WarningLimit(clock));
    this.leases = leases;
    this.failures = failures;
    this.runway = new Runway(leases, settings, clock);
    this.clock = clock;
  }

  /** The image of a request; close the answer when it is no longer read. */
  public ImageAnswer image(ImageRequest request, Caller caller) {
    var key = CacheKey.of(request);
    while (true) {
      var answer =
          (caller.anew() ? Optional.<GenerationResult>empty() : cached(key))
              .map(hit -> new ImageAnswer(hit, ImageAnswer.CacheUse.HIT, () -> {}))
              .orElseGet(
                  () -> flights.join(key, caller, flight -> takeOff(request, key, caller, flight)));
      var held = hold(answer);
      if (held.isPresent()) {
        return counts.count(held.get());
      }
      answer.close();
    }
  }

  /** Empty if what was found is gone before it could be read. */
  private Optional<ImageAnswer> hold(ImageAnswer answer) {
    return answer.result() instanceof GenerationResult.Stored(var entry)
        ? place.hold(entry).map(answer::holding)
        : Optional.of(answer);
  }

  private GenerationResult takeOff(
      ImageRequest request, CacheKey key, Caller caller, Flight flight) {
    var story = new GenerationStory(request, key, caller, flight.announcements(), failures, clock);
    story.begins(new Progress.Queued());
    var result = runway.clear(key, (deadline, lease) -> fly(story, flight, deadline, lease));
    if (story.isEmpty()) {
      caller.admission().giveBack();
    }
    return result;
  }

  private Optional<GenerationResult> cached(CacheKey key) {
    return cache
        .find(key)
        .flatMap(entry ->
            switch (entry) {
              case CacheEntry.Stored stored -> Optional.of(new GenerationResult.Stored(stored));
              case CacheEntry.Hosted hosted -> Optional.of(new GenerationResult.Hosted(hosted));
              case CacheEntry.FallbackFailed note ->
                  Optional.of(GenerationResult.Failed.justNow(note));
              case CacheEntry.Blocked _ -> Optional.empty();
            });
  }

  private GenerationResult fly(
      GenerationStory story, Flight flight, Deadline deadline, KeyLeases.Lease lease) {
    var result = generate(story, flight, deadline);
    if (!flight.isSpared()) {
      story.close(result);
      if (lease.isRevoked()) {
        cache.delete(story.key());
      }
    }
    return result;
  }

  /** The order of the stages. What another flight has kept a moment ago is found here. */
  private GenerationResult generate(GenerationStory story, Flight flight, Deadline deadline) {
    return switch (story.isAnew() ? null : cache.find(story.key()).orElse(null)) {
      case CacheEntry.Stored stored -> flight.spare(new GenerationResult.Stored(stored));
      case CacheEntry.Hosted hosted -> flight.spare(new GenerationResult.Hosted(hosted));
      case CacheEntry.FallbackFailed note -> flight.spare(GenerationResult.Failed.justNow(note));
      case CacheEntry.Blocked blocked -> {
        story.recalled(blocked);
        yield fallBack(story, flight, deadline);
      }
      case null -> {
        optimize(story, deadline);
        yield switch (paint(story, deadline)) {
          case RoundOutcome.Done(var painted, _) ->
              keeper.keep(painted, ImageSource.BACKEND, story, flight, deadline);
          case RoundOutcome.Blocked(_, var certain) -> {
            if (certain) {
              keeper.remember(story.blocked(), story, flight);
            }
            yield fallBack(story, flight, deadline);
          }
          case RoundOutcome.TooLong _, RoundOutcome.Unfit _, RoundOutcome.Exhausted _ ->
              fallBack(story, flight, deadline);
        };
      }
    };
  }

  private void optimize(GenerationStory story, Deadline deadline) {
    if (stages.optimizer().isActive() && story.mayOptimize()) {
      story.begins(new Progress.Optimizing());
      story.optimized(stages.optimizer().optimize(story.prompt(), deadline));
    }
  }

  private RoundOutcome paint(GenerationStory story, Deadline deadline) {
    var outcome = ask(story, deadline);
    for (var rewrites = 0;
        rewrites < stages.maxRewrites()
            && outcome instanceof RoundOutcome.NonePainted none
            && none.mayBeRewritten();
        rewrites++) {
      story.begins(new Progress.Rewriting());
      var safer = stages.rewriter().rewrite(story.prompt(), deadline);
      if (safer.isEmpty()) {
        story.notRewritten();
        break;
      }
      story.rewritten(safer.get());
      outcome = ask(story, deadline);
    }
    return outcome;
  }

  private RoundOutcome ask(GenerationStory story, Deadline deadline) {
    var outcome = stages.backends().paint(story.paintRequest(), deadline, story);
    story.asked(outcome);
    return outcome;
  }

  private GenerationResult fallBack(GenerationStory story, Flight flight, Deadline deadline) {
    if (deadline.hasPassed()) {
      return new GenerationResult.TimedOut();
    }
    return stages
        .fallback()
        .painter()
        .map(fallback -> fallBackTo(fallback, story, flight, deadline))
        .orElseGet(() -> story.failed());
  }

  private GenerationResult fallBackTo(
      ImageBackend fallback, GenerationStory story, Flight flight, Deadline deadline) {
    story.begins(new Progress.FallingBack());
    var start = clock.instant();
    var reply = fallback.paint(story.paintRequest(), deadline);
    story.askedFallback(reply, Duration.between(start, clock.instant()));
    if (reply instanceof Painted painted) {
      return keeper.keep(painted, ImageSource.FALLBACK, story, flight, deadline);
    }
    if (deadline.hasPassed()) {
      return new GenerationResult.TimedOut();
    }
    // One that a shutdown may have cut off has not failed.
    if (!runway.isClosed()) {
      story.fallbackFailed().ifPresent(failure -> keeper.remember(failure, story, flight));
    }
    return story.failed();
  }

  /** Forgets an image, also one that is being made; whether there was anything to forget. */
  public boolean forget(CacheKey key) {
    var underWayHere = flights.forget(key);
    var underWay = leases.revoke(key) || underWayHere;
    return cache.delete(key) || underWay;
  }

  public GenerationStatus status() {
    return new GenerationStatus(
        runway.running(),
        runway.waiting(),
        counts.of(ImageAnswer.CacheUse.HIT),
        counts.of(ImageAnswer.CacheUse.MISS),
        counts.of(ImageAnswer.CacheUse.COALESCED),
        counts.failed());
  }

  /** Begins nothing new from now on; whether what was under way ended in time. */
  boolean close(Duration patience) {
    runway.close();
    return flights.awaitLanding(patience);
  }
}
