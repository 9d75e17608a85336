package dev.nectar.storage;

import dev.nectar.observe.Waiting;
import dev.nectar.settings.RedisUrl;
import io.lettuce.core.RedisCommandExecutionException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisSentinelConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceExceptionConverter;

/**
 * Asks a Redis twice a second whether it answers. While it does not, connections are refused at
 * once: Lettuce would let requests queue for each attempt to connect, and wait for a Redis that
 * hangs. What must not be given up for a pause of Redis is asked {@linkplain #patiently patiently}.
 */
public final class HeartbeatConnectionFactory implements RedisConnectionFactory, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(HeartbeatConnectionFactory.class);

  /** Requests wait for a command: longer than any answer of a Redis that is well. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final Duration PAUSE = Duration.ofMillis(500);

  /**
   * A Redis that was silent for so long is out of reach. A pause of 3 s, as a fail-over or a slow
   * fork takes, has ended before, and a beat has seen it.
   */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private static final Duration PAUSE_BEFORE_REPETITION = Duration.ofMillis(100);

  /** The start of the server waits for it. */
  private static final Duration FIRST_PATIENCE = Duration.ofSeconds(5);

  /** Asked for like an entry, so that whoever may not read those is not let in either. */
  private static final byte[] KEY = "nectar:heartbeat".getBytes(StandardCharsets.US_ASCII);

  private static final LettuceExceptionConverter TRANSLATION = new LettuceExceptionConverter();

  private final RedisClients clients;
  private final WarningLimit warnings;
  private final ScheduledExecutorService beats =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("redis-heartbeat").factory());
  private final CountDownLatch firstBeat = new CountDownLatch(1);

  private LettuceConnectionFactory connections;
  private boolean explored;
  private boolean missed;
  private volatile @Nullable LettuceConnectionFactory alive;

  /** In the time of {@link System#nanoTime}; at first so long ago as if it never had. */
  private volatile long answered = System.nanoTime() - GRACE.toNanos();

  /** Connections to this Redis; asks it for the first time. */
  public static HeartbeatConnectionFactory to(RedisUrl url) {
    return new HeartbeatConnectionFactory(new RedisClients(url, PATIENCE)).start();
  }

  HeartbeatConnectionFactory(RedisClients clients) {
    this.clients = clients;
    this.warnings = new WarningLimit();
    this.connections = clients.ofServer();
  }

  /** Returns after the first beat, or without it if that takes long. */
  HeartbeatConnectionFactory start() {
    var _ = beats.scheduleWithFixedDelay(this::beat, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    try {
      if (!firstBeat.await(FIRST_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        log.debug("{} takes its time", clients.url());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return this;
  }

  public boolean isAlive() {
    return alive != null;
  }

  /**
   * What the command returns, asked again while Redis is silent, for a few seconds at most.
   *
   * @param command does no harm if Redis executes it again
   * @throws DataAccessException if Redis is out of reach or answers with an error
   */
  public <T extends @Nullable Object> T patiently(Supplier<T> command) {
    var start = System.nanoTime();
    while (true) {
      try {
        return command.get();
      } catch (DataAccessException e) {
        if (isAnswer(e) || isOutOfReach() || isLongAgo(start) || !pause()) {
          throw e;
        }
      }
    }
  }

  private static boolean isAnswer(DataAccessException fault) {
    return NestedExceptionUtils.getMostSpecificCause(fault)
        instanceof RedisCommandExecutionException;
  }

  private boolean isOutOfReach() {
    return alive == null && isLongAgo(answered);
  }

  private static boolean isLongAgo(long time) {
    return System.nanoTime() - time >= GRACE.toNanos();
  }

  /** Whether it was not interrupted. */
  private static boolean pause() {
    try {
      Thread.sleep(PAUSE_BEFORE_REPETITION);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void beat() {
    try {
      ask();
      explore();
      alive = connections;
      answered = System.nanoTime();
      if (missed) {
        log.info("{} answers again", clients.url());
        missed = false;
      }
    } catch (RuntimeException e) {
      alive = null;
      if (warnings.permits()) {
        missed = true;
        log.warn(
            "{} does not answer; until it does, nothing is found or kept there: {}",
            clients.url(),
            NestedExceptionUtils.getMostSpecificCause(e).toString());
      }
    } finally {
      firstBeat.countDown();
    }
  }

  /** Twice, the second time by a new connection: the old one may lead nowhere, or just be slow. */
  private void ask() {
    try {
      askOnce();
    } catch (DataAccessException e) {
      log.debug("Asking again by a new connection: {}", e.getMessage());
      alive = null;
      connections.resetConnection();
      askOnce();
    }
  }

  private void askOnce() {
    try (var connection = connections.getConnection()) {
      connection.stringCommands().get(KEY);
    }
  }

  /** What is a node of a cluster holds some of the keys only; the others are found by its help. */
  private void explore() {
    if (explored) {
      return;
    }
    if (isInCluster()) {
      connections.destroy();
      connections = clients.ofCluster();
    }
    explored = true;
    askOnce();
  }

  private boolean isInCluster() {
    try (var connection = connections.getConnection()) {
      var facts = connection.serverCommands().info("cluster");
      return facts != null && "1".equals(facts.getProperty("cluster_enabled"));
    } catch (RedisSystemException e) {
      log.debug("{} does not tell of a cluster: {}", clients.url(), e.getMessage());
      return false;
    }
  }

  private LettuceConnectionFactory alive() {
    Waiting.begin();
    var connections = alive;
    if (connections == null) {
      throw new RedisConnectionFailureException(clients.url() + " does not answer");
    }
    return connections;
  }

  @Override
  public RedisConnection getConnection() {
    return alive().getConnection();
  }

  @Override
  public RedisClusterConnection getClusterConnection() {
    return alive().getClusterConnection();
  }

  @Override
  public RedisSentinelConnection getSentinelConnection() {
    return alive().getSentinelConnection();
  }

  @Override
  public boolean getConvertPipelineAndTxResults() {
    return true;
  }

  @Override
  public @Nullable DataAccessException translateExceptionIfPossible(RuntimeException fault) {
    return TRANSLATION.translateExceptionIfPossible(fault);
  }

  @Override
  public void close() {
    alive = null;
    beats.shutdownNow();
    beats.close();
    connections.destroy();
  }
}
