package dev.nectar.backend.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.nectar.backend.BackendReply.Busy;
import dev.nectar.backend.BackendReply.Failed;
import dev.nectar.backend.BackendReply.LockedOut;
import dev.nectar.backend.BackendReply.Refused;
import dev.nectar.backend.BackendReply.TooLong;
import dev.nectar.backend.BackendReply.Unclear;
import dev.nectar.backend.BackendReply.Unfit;
import dev.nectar.backend.Verdict.Unsupported;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Map;

/** Any error answer gets a verdict that its status allows, and soon. */
class JudgeFuzzTest {

  /** Of this thread's work: whatever else the machine does is not counted. */
  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

  private static final int[] STATUSES = {400, 422, 403, 451, 404, 429, 500, 300};
  private static final Sent SENT =
      Sent.of(
          "a lighthouse at dusk",
          Map.of("n", 1, "seed", 42, "size", "1024x1024", "model", "flux", "quality", "high"));

  /** Pieces up to this length are repeated to as much of an answer as is read. */
  private static final int PIECE = 24;

  private static final int LONGEST = 64 * 1024;

  /**
   * @param input the first byte chooses the status, the rest is the body
   */
  @FuzzTest
  void answer(byte[] input) throws IOException {
    var status = STATUSES[input.length == 0 ? 0 : Math.floorMod(input[0], STATUSES.length)];
    var body = new String(input, Math.min(1, input.length), Math.max(0, input.length - 1), UTF_8);
    assertVerdict(status, body);

    if (!body.isEmpty() && body.length() <= PIECE) {
      assertSoon(status, body.repeat(LONGEST / body.length()));
    }
  }

  private static void assertSoon(int status, String body) throws IOException {
    var start = CLOCK.getCurrentThreadCpuTime();
    assertVerdict(status, body);
    assertThat(Duration.ofNanos(CLOCK.getCurrentThreadCpuTime() - start))
        .isLessThan(Duration.ofSeconds(2));
  }

  private static void assertVerdict(int status, String body) throws IOException {
    switch (Judge.error(JudgeTest.report(status, body), SENT, null)) {
      case Refused(var certain, _) -> assertThat(certain).isTrue();
      case LockedOut _ -> {}
      case Unfit _ -> {}
      case TooLong _ -> {}
      case Unclear _ -> assertThat(status).isIn(400, 422);
      case Busy _ -> assertThat(status).isEqualTo(429);
      case Failed(var kind, _) -> assertThat(kind).isIn("status " + status, "filter out of order");
      case Unsupported(var parameter, _, _, _) -> {
        assertThat(SENT.parameters()).containsKey(parameter);
        assertThat(status).isIn(400, 404, 422);
      }
    }
  }
}
