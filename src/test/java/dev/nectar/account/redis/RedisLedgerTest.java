package dev.nectar.account.redis;

import dev.nectar.account.Ledger;
import dev.nectar.account.LedgerContract;
import dev.nectar.storage.Redis;
import dev.nectar.storage.RedisProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class RedisLedgerTest extends LedgerContract {

  private static final RedisProcess REDIS = RedisProcess.started();

  private @Nullable Redis opened;

  @Override
  protected Ledger open() {
    opened = RedisProcess.connect(REDIS.url(), Duration.ofSeconds(30));
    REDIS.commands().flushall();
    return again();
  }

  @Override
  protected Ledger again() {
    return new RedisLedger(Objects.requireNonNull(opened));
  }

  @AfterEach
  void disconnect() {
    Objects.requireNonNull(opened).close();
  }

  @AfterAll
  static void stopRedis() throws IOException {
    REDIS.close();
  }
}
