package dev.nectar.cache.redis;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.nectar.cache.CacheKey;
import dev.nectar.cache.KeyLeases;
import dev.nectar.http.Deadline;
import dev.nectar.observe.Work;
import dev.nectar.storage.Redis;
import dev.nectar.storage.RedisScript;
import dev.nectar.storage.WarningLimit;
import io.lettuce.core.RedisException;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * Leases in Redis under {@code nectar:lease:<key>}, each with a token of who holds it, that expire
 * unless their node renews them. A pause of Redis is waited out; while it is out of reach every
 * node is on its own: an image may then be made twice, but none is missing.
 */
public final class RedisKeyLeases implements KeyLeases, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RedisKeyLeases.class);

  /** So long do the nodes wait for one that died. */
  private static final Duration EXPIRY = Duration.ofSeconds(10);

  private static final String LEASES = "nectar:lease:";
  private static final String REVOCATIONS = "nectar:revoked:";

  /** Longer than any generation that a revocation could concern. */
  private static final Duration REVOCATION_TTL = Duration.ofDays(1);

  /** So often is a lease renewed within its expiry: some may fail, and some fall in a pause. */
  private static final int RENEWALS = 5;

  /**
   * Between two questions whether a lease is free. As many milliseconds as flights wait if those
   * are more: a node asks a thousand times a second at most.
   */
  private static final int PAUSE_MILLIS = 100;

  /** Gives the lease to whoever has it, or to anybody if it is free, or Redis has forgotten it. */
  private static final RedisScript TAKE =
      new RedisScript(
          """
          local holder = redis.call('get', KEYS[1])
          if holder and holder ~= ARGV[1] then
            return 0
          end
          redis.call('set', KEYS[1], ARGV[1], 'px', ARGV[2])
          return 1
          """);

  private static final RedisScript GIVE_BACK =
      new RedisScript(
          """
          if redis.call('get', KEYS[1]) ~= ARGV[1] then
            return 0
          end
          return redis.call('del', KEYS[1])
          """);

  private final Redis redis;
  private final Duration expiry;
  private final WarningLimit warnings;
  private final AtomicInteger waiting = new AtomicInteger();
  private final Set<Held> held = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService renewals =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("lease-renewals").factory());

  public RedisKeyLeases(Redis redis) {
    this(redis, EXPIRY);
  }

  /**
   * @param expiry after which the lease of a node that died is free
   */
  RedisKeyLeases(Redis redis, Duration expiry) {
    this.redis = redis;
    this.expiry = expiry;
    this.warnings = new WarningLimit();
    var pause = expiry.toMillis() / RENEWALS;
    var _ = renewals.scheduleWithFixedDelay(this::renew, pause, pause, MILLISECONDS);
  }

  /** All at once: commands share a connection on which none waits for another's answer. */
  private void renew() {
    held.forEach(lease -> Thread.startVirtualThread(lease::renew));
  }

  @Override
  public Optional<Lease> take(CacheKey key, Deadline deadline) {
    var lease = new Held(key);
    var turn = new FutureTask<>(lease::awaitTurn);
    Work.threads().execute(turn);
    try {
      if (!turn.get(NANOSECONDS.convert(deadline.remaining()), NANOSECONDS)) {
        return Optional.of(Lease.FREE);
      }
      held.add(lease);
      return Optional.of(lease);
    } catch (ExecutionException e) {
      throw new IllegalStateException("A lease could not be asked for", e);
    } catch (TimeoutException _) {
      log.debug("The lease of {} was not free in time", key.abbreviated());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    Work.threads().execute(lease::giveBack);
    return Optional.empty();
  }

  @Override
  public boolean revoke(CacheKey key) {
    try {
      return redis.patiently(() -> {
        var mark = UUID.randomUUID().toString();
        redis.execute(c -> c.set(REVOCATIONS + key, mark, SetArgs.Builder.ex(REVOCATION_TTL)));
        return redis.execute(c -> c.exists(LEASES + key)) > 0;
      });
    } catch (RedisException e) {
      warn("revoked", key, e);
      return false;
    }
  }

  private @Nullable String revocation(CacheKey key) {
    return redis.patiently(() -> redis.execute(commands -> commands.get(REVOCATIONS + key)));
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
  }

  private final class Held implements Lease {

    private final CacheKey key;
    private final String token = UUID.randomUUID().toString();
    private @Nullable String revocationBefore;
    private volatile boolean ended;

    Held(CacheKey key) {
      this.key = key;
    }

    /** Whether it has come; false if Redis is out of reach, or nobody waits any more. */
    boolean awaitTurn() throws InterruptedException {
      waiting.incrementAndGet();
      try {
        revocationBefore = revocation(key);
        while (!redis.patiently(this::ask)) {
          if (ended) {
            return false;
          }
          Thread.sleep(Math.max(PAUSE_MILLIS, waiting.get()));
        }
        return true;
      } catch (RedisException e) {
        warn("taken", key, e);
        return false;
      } finally {
        waiting.decrementAndGet();
      }
    }

    /** Whether it is ours. Never after its end, which would be its beginning again. */
    private synchronized boolean ask() {
      return !ended
          && redis.execute(
              TAKE, List.of(LEASES + key), List.of(token, Long.toString(expiry.toMillis())));
    }

    /** One that fails is followed by others before the lease expires. */
    void renew() {
      try {
        if (!ask()) {
          log.debug("The lease of {} is another's now", key.abbreviated());
        }
      } catch (RedisException e) {
        warn("renewed", key, e);
      }
    }

    /** A Redis out of reach can't tell; the node that revoked has deleted the entry itself. */
    @Override
    public boolean isRevoked() {
      try {
        var now = revocation(key);
        return now != null && !Objects.equals(now, revocationBefore);
      } catch (RedisException e) {
        warn("looked at", key, e);
        return false;
      }
    }

    @Override
    public void close() {
      held.remove(this);
      giveBack();
    }

    private synchronized void giveBack() {
      ended = true;
      try {
        redis.patiently(() -> redis.execute(GIVE_BACK, List.of(LEASES + key), List.of(token)));
      } catch (RedisException e) {
        warn("given back", key, e);
      }
    }
  }
}
