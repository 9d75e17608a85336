package dev.nectar.generation;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.cache.CacheKey;
import dev.nectar.cache.KeyLeases;
import dev.nectar.generation.Flight.Outcome;
import dev.nectar.http.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdmissionTest {

  private static final Duration LONG = Duration.ofMinutes(10);
  private static final GenerationResult DONE =
      new GenerationResult.Failed("made", GenerationResult.Failed.Reason.OTHER);

  /** The numbers of the generations that have begun, in that order. */
  private final BlockingQueue<Integer> begun = new LinkedBlockingQueue<>();

  private final Semaphore ends = new Semaphore(0);
  private final AtomicInteger leased = new AtomicInteger();
  private final List<Thread> threads = new ArrayList<>();

  @AfterEach
  void stop() throws InterruptedException {
    ends.release(10_000);
    for (var thread : threads) {
      assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
    }
  }

  /** Counts the leases that are held. */
  private final KeyLeases leases =
      new KeyLeases() {
        @Override
        public Optional<Lease> take(CacheKey key, Deadline deadline) {
          leased.incrementAndGet();
          return Optional.of(
              new Lease() {
                @Override
                public boolean isRevoked() {
                  return false;
                }

                @Override
                public void close() {
                  assertThat(Thread.currentThread().isInterrupted()).isFalse();
                  leased.decrementAndGet();
                }
              });
        }

        @Override
        public boolean revoke(CacheKey key) {
          return false;
        }
      };

  private Admission admission(int maxConcurrent, Duration timeout) {
    return new Admission(
        leases,
        new GenerationSettings(timeout, maxConcurrent, Duration.ZERO),
        Ticker.systemTicker());
  }

  /** A generation that goes on until it may end. */
  private CompletableFuture<Outcome> ask(Admission admission, int number) {
    var outcome = new CompletableFuture<Outcome>();
    threads.add(
        Thread.ofVirtual()
            .start(() ->
                outcome.complete(
                    admission.admit(
                        new CacheKey(number, 0, 0, 0),
                        (deadline, lease) -> {
                          begun.add(number);
                          ends.acquireUninterruptibly();
                          return new Outcome(DONE, false);
                        }))));
    return outcome;
  }

  private CompletableFuture<Outcome> askInLine(Admission admission, int number) {
    var before = admission.waiting();
    var outcome = ask(admission, number);
    var thread = threads.getLast();
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(() ->
            admission.waiting() == before + 1 && thread.getState() == Thread.State.TIMED_WAITING);
    return outcome;
  }

  private int next() throws InterruptedException {
    var number = begun.poll(10, SECONDS);
    assertThat(number).isNotNull();
    return number;
  }

  private static GenerationResult result(CompletableFuture<Outcome> outcome) throws Exception {
    return outcome.get(10, SECONDS).result();
  }

  @Test
  void line_ofTwoHundred_isServedInItsOrderWhoeverElseComes() throws Exception {
    var admission = admission(50, LONG);
    for (var number = -50; number < 0; number++) {
      var _ = ask(admission, number);
      next();
    }
    for (var number = 0; number < 200; number++) {
      var _ = askInLine(admission, number);
    }

    for (var number = 0; number < 200; number++) {
      var _ = ask(admission, 200 + number);
      ends.release();
      assertThat(next()).isEqualTo(number);
      var _ = ask(admission, 400 + number);
    }
    assertThat(admission.running()).isEqualTo(50);
  }

  @Test
  void line_full_isToldAtOnceAndAllInItHaveTheirTurn() throws Exception {
    var admission = admission(2, LONG);
    var admitted = new ArrayList<CompletableFuture<Outcome>>();
    for (var number = 0; number < 2; number++) {
      admitted.add(ask(admission, number));
      assertThat(next()).isEqualTo(number);
    }
    for (var number = 2; number < 10; number++) {
      admitted.add(askInLine(admission, number));
    }

    assertThat(result(ask(admission, 10))).isEqualTo(new GenerationResult.Overloaded());
    assertThat(admission.running()).isEqualTo(2);
    assertThat(admission.waiting()).isEqualTo(8);

    ends.release(10);
    for (var outcome : admitted) {
      assertThat(result(outcome)).isEqualTo(DONE);
    }
    assertThat(admission.running()).isZero();
    assertThat(admission.waiting()).isZero();
    assertThat(leased).hasValue(0);
  }

  @Test
  void deadline_beforeAPlace_isATimeout() throws Exception {
    var admission = admission(1, Duration.ofMillis(20));
    var _ = ask(admission, 1);
    next();

    assertThat(result(ask(admission, 2))).isEqualTo(new GenerationResult.TimedOut());
    assertThat(admission.waiting()).isZero();
    assertThat(begun).isEmpty();
    await().untilAsserted(() -> assertThat(leased).hasValue(1));
  }

  @Test
  void deadline_beforeALease_isATimeout() {
    var admission =
        new Admission(
            leasing(() -> Optional.empty()),
            new GenerationSettings(LONG, 1, Duration.ZERO),
            Ticker.systemTicker());

    assertThat(admission.admit(new CacheKey(1, 0, 0, 0), (_, _) -> new Outcome(DONE, false)))
        .isEqualTo(new Outcome(new GenerationResult.TimedOut(), false));
  }

  @Test
  void closed_sendsAwayTheLineAtOnceAndBeginsNothing() throws Exception {
    var admission = admission(1, LONG);
    var underWay = ask(admission, 0);
    next();
    var line = new ArrayList<CompletableFuture<Outcome>>();
    for (var number = 1; number < 5; number++) {
      line.add(askInLine(admission, number));
    }

    admission.close();

    for (var outcome : line) {
      assertThat(result(outcome)).isEqualTo(new GenerationResult.ShuttingDown());
    }
    assertThat(result(ask(admission, 5))).isEqualTo(new GenerationResult.ShuttingDown());
    assertThat(underWay).isNotDone();
    assertThat(leased).hasValue(1);
    admission.close();
    ends.release();
    assertThat(result(underWay)).isEqualTo(DONE);
    assertThat(result(ask(admission, 6))).isEqualTo(new GenerationResult.ShuttingDown());
    assertThat(begun).isEmpty();
    assertThat(admission.running()).isZero();
    assertThat(admission.waiting()).isZero();
  }

  @Test
  void closed_sendsAwayWhoWaitsForAnotherNode() throws Exception {
    var never = new Semaphore(0);
    var admission =
        new Admission(
            leasing(() -> {
              never.acquire();
              return Optional.of(KeyLeases.Lease.FREE);
            }),
            new GenerationSettings(LONG, 1, Duration.ZERO),
            Ticker.systemTicker());
    var waiting = ask(admission, 1);
    await().until(never::hasQueuedThreads);
    assertThat(admission.running()).as("takes no place").isZero();

    admission.close();

    assertThat(result(waiting)).isEqualTo(new GenerationResult.ShuttingDown());
    assertThat(begun).isEmpty();
  }

  private interface Taking {
    Optional<KeyLeases.Lease> take() throws InterruptedException;
  }

  private static KeyLeases leasing(Taking taking) {
    return new KeyLeases() {
      @Override
      public Optional<Lease> take(CacheKey key, Deadline deadline) {
        try {
          return taking.take();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return Optional.empty();
        }
      }

      @Override
      public boolean revoke(CacheKey key) {
        return false;
      }
    };
  }

  @Test
  void peaks_areTheMostSinceTheyWereLastAskedFor() throws Exception {
    var admission = admission(2, LONG);
    var first = ask(admission, 1);
    next();
    var second = ask(admission, 2);
    next();
    var third = askInLine(admission, 3);
    ends.release(3);
    for (var one : List.of(first, second, third)) {
      one.get(10, SECONDS);
    }
    await().until(() -> admission.running() == 0);

    assertThat(admission.peaks()).isEqualTo(new GenerationStatus.Peaks(2, 1));
    assertThat(admission.peaks()).isEqualTo(new GenerationStatus.Peaks(0, 0));
  }
}
