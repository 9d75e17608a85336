package dev.nectar.account.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.account.ClientKeys.Found;
import dev.nectar.account.LedgerFaultsContract;
import dev.nectar.account.Spender;
import dev.nectar.storage.HeartbeatConnectionFactory;
import dev.nectar.storage.RedisProcess;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.data.redis.core.StringRedisTemplate;

@Tag("slow")
class RedisLedgerFaultsTest extends LedgerFaultsContract {

  private static HeartbeatConnectionFactory connect(RedisProcess redis) {
    return RedisProcess.connect(redis.url(), Duration.ofSeconds(1));
  }

  @Test
  void redisWithoutRoom_servesAndCatchesUp(CapturedOutput output) throws Exception {
    try (var redis = RedisProcess.started();
        var connections = connect(redis);
        var server = new Server(new RedisLedger(connections))) {
      assertServesAndCatchesUp(
          server,
          output,
          () -> {
            limitMemory(connections, "1");
            return () -> limitMemory(connections, "0");
          });
    }
  }

  private static void limitMemory(HeartbeatConnectionFactory connections, String bytes) {
    new StringRedisTemplate(connections)
        .execute(
            connection -> {
              connection.serverCommands().setConfig("maxmemory", bytes);
              return true;
            },
            true);
  }

  @Test
  void redisAway_letsNobodyIn_andIsCaughtUpWhenItIsBack() throws Exception {
    try (var redis = RedisProcess.started();
        var connections = connect(redis);
        var server = new Server(new RedisLedger(connections))) {
      var made = server.key("1/day");
      assertThat(server.paints(made.key())).isTrue();
      redis.hold();

      assertUnreadable(server, made.secret());
      assertThat(server.paints(made.key())).isFalse();

      redis.release();
      await()
          .atMost(PATIENCE)
          .until(() -> server.keys.find(made.secret()).equals(new Found(made.key())));
      await().atMost(PATIENCE).until(server.accounts::isWritable);
      assertThat(server.spent(Spender.backend("https://a"))).isEqualTo("1.1");
      assertThat(server.paints(made.key())).isTrue();
    }
  }
}
