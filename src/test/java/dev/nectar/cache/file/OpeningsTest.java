package dev.nectar.cache.file;

import static dev.nectar.cache.Samples.key;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpeningsTest {

  private final Openings openings = new Openings(Duration.ofMinutes(1));
  private final AtomicBoolean changed = new AtomicBoolean();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.close();
  }

  private Future<?> change(Openings where) {
    return threads.submit(() -> {
      where.change(key("apple"), () -> changed.set(true));
      return null;
    });
  }

  @Test
  void change_waitsForAllWhoOpen() throws Exception {
    var first = openings.begin(key("apple"));
    var second = openings.begin(key("apple"));
    var change = change(openings);
    first.run();
    first.run();
    assertThat(changed).isFalse();

    second.run();
    change.get(30, SECONDS);
    assertThat(changed).isTrue();
  }

  @Test
  void opening_waitsForTheChange() throws Exception {
    var opened = new AtomicBoolean();
    openings.change(
        key("apple"),
        () -> {
          threads.execute(() -> {
            openings.begin(key("apple")).run();
            opened.set(true);
          });
          assertThat(opened).isFalse();
        });

    await().untilTrue(opened);
  }

  @Test
  void change_losesItsPatience() throws Exception {
    var impatient = new Openings(Duration.ofMillis(1));
    impatient.begin(key("apple"));

    change(impatient).get(30, SECONDS);
    assertThat(changed).isTrue();
    change(impatient).get(30, SECONDS);
  }

  @Test
  void change_thatFails_endsToo() throws Exception {
    try {
      openings.change(
          key("apple"),
          () -> {
            throw new IOException("full");
          });
    } catch (IOException e) {
      assertThat(e).hasMessage("full");
    }

    openings.begin(key("apple")).run();
    change(openings).get(30, SECONDS);
    assertThat(changed).isTrue();
  }
}
