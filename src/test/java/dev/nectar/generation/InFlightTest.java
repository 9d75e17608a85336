package dev.nectar.generation;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.cache.CacheKey;
import dev.nectar.cache.Provenance;
import dev.nectar.generation.ImageAnswer.CacheUse;
import dev.nectar.image.ImageSource;
import dev.nectar.image.SampleImages;
import dev.nectar.image.staging.StagingArea;
import dev.nectar.observe.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
import org.slf4j.MDC;

class InFlightTest {

  private static final CacheKey KEY = new CacheKey(1, 2, 3, 4);
  private static final GenerationResult RESULT =
      new GenerationResult.Failed("back ends", GenerationResult.Failed.Reason.OTHER);
  private static final Flight.Outcome MADE = new Flight.Outcome(RESULT, false);

  private static final Duration WAIT = Duration.ofSeconds(7);
  private static final Caller ANYONE = new Caller("id", Allowance.UNLIMITED, Presence.ASSUMED);
  private static final Allowance REFUSING =
      new Allowance() {
        @Override
        public Optional<Duration> refusal() {
          return Optional.of(WAIT);
        }

        @Override
        public void giveBack() {
          throw new AssertionError("nothing was given");
        }
      };

  private final InFlight flights = new InFlight(100);
  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicInteger begun = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() {
    release.countDown();
    threads.close();
  }

  @Test
  void second_duringAFlight_joinsIt() throws Exception {
    var first = join(KEY);
    await().until(() -> begun.get() == 1);
    var second = new CompletableFuture<ImageAnswer>();
    var joining =
        Thread.ofVirtual().start(() -> second.complete(flights.join(KEY, ANYONE, flight -> MADE)));
    await().until(() -> joining.getState() == Thread.State.TIMED_WAITING);
    release.countDown();

    assertThat(first.get(10, SECONDS).cacheUse()).isEqualTo(CacheUse.MISS);
    assertThat(second.get(10, SECONDS).cacheUse()).isEqualTo(CacheUse.COALESCED);
    assertThat(second.get(10, SECONDS).result()).isEqualTo(RESULT);
    assertThat(begun).hasValue(1);
  }

  @Test
  void flight_namesTheRequestsThatItIsFor() throws Exception {
    var named = new CompletableFuture<String>();
    var first = new CompletableFuture<ImageAnswer>();
    try (var _ = Work.forRequest("first")) {
      threads.execute(
          Work.carried(() ->
              first.complete(
                  flights.join(
                      KEY,
                      caller("first"),
                      flight -> {
                        begun.incrementAndGet();
                        awaitRelease();
                        flight.tellWhoWaits();
                        named.complete(MDC.get("requestId") + "," + MDC.get("joined"));
                        return MADE;
                      }))));
    }
    await().until(() -> begun.get() == 1);
    for (var id : List.of("second", "third")) {
      var joining =
          Thread.ofVirtual().start(() -> flights.join(KEY, caller(id), flight -> MADE).close());
      await().until(() -> joining.getState() == Thread.State.TIMED_WAITING);
    }
    release.countDown();

    assertThat(named.get(10, SECONDS)).isEqualTo("first,second,third");
    assertThat(first.get(10, SECONDS).result()).isEqualTo(RESULT);
  }

  private static Caller caller(String id) {
    return new Caller(id, Allowance.UNLIMITED, Presence.ASSUMED);
  }

  @Test
  void generation_thatFindsItsImage_isAHit() {
    var answer = flights.join(KEY, ANYONE, flight -> new Flight.Outcome(RESULT, true));

    assertThat(answer.cacheUse()).isEqualTo(CacheUse.HIT);
    assertThat(answer.result()).isEqualTo(RESULT);
  }

