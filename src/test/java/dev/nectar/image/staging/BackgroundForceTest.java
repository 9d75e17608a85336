package dev.nectar.image.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(15)
class BackgroundForceTest {

  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private final CountDownLatch disk = new CountDownLatch(1);

  private void slowly() {
    begun.incrementAndGet();
    try {
      disk.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    done.incrementAndGet();
  }

  @Test
  void bytes_beyondAStep_areForcedWhileMoreAreWritten() {
    var force = new BackgroundForce(this::slowly);
    force.written(BackgroundForce.STEP_BYTES - 1);
    assertThat(begun).hasValue(0);

    force.written(1);

    Awaitility.await().untilAtomic(begun, Matchers.is(1));
    assertThat(done).hasValue(0);
    disk.countDown();
  }

  @Test
  void bytes_whileTheDiskIsBusy_doNotQueueUp() throws IOException {
    var force = new BackgroundForce(this::slowly);
    for (var i = 0; i < 10; i++) {
      force.written(BackgroundForce.STEP_BYTES);
    }
    disk.countDown();

    force.await();

    assertThat(done).hasValue(2);
  }

  @Test
  void await_forcesWhatCameLast_once() throws IOException {
    disk.countDown();
    var force = new BackgroundForce(this::slowly);
    force.finish();
    force.await();
    force.await();

    assertThat(done).hasValue(1);
  }

  @Test
  void fault_ofAnyTurn_isToldAtTheEnd() {
    var force =
        new BackgroundForce(() -> {
          if (begun.incrementAndGet() == 1) {
            throw new IOException("the disk is broken");
          }
        });
    force.written(BackgroundForce.STEP_BYTES);
    Awaitility.await().untilAtomic(begun, Matchers.is(1));

    assertThatThrownBy(force::await)
        .isInstanceOf(IOException.class)
        .hasMessage("the disk is broken");
    assertThatThrownBy(force::await).isInstanceOf(IOException.class);
  }
}
