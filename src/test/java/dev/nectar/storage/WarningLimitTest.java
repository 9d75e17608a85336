package dev.nectar.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.SettableClock;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WarningLimitTest {

  private final SettableClock clock = new SettableClock();
  private final WarningLimit limit = new WarningLimit(clock);

  @Test
  void cause_theSame_isToldOnceAMinute() {
    assertThat(limit.permits(full("one"))).isTrue();
    clock.advance(Duration.ofSeconds(59));
    assertThat(limit.permits(full("another"))).isFalse();
    clock.advance(Duration.ofSeconds(1));
    assertThat(limit.permits(full("one"))).isTrue();
  }

  @Test
  void causes_different_areAllTold() {
    assertThat(limit.permits(full("one"))).isTrue();
    assertThat(limit.permits(new FileSystemException("one", null, "Read-only"))).isTrue();
    assertThat(limit.permits(new AccessDeniedException("one"))).isTrue();
    assertThat(limit.permits(new IOException("upload failed"))).isTrue();
    assertThat(limit.permits()).isTrue();
  }

  @Test
  void cause_wrapped_isTheOneWithin() {
    assertThat(limit.permits(full("one"))).isTrue();
    assertThat(limit.permits(new IOException("not kept", full("two")))).isFalse();
  }

  @Test
  void numbers_make_noDifference() {
    assertThat(limit.permits(new IOException("an entry of 16,292 bytes"))).isTrue();
    assertThat(limit.permits(new IOException("an entry of 7 bytes"))).isFalse();
  }

  private static IOException full(String file) {
    return new FileSystemException(file, null, "No space left on device");
  }
}
