package dev.nectar.generation;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.cache.CacheKey;
import dev.nectar.cache.Provenance;
import dev.nectar.generation.ImageAnswer.CacheUse;
import dev.nectar.image.ImageSource;
import dev.nectar.image.SampleImages;
import dev.nectar.image.StagingArea;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InFlightTest {

  private static final CacheKey KEY = new CacheKey(1, 2, 3, 4);
  private static final GenerationResult RESULT =
      new GenerationResult.Failed("back ends", GenerationResult.Failed.Reason.OTHER);

  private static final Duration WAIT = Duration.ofSeconds(7);
  private static final Caller ANYONE = new Caller("id", Admission.FREE);
  private static final Admission REFUSING =
      new Admission() {
        @Override
        public Optional<Duration> refusal() {
          return Optional.of(WAIT);
        }

        @Override
        public void giveBack() {
          throw new AssertionError("nothing was given");
        }
      };

  private final InFlight flights = new InFlight();
  private final CountDownLatch clearance = new CountDownLatch(1);
  private final AtomicInteger flown = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() {
    clearance.countDown();
    threads.close();
  }

  @Test
  void second_whileTheFirstFlies_joinsIt() throws Exception {
    var first = join(KEY);
    await().until(() -> flown.get() == 1);
    var second = new CompletableFuture<ImageAnswer>();
    var passenger =
        Thread.ofVirtual()
            .start(() -> second.complete(flights.join(KEY, ANYONE, flight -> RESULT)));
    await().until(() -> passenger.getState() == Thread.State.WAITING);
    clearance.countDown();

    assertThat(first.get(10, SECONDS).cacheUse()).isEqualTo(CacheUse.MISS);
    assertThat(second.get(10, SECONDS).cacheUse()).isEqualTo(CacheUse.COALESCED);
    assertThat(second.get(10, SECONDS).result()).isEqualTo(RESULT);
    assertThat(flown).hasValue(1);
  }

  @Test
  void generation_spared_isAHit() {
    var answer = flights.join(KEY, ANYONE, flight -> flight.spare(RESULT));

    assertThat(answer.cacheUse()).isEqualTo(CacheUse.HIT);
    assertThat(answer.result()).isEqualTo(RESULT);
  }

  @Test
  void refused_withoutAFlight_beginsNoneAndLeavesTheNextOneFree() {
    var answer = flights.join(KEY, new Caller("id", REFUSING), flight -> RESULT);

    assertThat(answer.result()).isEqualTo(new GenerationResult.RateLimited(WAIT));
    assertThat(answer.cacheUse()).isEqualTo(CacheUse.MISS);
    assertThat(flights.forget(KEY)).isFalse();
    assertThat(flights.join(KEY, ANYONE, flight -> RESULT).result()).isEqualTo(RESULT);
  }

  @Test
  void refused_duringAFlight_joinsIt() throws Exception {
    var first = join(KEY);
    await().until(() -> flown.get() == 1);
    var joined = new CompletableFuture<ImageAnswer>();
    var passenger =
        Thread.ofVirtual()
            .start(() ->
                joined.complete(flights.join(KEY, new Caller("id", REFUSING), flight -> RESULT)));
    await().until(() -> passenger.getState() == Thread.State.WAITING);
    clearance.countDown();

    assertThat(joined.get(10, SECONDS).result()).isEqualTo(RESULT);
    assertThat(joined.get(10, SECONDS).cacheUse()).isEqualTo(CacheUse.COALESCED);
    first.get(10, SECONDS).close();
  }

  @Test
  void watchers_hearWhatTheFlightIsAt() throws Exception {
    var first = new LinkedBlockingQueue<Progress>();
    var second = new LinkedBlockingQueue<Progress>();
    var answer = watch(first);
    await().untilAsserted(() -> assertThat(first).containsExactly(new Progress.Queued()));

    var late = watch(second);
    await().untilAsserted(() -> assertThat(second).containsExactly(new Progress.Queued()));
    clearance.countDown();

    assertThat(answer).succeedsWithin(Duration.ofSeconds(10));
    assertThat(late).succeedsWithin(Duration.ofSeconds(10));
    assertThat(first).containsExactly(new Progress.Queued(), new Progress.Storing());
    assertThat(second).isSubsetOf(new Progress.Queued(), new Progress.Storing());
  }

  private CompletableFuture<ImageAnswer> watch(LinkedBlockingQueue<Progress> heard) {
    return CompletableFuture.supplyAsync(
        () ->
            flights.join(
                KEY,
                ANYONE.watching(heard::add),
                flight -> {
                  flight.announcements().announce(new Progress.Queued());
                  awaitClearance();
                  flight.announcements().announce(new Progress.Storing());
                  return RESULT;
                }),
        threads);
  }

  @Test
  void next_afterTheFlightLandedAndAllLeft_fliesAnew() throws Exception {
    clearance.countDown();
    join(KEY).get(10, SECONDS).close();
    var next = join(KEY).get(10, SECONDS);

    assertThat(next.cacheUse()).isEqualTo(CacheUse.MISS);
    assertThat(flown).hasValue(2);
  }

  @Test
  void generation_thrown_isAFailureForAll() {
    var answer =
        flights.join(
            KEY,
            ANYONE,
            flight -> {
              throw new IllegalStateException("a surprise");
            });

    assertThat(answer.result()).isInstanceOf(GenerationResult.Failed.class);
  }

  @Test
  void forgotten_keepsNothingAndTakesNobodyMoreAboard() throws Exception {
    var kept = new CompletableFuture<Boolean>();
    var answer =
        CompletableFuture.supplyAsync(
            () ->
                flights.join(
                    KEY,
                    ANYONE,
                    flight -> {
                      flown.incrementAndGet();
                      awaitClearance();
                      try {
                        kept.complete(flight.unlessForgotten(() -> "kept").isPresent());
                      } catch (IOException e) {
                        kept.completeExceptionally(e);
                      }
                      return RESULT;
                    }),
            threads);
    await().until(() -> flown.get() == 1);

    assertThat(flights.forget(KEY)).isTrue();
    assertThat(flights.forget(KEY)).isFalse();
    var next = join(KEY);
    clearance.countDown();

    assertThat(kept.get(10, SECONDS)).isFalse();
    assertThat(answer.get(10, SECONDS).result()).isEqualTo(RESULT);
    assertThat(next.get(10, SECONDS).cacheUse()).isEqualTo(CacheUse.MISS);
    assertThat(flown).hasValue(2);
  }

  @Test
  void landing_isAwaitedWithPatience() {
    var answer = join(KEY);
    await().until(() -> flown.get() == 1);

    assertThat(flights.awaitLanding(Duration.ofMillis(1))).isFalse();
    clearance.countDown();
    assertThat(flights.awaitLanding(Duration.ofSeconds(10))).isTrue();
    assertThat(answer).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void imageJustMade_livesUntilTheLastHasLeft(@TempDir Path directory) throws Exception {
    var staging = new StagingArea(directory, 1_000);
    var image = SampleImages.stage(staging, SampleImages.png(100, 1));
    var provenance =
        new Provenance(null, null, null, null, ImageSource.BACKEND, null, Instant.EPOCH);
    var flight = new Flight();
    assertThat(flight.board()).isTrue();
    assertThat(flight.board()).isTrue();
    flight.land(new GenerationResult.Made(image, provenance, false));
    flight.leave();

    assertThat(directory).isNotEmptyDirectory();
    flight.leave();
    assertThat(directory).isEmptyDirectory();
    assertThat(flight.board()).isFalse();
  }

  private CompletableFuture<ImageAnswer> join(CacheKey key) {
    return CompletableFuture.supplyAsync(
        () ->
            flights.join(
                key,
                ANYONE,
                flight -> {
                  flown.incrementAndGet();
                  awaitClearance();
                  return RESULT;
                }),
        threads);
  }

  private void awaitClearance() {
    try {
      assertThat(clearance.await(10, SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
