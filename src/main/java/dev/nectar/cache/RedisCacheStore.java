package dev.nectar.cache;

import dev.nectar.cache.CacheEntry.Note;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * Entries in Redis, shared by all nodes, as JSON under {@code nectar:entry:<key>}. Each command
 * concerns one key, so that a cluster will do too.
 */
final class RedisCacheStore implements CacheStore {

  private static final Logger log = LoggerFactory.getLogger(RedisCacheStore.class);

  private static final String ENTRY = "nectar:entry:";

  private final HeartbeatConnectionFactory connections;
  private final StringRedisTemplate redis;
  private final Expiry expiry;
  private final NoteCodec codec;
  private final WarningLimit warnings;

  RedisCacheStore(HeartbeatConnectionFactory connections, Expiry expiry) {
    this.connections = connections;
    this.redis = new StringRedisTemplate(connections);
    this.expiry = expiry;
    this.codec = new NoteCodec(expiry);
    this.warnings = new WarningLimit(expiry.clock());
  }

  @Override
  public Optional<CacheEntry> find(CacheKey key) {
    try {
      return Optional.ofNullable(redis.opsForValue().get(ENTRY + key))
          .flatMap(text -> codec.decode(key, text));
    } catch (RedisConnectionFailureException e) {
      log.debug("The cache entry {} can't be read: {}", key, e.getMessage());
      return Optional.empty();
    } catch (DataAccessException e) {
      if (warnings.permits()) {
        log.warn("The cache entry {} can't be read: {}", key, reason(e));
      }
      return Optional.empty();
    }
  }

  @Override
  public void keep(CacheKey key, Note note) throws IOException {
    try {
      var end = expiry.end(note);
      if (end.isEmpty()) {
        redis.opsForValue().set(ENTRY + key, codec.encode(note));
        return;
      }
      var rest = Duration.between(expiry.clock().instant(), end.get());
      if (rest.toMillis() > 0) {
        redis.opsForValue().set(ENTRY + key, codec.encode(note), rest);
      } else {
        redis.delete(ENTRY + key);
      }
    } catch (DataAccessException e) {
      throw new IOException("Redis did not take it: " + reason(e), e);
    }
  }

  /** What has expired by our clock, if not yet by that of Redis, is as good as gone. */
  @Override
  public boolean delete(CacheKey key) {
    try {
      return Optional.ofNullable(redis.opsForValue().getAndDelete(ENTRY + key))
          .flatMap(text -> codec.decode(key, text))
          .isPresent();
    } catch (DataAccessException e) {
      log.warn("The cache entry {} can't be deleted: {}", key, reason(e));
      return false;
    }
  }

  private static String reason(DataAccessException fault) {
    return NestedExceptionUtils.getMostSpecificCause(fault).toString();
  }

  /** Redis counts the keys of all its users together. */
  @Override
  public CacheStatus status() {
    return new CacheStatus("redis", null, null, connections.isAlive());
  }
}
