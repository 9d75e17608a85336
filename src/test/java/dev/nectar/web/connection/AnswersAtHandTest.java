package dev.nectar.web.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AnswersAtHandTest {

  private final SettableClock clock = new SettableClock();
  private final AnswersAtHand answers = new AnswersAtHand(clock);

  @Test
  void target_isHeldForAMinute() {
    answers.note("/prompt/a", true);
    clock.advance(Duration.ofSeconds(59));
    assertThat(answers.holds("/prompt/a")).isTrue();

    clock.advance(Duration.ofSeconds(61));
    assertThat(answers.holds("/prompt/a")).isFalse();
  }

  @Test
  void target_thatWasNotAtHand_isHeldNoMore() {
    answers.note("/prompt/a", true);
    answers.note("/prompt/a", false);

    assertThat(answers.holds("/prompt/a")).isFalse();
  }

  @Test
  void answer_thatTookLong_leavesNothingAtHandForAWhile() {
    answers.note("/prompt/a", true);
    answers.note("/prompt/b", true);
    answers.give(() -> clock.advance(Duration.ofMillis(249)));
    assertThat(answers.holds("/prompt/b")).isTrue();

    answers.give(() -> clock.advance(Duration.ofMillis(250)));
    assertThat(answers.holds("/prompt/b")).isFalse();

    clock.advance(Duration.ofSeconds(9));
    answers.note("/prompt/b", true);
    assertThat(answers.holds("/prompt/b")).isFalse();

    clock.advance(Duration.ofSeconds(1));
    answers.note("/prompt/b", true);
    assertThat(answers.holds("/prompt/b")).isTrue();
  }
}
