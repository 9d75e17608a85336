package dev.nectar.generation;

import dev.nectar.cache.CacheKey;
import dev.nectar.observe.Waiting;
import dev.nectar.observe.Work;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One flight a key. A flight runs on a thread of its own: callers may go away, the image is paid
 * for all the same.
 */
final class InFlight {

  private static final Logger log = LoggerFactory.getLogger(InFlight.class);

  private final ConcurrentHashMap<CacheKey, Flight> flights = new ConcurrentHashMap<>();
  private final Semaphore waiters;

  /**
   * No flight yet.
   *
   * @param maxWaiters requests that may wait at a time, for all flights together
   */
  InFlight(int maxWaiters) {
    this.waiters = new Semaphore(maxWaiters);
  }

  /**
   * What a flight of this key comes to: of the one under way, or of a new one. A refusal concerns
   * the one who asked; whoever comes next is asked anew.
   */
  ImageAnswer join(CacheKey key, Caller caller, Function<Flight, Flight.Outcome> generation) {
    return bounded(() -> wait(key, caller, generation));
  }

  private ImageAnswer bounded(Supplier<ImageAnswer> wait) {
    Waiting.begin();
    if (!waiters.tryAcquire()) {
      return none(new GenerationResult.Overloaded());
    }
    try {
      while (true) {
        var answer = wait.get();
        if (answer.cacheUse() == ImageAnswer.CacheUse.MISS || !answer.result().isOfBeginner()) {
          return answer;
        }
        answer.close();
      }
    } finally {
      waiters.release();
    }
  }

  private static ImageAnswer none(GenerationResult.NoImage reason) {
    return new ImageAnswer(reason, ImageAnswer.CacheUse.MISS, () -> {});
  }

  /** What the flight of this key that is under way comes to; none is begun. */
  ImageAnswer follow(CacheKey key, Caller caller) {
    return bounded(() -> {
      var flight = flights.get(key);
      if (flight == null || !flight.join()) {
        return none(new GenerationResult.InputsGone());
      }
      flight.joinedBy(caller.requestId());
      flight.announcements().listen(caller.watcher());
      return await(flight, caller, false);
    });
  }

  private ImageAnswer wait(
      CacheKey key, Caller caller, Function<Flight, Flight.Outcome> generation) {
    if (!caller.inputs().join()) {
      return none(new GenerationResult.CallerGone());
    }
    var fresh = new Flight();
    var flight =
        flights.compute(
            key,
            (_, current) ->
                current != null && current.join() ? current : allowed(fresh, caller.allowance()));
    if (flight != fresh) {
      caller.inputs().leave();
    }
    if (flight == null) {
      caller.inputs().settle();
      return new ImageAnswer(fresh.await().result(), ImageAnswer.CacheUse.MISS, () -> {});
    }
    flight.announcements().listen(caller.watcher());
    if (flight == fresh) {
      caller.inputs().settle();
      flight.join();
      Thread.ofVirtual()
          .name("flight-" + key.abbreviated())
          .start(Work.carried(() -> run(key, flight, caller.inputs(), generation)));
    } else {
      flight.joinedBy(caller.requestId());
    }
    var answer = await(flight, caller, flight == fresh);
    if (flight != fresh && !answer.result().isOfBeginner()) {
      caller.inputs().settle();
    }
    return answer;
  }

  private static ImageAnswer await(Flight flight, Caller caller, boolean first) {
    var outcome = flight.await(caller.presence());
    return new ImageAnswer(
        outcome.map(Flight.Outcome::result).orElseGet(GenerationResult.CallerGone::new),
        use(first, outcome),
        outcome.map(Flight.Outcome::usage).orElse(null),
        flight::leave);
  }

  private static ImageAnswer.CacheUse use(boolean first, Optional<Flight.Outcome> outcome) {
    if (!first) {
      return ImageAnswer.CacheUse.COALESCED;
    }
    return outcome.filter(Flight.Outcome::found).isPresent()
        ? ImageAnswer.CacheUse.HIT
        : ImageAnswer.CacheUse.MISS;
  }

  private static @Nullable Flight allowed(Flight fresh, Allowance allowance) {
    var refusal = allowance.refusal();
    refusal.ifPresent(
        wait -> fresh.end(new Flight.Outcome(new GenerationResult.RateLimited(wait), false)));
    return refusal.isPresent() ? null : fresh;
  }

  private void run(
      CacheKey key,
      Flight flight,
      SharedInputs inputs,
      Function<Flight, Flight.Outcome> generation) {
    var outcome =
        new Flight.Outcome(
            new GenerationResult.Failed("an internal fault", GenerationResult.Failed.Reason.OTHER),
            false);
    try {
      outcome = generation.apply(flight);
    } catch (RuntimeException | Error e) {
      log.error("Generation {} broke off.", key.abbreviated(), e);
    } finally {
      inputs.leave();
      flights.remove(key, flight);
      flight.end(outcome);
    }
  }

  boolean isUnderWay(CacheKey key) {
    return flights.containsKey(key);
  }

  /** Whether there was a flight, which now leaves nothing behind and lets nobody join it. */
  boolean forget(CacheKey key) {
    var flight = flights.remove(key);
    if (flight == null) {
      return false;
    }
    flight.forget();
    return true;
  }

  /** Waits until all flights of this moment have ended; false if some had not in time. */
  boolean awaitAll(Duration patience) {
    var outcomes =
        flights.values().stream().map(Flight::outcome).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(outcomes).get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Tells those who wait that the server stops; what still lands is kept all the same. */
  void abandon() {
    flights
        .values()
        .forEach(flight ->
            flight.answer(new Flight.Outcome(new GenerationResult.ShuttingDown(), false)));
  }
}
