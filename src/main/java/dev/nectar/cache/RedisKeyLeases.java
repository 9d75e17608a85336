package dev.nectar.cache;

import dev.nectar.http.Deadline;
import java.time.Duration;
import java.util.ConcurrentModificationException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.integration.redis.util.RedisLockRegistry;
import org.springframework.integration.support.locks.DistributedLock;

/**
 * Leases as locks in Redis that expire unless their node renews them. While Redis is out of reach
 * every node is on its own: an image may then be made twice, but none is missing.
 */
final class RedisKeyLeases implements KeyLeases, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RedisKeyLeases.class);

  private static final String LEASES = "nectar:lease";
  private static final String REVOCATIONS = "nectar:revoked:";

  /** Longer than any generation that a revocation could concern. */
  private static final Duration REVOCATION_TTL = Duration.ofDays(1);

  private final StringRedisTemplate redis;
  private final RedisLockRegistry locks;
  private final Duration expiry;
  private final WarningLimit warnings;
  private final ScheduledExecutorService renewals =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("lease-renewals").factory());

  /**
   * @param expiry after which the lease of a node that died is free; it is renewed three times as
   *     often
   */
  RedisKeyLeases(RedisConnectionFactory connections, Duration expiry) {
    this.redis = new StringRedisTemplate(connections);
    this.locks = new RedisLockRegistry(connections, LEASES, expiry);
    this.expiry = expiry;
    this.warnings = new WarningLimit();
  }

  @Override
  public Optional<Lease> take(CacheKey key, Deadline deadline) {
    try {
      var revocation = revocation(key);
      var lock = locks.obtain(key.toString());
      return lock.tryLock(deadline.remaining(), expiry)
          ? Optional.of(new Held(key, lock, revocation))
          : Optional.empty();
    } catch (DataAccessException e) {
      warn("taken", key, e);
      return Optional.of(Lease.FREE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public boolean revoke(CacheKey key) {
    try {
      redis.opsForValue().set(REVOCATIONS + key, UUID.randomUUID().toString(), REVOCATION_TTL);
      return redis.hasKey(LEASES + ":" + key);
    } catch (DataAccessException e) {
      warn("revoked", key, e);
      return false;
    }
  }

  private @Nullable String revocation(CacheKey key) {
    return redis.opsForValue().get(REVOCATIONS + key);
  }

  /** Once a minute: what Redis meets, every flight meets several times. */
  private void warn(String what, CacheKey key, RuntimeException fault) {
    if (warnings.permits()) {
      log.warn(
          "The lease of {} could not be {}: {}",
          key.abbreviated(),
          what,
          NestedExceptionUtils.getMostSpecificCause(fault).toString());
    }
  }

  @Override
  public void close() {
    renewals.shutdownNow();
    locks.destroy();
  }

  private final class Held implements Lease {

    private final CacheKey key;
    private final DistributedLock lock;
    private final @Nullable String revocationBefore;
    private final ScheduledFuture<?> renewal;

    Held(CacheKey key, DistributedLock lock, @Nullable String revocationBefore) {
      this.key = key;
      this.lock = lock;
      this.revocationBefore = revocationBefore;
      var pause = expiry.dividedBy(3).toMillis();
      this.renewal =
          renewals.scheduleWithFixedDelay(this::renew, pause, pause, TimeUnit.MILLISECONDS);
    }

    /** One that fails is followed by the next before the lease expires. */
    private void renew() {
      try {
        locks.renewLock(key.toString());
      } catch (DataAccessException | IllegalStateException e) {
        warn("renewed", key, e);
      }
    }

    /** A Redis out of reach can't tell; the node that revoked has deleted the entry itself. */
    @Override
    public boolean isRevoked() {
      try {
        var now = revocation(key);
        return now != null && !Objects.equals(now, revocationBefore);
      } catch (DataAccessException e) {
        warn("looked at", key, e);
        return false;
      }
    }

    @Override
    public void close() {
      renewal.cancel(false);
      try {
        lock.unlock();
      } catch (DataAccessException | ConcurrentModificationException e) {
        warn("given back", key, e);
      }
    }
  }
}