  @Test
  void refused_withoutAFlight_beginsNoneAndLeavesTheNextOneFree() {
    var answer = flights.join(KEY, new Caller("id", REFUSING, Presence.ASSUMED), flight -> MADE);

    assertThat(answer.result()).isEqualTo(new GenerationResult.RateLimited(WAIT));
    assertThat(answer.cacheUse()).isEqualTo(CacheUse.MISS);
    assertThat(flights.forget(KEY)).isFalse();
    assertThat(flights.join(KEY, ANYONE, flight -> MADE).result()).isEqualTo(RESULT);
  }

  @Test
  void refused_duringAFlight_joinsIt() throws Exception {
    var first = join(KEY);
    await().until(() -> begun.get() == 1);
    var joined = new CompletableFuture<ImageAnswer>();
    var joining =
        Thread.ofVirtual()
            .start(() ->
                joined.complete(
                    flights.join(
                        KEY, new Caller("id", REFUSING, Presence.ASSUMED), flight -> MADE)));
    await().until(() -> joining.getState() == Thread.State.TIMED_WAITING);
    release.countDown();

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
    release.countDown();

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
                  awaitRelease();
                  flight.announcements().announce(new Progress.Storing());
                  return MADE;
                }),
        threads);
  }

  @Test
  void next_afterTheFlightEndedAndAllLeft_beginsAnother() throws Exception {
    release.countDown();
    join(KEY).get(10, SECONDS).close();
    var next = join(KEY).get(10, SECONDS);

    assertThat(next.cacheUse()).isEqualTo(CacheUse.MISS);
    assertThat(begun).hasValue(2);
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
  void forgotten_keepsNothingAndLetsNobodyJoin() throws Exception {
    var kept = new CompletableFuture<Boolean>();
    var answer =
        CompletableFuture.supplyAsync(
            () ->
                flights.join(
                    KEY,
                    ANYONE,
                    flight -> {
                      begun.incrementAndGet();
                      awaitRelease();
                      try {
                        kept.complete(flight.unlessForgotten(() -> "kept").isPresent());
                      } catch (IOException e) {
                        kept.completeExceptionally(e);
                      }
                      return MADE;
                    }),
            threads);
    await().until(() -> begun.get() == 1);

    assertThat(flights.forget(KEY)).isTrue();
    assertThat(flights.forget(KEY)).isFalse();
    var next = join(KEY);
    release.countDown();

    assertThat(kept.get(10, SECONDS)).isFalse();
    assertThat(answer.get(10, SECONDS).result()).isEqualTo(RESULT);
    assertThat(next.get(10, SECONDS).cacheUse()).isEqualTo(CacheUse.MISS);
    assertThat(begun).hasValue(2);
  }

  @Test
  void end_isAwaitedWithPatience() {
    var answer = join(KEY);
    await().until(() -> begun.get() == 1);

    assertThat(flights.awaitAll(Duration.ofMillis(1))).isFalse();
    release.countDown();
    assertThat(flights.awaitAll(Duration.ofSeconds(10))).isTrue();
    assertThat(answer).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void imageJustMade_livesUntilTheLastHasLeft(@TempDir Path directory) throws Exception {
    var staging = new StagingArea(directory, 1_000);
    var image = SampleImages.stage(staging, SampleImages.png(100, 1));
    var provenance =
        new Provenance(null, null, null, null, ImageSource.BACKEND, null, Instant.EPOCH);
    var flight = new Flight();
    assertThat(flight.join()).isTrue();
    assertThat(flight.join()).isTrue();
    flight.end(new Flight.Outcome(new GenerationResult.Made(image, provenance, false), false));
    flight.leave();

    assertThat(directory).isNotEmptyDirectory();
    flight.leave();
    assertThat(directory).isEmptyDirectory();
    assertThat(flight.join()).isFalse();
  }

  private CompletableFuture<ImageAnswer> join(CacheKey key) {
    return CompletableFuture.supplyAsync(
        () ->
            flights.join(
                key,
                ANYONE,
                flight -> {
                  begun.incrementAndGet();
                  awaitRelease();
                  return MADE;
                }),
        threads);
  }

  private void awaitRelease() {
    try {
      assertThat(release.await(10, SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
