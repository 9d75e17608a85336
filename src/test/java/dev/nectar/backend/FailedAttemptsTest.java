package dev.nectar.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.SettableClock;
import dev.nectar.backend.BackendReply.Evidence;
import dev.nectar.backend.BackendReply.Failed;
import dev.nectar.backend.BackendReply.Refused;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailedAttemptsTest {

  private static final PaintRequest REQUEST = new PaintRequest("a prompt", null, null, 42);

  private final SettableClock clock = new SettableClock();
  private final FailedAttempts failures = new FailedAttempts(clock);

  @Test
  void latest_areAHundredNewestFirst() {
    for (var number = 0; number < 150; number++) {
      failures.add("request-" + number, attempt(new Failed("timeout")));
    }

    assertThat(failures.latest()).hasSize(100);
    assertThat(failures.latest().getFirst().requestId()).isEqualTo("request-149");
    assertThat(failures.latest().getLast().requestId()).isEqualTo("request-50");
    assertThat(failures.latest().getFirst().at()).isEqualTo(clock.instant());
  }

  @Test
  void refusals_areThereOnlyIfTheyAreUncertain() {
    failures.add("certain", attempt(new Refused(true, Evidence.NONE)));
    failures.add("uncertain", attempt(new Refused(false, Evidence.NONE)));

    assertThat(failures.latest())
        .extracting(FailedAttempts.FailedAttempt::requestId)
        .containsExactly("uncertain");
  }

  private static Attempt attempt(BackendReply reply) {
    return Attempt.of("https://a", REQUEST, reply, Duration.ZERO);
  }
}
