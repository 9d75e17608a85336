package dev.nectar.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {

  @Test
  void text_withAmountAndUnit_isARate() {
    assertThat(Rate.parse("5/s")).isEqualTo(new Rate(5, Duration.ofSeconds(1)));
    assertThat(Rate.parse("30/M")).isEqualTo(new Rate(30, Duration.ofMinutes(1)));
    assertThat(Rate.parse("100/h")).isEqualTo(new Rate(100, Duration.ofHours(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"30", "30/", "/m", "0/m", "-1/m", "30/d", "30/mm", "1.5/m", "99999999/s"})
  void text_anythingElse_isRefused(String text) {
    assertThatThrownBy(() -> Rate.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
