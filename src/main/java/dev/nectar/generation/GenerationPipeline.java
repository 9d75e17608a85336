package dev.nectar.generation;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.account.Accounts;
import dev.nectar.account.Accounts.Charge;
import dev.nectar.cache.CacheKey;
import dev.nectar.cache.CacheStore;
import dev.nectar.cache.KeyLeases;
import dev.nectar.http.Deadline;
import dev.nectar.image.ImageRequest;
import dev.nectar.observe.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks in the cache; on a miss optimizes the prompt, asks the back ends, rewrites what they refuse
 * and asks again, falls back, stores, and answers everyone who waits.
 */
public final class GenerationPipeline {

  /** What became of the wish to forget an image. */
  public enum Forgetting {
    FORGOTTEN,
    NOTHING_TO_FORGET,

    /** The store did not take it: the image may be served still. */
    FAILED
  }

  private static final Logger log = LoggerFactory.getLogger(GenerationPipeline.class);

  private final CacheStore cache;
  private final Generation.Stages stages;
  private final ImageKeeper keeper;
  private final Till till;
  private final KeyLeases leases;
  private final Admission admission;
  private final InstantSource clock;
  private final Ticker ticker;
  private final InFlight flights;
  private final GenerationMeters meters;
  private final Traces traces;

  GenerationPipeline(
      Generation.Stages stages,
      ImageKeeper keeper,
      Till till,
      KeyLeases leases,
      GenerationSettings settings,
      MeterRegistry registry,
      Traces traces,
      InstantSource clock,
      Ticker ticker) {
    this.cache = keeper.cache();
    this.stages = stages;
    this.keeper = keeper;
    this.till = till;
    this.leases = leases;
    this.admission = new Admission(leases, settings, ticker);
    this.meters = new GenerationMeters(registry, admission);
    this.flights = new InFlight(settings.maxWaiters());
    this.traces = traces;
    this.clock = clock;
    this.ticker = ticker;
  }

  /** The image of a request; close the answer when it is no longer read. */
  public ImageAnswer image(ImageRequest request, Caller caller) {
    var answer = meters.count(find(request, caller));
    till.answered(caller.payer(), answer);
    return answer;
  }

  /** Whether the caller's key is for the model of this image. */
  public boolean opens(ImageRequest request, Caller caller) {
    return till.opens(caller.payer(), request);
  }

  private ImageAnswer find(ImageRequest request, Caller caller) {
    if (!opens(request, caller)) {
      return refusal(new GenerationResult.ModelNotAllowed());
    }
    var key = CacheKey.of(request);
    var known =
        caller.anew()
            ? Optional.<GenerationResult>empty()
            : cache.find(key).flatMap(GenerationResult::known);
    return known
        .map(hit -> hit(hit, caller))
        .orElseGet(() ->
            hasInputs(request, caller)
                ? flights.join(key, caller, flight -> begin(request, key, caller, flight))
                : flights.follow(key, caller));
  }

  private static ImageAnswer hit(GenerationResult hit, Caller caller) {
    caller.inputs().settle();
    return new ImageAnswer(hit, ImageAnswer.CacheUse.HIT, () -> {});
  }

  /** A link names them, and does not bring them along. */
  private static boolean hasInputs(ImageRequest request, Caller caller) {
    return request.inputs().isEmpty() || !caller.inputs().images().isEmpty();
  }

  private static ImageAnswer refusal(GenerationResult.NoImage reason) {
    return new ImageAnswer(reason, ImageAnswer.CacheUse.MISS, () -> {});
  }

  /** How one caller gets several images side by side, of which it may have all made or none. */
  public Function<ImageRequest, ImageAnswer> together(List<ImageRequest> requests, Caller caller) {
    var together = reserve(requests, caller);
    return request -> together.image(request, caller);
  }

  /** Reserves what several images can cost that nobody has made or makes. */
  public Together reserve(List<ImageRequest> requests, Caller caller) {
    if (requests.size() <= 1 || caller.payer().budget() == null) {
      return Together.unreserved(this::image);
    }
    var missing = requests.stream().filter(request -> isMissing(request, caller)).toList();
    return switch (till.reserve(caller.payer(), missing)) {
      case Accounts.Granted(var charges) ->
          Together.reserved(
              this::image, till.new Prepaid(caller.allowance(), charges, requests.size()));
      case Accounts.Denied denied -> refused(unpaid(denied));
    };
  }

  /** Why these can't be made for the caller; empty if all of them could begin now. */
  public Optional<GenerationResult.NoImage> refusal(List<ImageRequest> requests, Caller caller) {
    if (!requests.stream().allMatch(request -> opens(request, caller))) {
      return Optional.of(new GenerationResult.ModelNotAllowed());
    }
    return switch (till.reserve(caller.payer(), requests)) {
      case Accounts.Granted(var charges) -> {
        till.giveBack(charges);
        yield Optional.empty();
      }
      case Accounts.Denied denied -> Optional.of(unpaid(denied));
    };
  }

  private GenerationResult.NoImage unpaid(Accounts.Denied denied) {
    return switch (denied) {
      case Accounts.UsedUp(var next) ->
          new GenerationResult.BudgetUsedUp(
              next == null ? null : Duration.between(clock.instant(), next));
      case Accounts.Unknown _ -> new GenerationResult.LedgerUnreadable();
    };
  }

  private Together refused(GenerationResult.NoImage reason) {
    return Together.refused((_, _) -> meters.count(refusal(reason)));
  }

  private boolean isMissing(ImageRequest request, Caller caller) {
    var key = CacheKey.of(request);
    return opens(request, caller)
        && !flights.isUnderWay(key)
        && cache.find(key).flatMap(GenerationResult::known).isEmpty();
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
    var start = ticker.read();
    try (var step = traces.begin("generation")) {
      var outcome = charged(request, key, caller, flight);
      step.with("nectar.request.id", caller.requestId())
          .with("nectar.outcome", GenerationMeters.outcome(outcome.result()));
      if (!outcome.found()) {
        meters.time(outcome.result(), Duration.ofNanos(ticker.read() - start));
      }
      if (outcome.result() instanceof GenerationResult.NoImage) {
        step.failed();
      }
      return outcome;
    }
  }

  /** What can't be paid for is refused before anything is asked. */
  private Flight.Outcome charged(ImageRequest request, CacheKey key, Caller caller, Flight flight) {
    var charge = caller.allowance().prepaid();
    if (charge.isPresent()) {
      return begin(request, key, caller, flight, charge.get());
    }
    return switch (till.reserve(caller.payer(), List.of(request))) {
      case Accounts.Granted(var charges) -> begin(request, key, caller, flight, charges.getFirst());
      case Accounts.Denied denied -> notBegun(caller, unpaid(denied));
    };
  }

  private static Flight.Outcome notBegun(Caller caller, GenerationResult.NoImage reason) {
    caller.allowance().giveBack();
    return new Flight.Outcome(reason, false);
  }

  private Flight.Outcome begin(
      ImageRequest request, CacheKey key, Caller caller, Flight flight, Charge charge) {
    var bill = till.new Bill(charge);
    var story =
        new GenerationStory(
            request, key, caller, flight, stages.failures(), till, bill, clock, ticker);
    story.begins(new Progress.Queued());
    try {
      return admission.admit(key, (deadline, lease) -> generate(story, flight, deadline, lease));
    } finally {
      bill.settle();
      if (story.isEmpty()) {
        caller.allowance().giveBack();
      }
    }
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
    var landed = flights.awaitAll(patience);
    flights.abandon();
    return landed;
  }
}
