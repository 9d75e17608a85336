package dev.nectar.cache.redis;

import dev.nectar.cache.KeptSecret;
import dev.nectar.storage.Redis;
import io.lettuce.core.RedisException;
import io.lettuce.core.SetArgs;
import java.io.IOException;
import java.util.Objects;
import org.springframework.core.NestedExceptionUtils;

/** A secret that all nodes share. */
public final class RedisSecret implements KeptSecret {

  private final Redis redis;
  private final String name;

  /**
   * @param name under which it is in Redis
   */
  public RedisSecret(Redis redis, String name) {
    this.redis = redis;
    this.name = name;
  }

  @Override
  public String keep(String drawn) throws IOException {
    try {
      redis.execute(commands -> commands.set(name, drawn, SetArgs.Builder.nx()));
      return Objects.requireNonNullElse(redis.execute(commands -> commands.get(name)), drawn);
    } catch (RedisException e) {
      throw new IOException(NestedExceptionUtils.getMostSpecificCause(e).toString(), e);
    }
  }
}
