package dev.nectar.storage;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nectar.observe.Waiting;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@Tag("slow")
@ExtendWith(OutputCaptureExtension.class)
class RedisTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final RedisProcess PROCESS = RedisProcess.started();

  private final Redis redis = RedisProcess.connect(PROCESS.url(), PATIENCE);

  @AfterEach
  void disconnect() {
    redis.close();
  }

  @AfterAll
  static void stopRedis() throws IOException {
    PROCESS.close();
  }

  @Test
  void command_thatIsWrong_isAnAnswer() {
    redis.execute(commands -> commands.set("text", "apple"));

    assertThatThrownBy(() -> redis.execute(commands -> commands.incr("text")))
        .isInstanceOf(RedisCommandExecutionException.class)
        .hasMessageContaining("not an integer");
  }

  /** Those who wait for an answer see the same kind of fault as those who come later. */
  @Test
  void commands_whenItIsClosed_failAsOnesThatAreRefused() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var waiting =
          CompletableFuture.supplyAsync(
              () -> redis.execute(commands -> commands.blpop(60, "none")), threads);
      await().until(() -> PROCESS.commands().clientList().contains("cmd=blpop"));

      redis.close();

      assertThat(waiting)
          .failsWithin(60, SECONDS)
          .withThrowableThat()
          .havingCause()
          .isInstanceOf(RedisException.class);
    }
    assertThat(redis.isAlive()).isFalse();
    assertThatThrownBy(() -> redis.execute(commands -> commands.get("text")))
        .isInstanceOf(RedisConnectionException.class)
        .hasMessage(PROCESS.url() + "/0 does not answer");
  }

  @Test
  void close_duringABeat_warnsOfNothing(CapturedOutput output) throws Exception {
    PROCESS.hold();
    try {
      await().until(RedisTest::beats);

      redis.close();
    } finally {
      PROCESS.release();
    }

    assertThat(output).doesNotContain("does not answer");
  }

  private static boolean beats() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getName().equals("redis-heartbeat"))
        .flatMap(thread -> Stream.of(thread.getValue()))
        .anyMatch(frame -> frame.getMethodName().equals("ask"));
  }

  @Test
  void fault_ofAnotherKind_isOneOfRedis() {
    var fault = new CancellationException();

    assertThatThrownBy(() ->
            redis.execute(_ -> {
              throw fault;
            }))
        .isExactlyInstanceOf(RedisException.class)
        .hasCause(fault);
  }

  @Test
  void script_answersWhetherOrNotRedisKnowsIt() {
    var isEqual = new RedisScript("return redis.call('get', KEYS[1]) == ARGV[1]");
    var isOne = new RedisScript("return tonumber(ARGV[1])");
    redis.execute(commands -> commands.set("text", "apple"));
    PROCESS.commands().scriptFlush();

    for (var _ : List.of("unknown", "known")) {
      assertThat(redis.execute(isEqual, List.of("text"), List.of("apple"))).isTrue();
      assertThat(redis.execute(isEqual, List.of("text"), List.of("pear"))).isFalse();
      assertThat(redis.execute(isOne, List.of("text"), List.of("1"))).isTrue();
      assertThat(redis.execute(isOne, List.of("text"), List.of("0"))).isFalse();
    }
    assertThat(PROCESS.commands().scriptExists(isEqual.digest(), isOne.digest()))
        .containsExactly(true, true);
  }

  @Test
  void thread_thatMayNotWait_asksNothing() {
    Waiting.forbid(() ->
        assertThatThrownBy(() -> redis.execute(commands -> commands.get("text")))
            .isInstanceOf(Waiting.NotHereException.class));
  }
}
