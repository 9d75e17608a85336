package dev.nectar.generation;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.cache.CacheKey;
import dev.nectar.cache.CacheStore;
import dev.nectar.cache.KeyLeases;
import dev.nectar.http.Deadline;
import dev.nectar.image.ImageRequest;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks in the cache; on a miss optimizes the prompt, asks the back ends, rewrites what they refuse
 * and asks again, falls back, stores, and answers everyone who waits.
 */
public final class GenerationPipeline {

  private static final Logger log = LoggerFactory.getLogger(GenerationPipeline.class);

  private final CacheStore cache;
  private final Stages stages;
  private final ImageKeeper keeper;
  private final KeyLeases leases;
  private final Admission admission;
  private final InstantSource clock;
  private final Ticker ticker;
  private final InFlight flights;
  private final GenerationMeters meters;

  GenerationPipeline(
      Stages stages,
      ImageKeeper keeper,
      KeyLeases leases,
      GenerationSettings settings,
      MeterRegistry registry,
      InstantSource clock,
      Ticker ticker) {
    this.cache = keeper.cache();
    this.stages = stages;
    this.keeper = keeper;
    this.leases = leases;
    this.admission = new Admission(leases, settings, ticker);
    this.meters = new GenerationMeters(registry, admission);
    this.flights = new InFlight(settings.maxWaiters());
    this.clock = clock;
    this.ticker = ticker;
  }

  /** The image of a request; close the answer when it is no longer read. */
  public ImageAnswer image(ImageRequest request, Caller caller) {
    var key = CacheKey.of(request);
    var known =
        caller.anew()
            ? Optional.<GenerationResult>empty()
            : cache.find(key).flatMap(GenerationResult::known);
    return meters.count(
        known
            .map(hit -> new ImageAnswer(hit, ImageAnswer.CacheUse.HIT, () -> {}))
            .orElseGet(
                () -> flights.join(key, caller, flight -> begin(request, key, caller, flight))));
  }

  /**
   * The image that a client was told of by an answer that was counted; it is not counted again.
   * Empty if it is not kept, or not any more. Close the answer when it is no longer read.
   */
  public Optional<ImageAnswer> kept(ImageRequest request) {
    return cache
        .find(CacheKey.of(request))
        .flatMap(GenerationResult::known)
        .map(hit -> new ImageAnswer(hit, ImageAnswer.CacheUse.HIT, () -> {}));
  }

  /** Whether an image is being made, or is kept and was made at that time or later. */
  public boolean isMadeSince(Instant time, ImageRequest request) {
    var key = CacheKey.of(request);
    return flights.isUnderWay(key)
        || cache
            .find(key)
            .filter(entry -> !entry.provenance().createdAt().isBefore(time))
            .flatMap(GenerationResult::known)
            .filter(known -> !(known instanceof GenerationResult.NoImage))
            .isPresent();
  }

  private Flight.Outcome begin(ImageRequest request, CacheKey key, Caller caller, Flight flight) {
    var story =
        new GenerationStory(
            request, key, caller, flight.announcements(), stages.failures(), clock, ticker);
    story.begins(new Progress.Queued());
    var outcome =
        admission.admit(key, (deadline, lease) -> generate(story, flight, deadline, lease));
    if (story.isEmpty()) {
      caller.allowance().giveBack();
    }
    return outcome;
  }

  private Flight.Outcome generate(
      GenerationStory story, Flight flight, Deadline deadline, KeyLeases.Lease lease) {
    flight.begin(lease);
    var outcome = new Generation(stages, keeper, admission, story, flight, deadline).run();
    if (!outcome.found()) {
      story.close(outcome.result());
      if (lease.isRevoked()) {
        forget(story.key());
      }
    }
    return outcome;
  }

  /** Forgets an image, also one that is being made. */
  public Forgetting forget(CacheKey key) {
    var underWayHere = flights.forget(key);
    var underWay = leases.revoke(key) || underWayHere;
    try {
      return cache.delete(key) || underWay ? Forgetting.FORGOTTEN : Forgetting.NOTHING_TO_FORGET;
    } catch (IOException e) {
      log.warn("{} can't be forgotten: {}", key.abbreviated(), e.toString());
      return Forgetting.FAILED;
    }
  }

  public GenerationStatus status() {
    return new GenerationStatus(
        admission.running(),
        admission.waiting(),
        meters.of(ImageAnswer.CacheUse.HIT),
        meters.of(ImageAnswer.CacheUse.MISS),
        meters.of(ImageAnswer.CacheUse.COALESCED),
        new GenerationStatus.Failures(
            meters.failed(ImageAnswer.CacheUse.HIT),
            meters.failed(ImageAnswer.CacheUse.MISS),
            meters.failed(ImageAnswer.CacheUse.COALESCED)));
  }

  /** Since the last call. */
  public GenerationStatus.Peaks peaks() {
    return admission.peaks();
  }

  /** Begins nothing new from now on; whether what was under way ended in time. */
  boolean close(Duration patience) {
    admission.close();
    return flights.awaitAll(patience);
  }
}
