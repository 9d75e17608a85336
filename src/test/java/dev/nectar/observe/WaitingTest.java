package dev.nectar.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class WaitingTest {

  @Test
  void thread_thatMayWait_isNotHeldBack() {
    assertThat(Waiting.isForbidden()).isFalse();
    assertThatNoException().isThrownBy(Waiting::begin);
  }

  @Test
  void thread_thatMayNot_isToldSo() {
    Waiting.forbid(() -> {
      assertThat(Waiting.isForbidden()).isTrue();
      assertThatExceptionOfType(Waiting.NotHereException.class).isThrownBy(Waiting::begin);
    });
    assertThat(Waiting.isForbidden()).isFalse();
  }

  @Test
  void rest_isDoneWhenWaitingIsAllowedAgain() {
    var done = new ArrayList<String>();
    Waiting.forbid(() -> {
      Waiting.afterwards(() -> done.add("rest, forbidden: " + Waiting.isForbidden()));
      done.add("work");
    });
    assertThat(done).containsExactly("work", "rest, forbidden: false");
  }
}
