package dev.nectar.storage;

import dev.nectar.observe.Waiting;
import dev.nectar.settings.RedisUrl;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * A Redis, asked twice a second whether it answers. While it does not, commands are refused at
 * once: Lettuce would wait for a Redis that hangs. What must not be given up for a pause of Redis
 * is asked {@linkplain #patiently patiently}.
 */
public final class Redis implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Redis.class);

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
  private static final String KEY = "nectar:heartbeat";

  private final RedisClients clients;
  private final WarningLimit warnings;
  private final ScheduledExecutorService beats =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("redis-heartbeat").factory());
  private final CountDownLatch firstBeat = new CountDownLatch(1);

  private SharedConnection connection;
  private boolean explored;
  private boolean missed;
  private volatile @Nullable RedisClusterCommands<String, String> alive;

  /** In the time of {@link System#nanoTime}; at first so long ago as if it never had. */
  private volatile long answered = System.nanoTime() - GRACE.toNanos();

  /** The Redis there; asks it for the first time. */
  public static Redis at(RedisUrl url) {
    return new Redis(new RedisClients(url, PATIENCE)).start();
  }

  Redis(RedisClients clients) {
    this.clients = clients;
    this.warnings = new WarningLimit();
    this.connection = clients.ofServer();
  }

  /** Returns after the first beat, or without it if that takes long. */
  Redis start() {
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
   * What the command returns.
   *
   * @param command to the server, or to a cluster: concerns one hash slot
   * @throws RedisException if Redis is out of reach or answers with an error, {@link
   *     RedisCommandExecutionException}
   */
  public <T extends @Nullable Object> T execute(
      Function<RedisClusterCommands<String, String>, T> command) {
    var commands = alive();
    try {
      return command.apply(commands);
    } catch (RedisException e) {
      throw e;
    } catch (RuntimeException e) {
      // As when what waits for an answer is cancelled.
      throw new RedisException(e);
    }
  }

  /**
   * Whether the script returns 1 or true.
   *
   * @throws RedisException as {@link #execute(Function)} does
   */
  public boolean execute(RedisScript script, List<String> keys, List<String> arguments) {
    return execute(commands -> script.execute(commands, keys, arguments));
  }

  /**
   * What the command returns, asked again while Redis is silent, for a few seconds at most.
   *
   * @param command does no harm if Redis executes it again
   * @throws RedisException as {@link #execute(Function)} does
   */
  public <T extends @Nullable Object> T patiently(Supplier<T> command) {
    var start = System.nanoTime();
    while (true) {
      try {
        return command.get();
      } catch (RedisException e) {
        if (isAnswer(e) || isOutOfReach() || isLongAgo(start) || !pause()) {
          throw e;
        }
      }
    }
  }

  private static boolean isAnswer(RedisException fault) {
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
      alive = connection.commands();
      answered = System.nanoTime();
      if (missed) {
        log.info("{} answers again", clients.url());
        missed = false;
      }
    } catch (RuntimeException e) {
      alive = null;
      if (!beats.isShutdown() && warnings.permits()) {
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
    } catch (RuntimeException e) {
      log.debug("Asking again by a new connection: {}", e.getMessage());
      alive = null;
      connection.reset();
      askOnce();
    }
  }

  private void askOnce() {
    var _ = connection.commands().get(KEY);
  }

  /** What is a node of a cluster holds some of the keys only; the others are found by its help. */
  private void explore() {
    if (explored) {
      return;
    }
    if (isInCluster()) {
      var node = connection;
      connection = clients.ofCluster();
      node.close();
    }
    explored = true;
    askOnce();
  }

  private boolean isInCluster() {
    try {
      return connection.commands().info("cluster").lines().anyMatch("cluster_enabled:1"::equals);
    } catch (RedisCommandExecutionException e) {
      log.debug("{} does not tell of a cluster: {}", clients.url(), e.getMessage());
      return false;
    }
  }

  private RedisClusterCommands<String, String> alive() {
    Waiting.begin();
    var commands = alive;
    if (commands == null) {
      throw new RedisConnectionException(clients.url() + " does not answer");
    }
    return commands;
  }

  @Override
  public void close() {
    beats.shutdownNow();
    beats.close();
    alive = null;
    connection.close();
  }
}
