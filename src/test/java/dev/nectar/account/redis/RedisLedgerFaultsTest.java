package dev.nectar.account.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.account.ClientKeys.Found;
import dev.nectar.account.LedgerFaultsContract;
import dev.nectar.account.Spender;
import dev.nectar.storage.Redis;
import dev.nectar.storage.RedisProcess;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.system.CapturedOutput;

@Tag("slow")
class RedisLedgerFaultsTest extends LedgerFaultsContract {

  private static Redis connect(RedisProcess redis) {
    return RedisProcess.connect(redis.url(), Duration.ofSeconds(1));
  }

  @Test
  void redisWithoutRoom_servesAndCatchesUp(CapturedOutput output) throws Exception {
    try (var redis = RedisProcess.started();
        var client = connect(redis);
        var server = new Server(new RedisLedger(client))) {
      assertServesAndCatchesUp(
          server,
          output,
          () -> {
            redis.commands().configSet("maxmemory", "1");
            return () -> redis.commands().configSet("maxmemory", "0");
          });
    }
  }

  @Test
  void redisAway_letsNobodyIn_andIsCaughtUpWhenItIsBack() throws Exception {
    try (var redis = RedisProcess.started();
        var client = connect(redis);
        var server = new Server(new RedisLedger(client))) {
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
