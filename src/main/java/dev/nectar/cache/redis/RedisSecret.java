package dev.nectar.cache.redis;

import dev.nectar.cache.KeptSecret;
import dev.nectar.storage.HeartbeatConnectionFactory;
import java.io.IOException;
import java.util.Objects;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;

/** A secret that all nodes share. */
public final class RedisSecret implements KeptSecret {

  private final StringRedisTemplate redis;
  private final String name;

  /**
   * @param name under which it is in Redis
   */
  public RedisSecret(HeartbeatConnectionFactory connections, String name) {
    this.redis = new StringRedisTemplate(connections);
    this.name = name;
  }

  @Override
  public String keep(String drawn) throws IOException {
    try {
      var _ = redis.opsForValue().setIfAbsent(name, drawn);
      return Objects.requireNonNullElse(redis.opsForValue().get(name), drawn);
    } catch (DataAccessException e) {
      throw new IOException(NestedExceptionUtils.getMostSpecificCause(e).toString(), e);
    }
  }
}
