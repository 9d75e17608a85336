package dev.nectar.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class WrongTokensTest {

  private static final String CLIENT = "203.0.113.9";

  private Duration now = Duration.ofDays(1);
  private final WrongTokens tokens = new WrongTokens(() -> now.toNanos());

  private void add(int times) {
    for (var i = 0; i < times; i++) {
      tokens.add(CLIENT);
    }
  }

  @Test
  void client_ofTenWrongOnes_isRefusedForAMinuteAndToldOfOnce(CapturedOutput output) {
    add(9);
    assertThat(tokens.refusal(CLIENT)).isEmpty();
    now = now.plusSeconds(59);
    add(1);

    assertThat(tokens.refusal(CLIENT)).contains(Duration.ofMinutes(1));
    assertThat(tokens.refusal("203.0.113.10")).isEmpty();
    now = now.plusSeconds(59);
    assertThat(tokens.refusal(CLIENT)).contains(Duration.ofSeconds(1));
    now = now.plusSeconds(1);
    assertThat(tokens.refusal(CLIENT)).isEmpty();
    add(9);
    assertThat(tokens.refusal(CLIENT)).isEmpty();
    assertThat(output).containsOnlyOnce("10 wrong admin tokens from 203.0.113.9");
  }

  @Test
  void wrongOnes_longAgo_areForgotten() {
    add(9);
    now = now.plusMinutes(1);
    add(9);

    assertThat(tokens.refusal(CLIENT)).isEmpty();
  }
}
