package dev.nectar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nectar.generation.GenerationResult;
import dev.nectar.generation.ImageAnswer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AwaitedAnswersTest {

  private static final Duration SHORT = Duration.ofMillis(2);

  private final AtomicBoolean left = new AtomicBoolean();
  private final CountDownLatch made = new CountDownLatch(1);

  private ImageAnswers make() {
    try {
      made.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    var answer =
        new ImageAnswer(
            new GenerationResult.TimedOut(), ImageAnswer.CacheUse.MISS, () -> left.set(true));
    return new ImageAnswers(List.of(new ImageAnswers.Each(answer, null)));
  }

  @Test
  void silence_isFilledWithSignsUntilTheAnswersCome() throws Exception {
    var signs = new AtomicInteger();
    try (var awaited = AwaitedAnswers.of(this::make)) {
      assertThat(awaited.in(SHORT)).isEmpty();
      var answers =
          awaited.await(
              SHORT,
              () -> {
                if (signs.incrementAndGet() == 3) {
                  made.countDown();
                }
              });

      assertThat(signs).hasValueGreaterThanOrEqualTo(3);
      assertThat(answers.each()).hasSize(1);
      assertThat(left).isFalse();
    }
    assertThat(left).isTrue();
  }

  @Test
  void answers_thatNobodyIsThereForAnyMore_areLetGo() {
    try (var awaited = AwaitedAnswers.of(this::make)) {
      assertThatThrownBy(() ->
              awaited.await(
                  SHORT,
                  () -> {
                    throw new IOException("gone");
                  }))
          .isInstanceOf(IOException.class)
          .hasMessage("gone");
    }
    assertThat(left).isFalse();
    made.countDown();
    await().untilTrue(left);
  }

  @Test
  void fault_ofTheOtherThread_isThatOfTheOneWhoWaits() {
    try (var awaited =
        AwaitedAnswers.of(() -> {
          throw new IllegalArgumentException("a fault");
        })) {
      assertThatThrownBy(() -> awaited.await(SHORT, () -> {})).hasRootCauseMessage("a fault");
    }
  }
}
