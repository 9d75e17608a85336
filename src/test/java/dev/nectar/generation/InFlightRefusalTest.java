package dev.nectar.generation;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.cache.CacheKey;
import dev.nectar.image.staging.InputImages;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A refusal that concerns the one alone who began the flight. */
class InFlightRefusalTest {

  private static final CacheKey KEY = new CacheKey(1, 2, 3, 4);
  private static final GenerationResult REFUSAL =
      new GenerationResult.BudgetUsedUp(Duration.ofSeconds(7));
  private static final GenerationResult RESULT =
      new GenerationResult.Failed("back ends", GenerationResult.Failed.Reason.OTHER);

  @Test
  void second_afterIt_hasItsInputsStill() throws Exception {
    var flights = new InFlight(100);
    var release = new CountDownLatch(1);
    var begun = new CountDownLatch(1);
    var caller = new Caller("id", Allowance.UNLIMITED, Presence.ASSUMED);
    var bringing = caller.bringing(new SharedInputs(InputImages.NONE, 1));
    var first = new CompletableFuture<ImageAnswer>();
    Thread.ofVirtual()
        .start(() ->
            first.complete(
                flights.join(
                    KEY,
                    caller,
                    flight -> {
                      begun.countDown();
                      awaitLatch(release);
                      return new Flight.Outcome(REFUSAL, false);
                    })));
    awaitLatch(begun);
    var second = new CompletableFuture<ImageAnswer>();
    var joining =
        Thread.ofVirtual()
            .start(() ->
                second.complete(
                    flights.join(KEY, bringing, flight -> new Flight.Outcome(RESULT, false))));
    await().until(() -> joining.getState() == Thread.State.TIMED_WAITING);
    release.countDown();

    assertThat(first.get(10, SECONDS).result()).isEqualTo(REFUSAL);
    assertThat(second.get(10, SECONDS).result()).isEqualTo(RESULT);
    assertThat(bringing.inputs().join()).as("let go of in the end").isFalse();
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
