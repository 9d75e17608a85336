package dev.nectar.cache.redis;

import dev.nectar.cache.CacheEntry;
import dev.nectar.cache.CacheEntry.Note;
import dev.nectar.cache.CacheKey;
import dev.nectar.cache.CacheStatus;
import dev.nectar.cache.CacheStore;
import dev.nectar.cache.EntryListing;
import dev.nectar.cache.EntryPage;
import dev.nectar.cache.EntryQuery;
import dev.nectar.cache.Expiry;
import dev.nectar.cache.NoteCodec;
import dev.nectar.cache.Position;
import dev.nectar.storage.Redis;
import dev.nectar.storage.RedisScript;
import dev.nectar.storage.WarningLimit;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.Range.Boundary;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.SetArgs;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * Entries in Redis, shared by all nodes, as JSON under {@code nectar:entry:<key>}; a sorted set
 * lists the images among them. Each command concerns one key, so that a cluster will do too.
 */
public final class RedisCacheStore implements CacheStore {

  private static final Logger log = LoggerFactory.getLogger(RedisCacheStore.class);

  private static final String ENTRY = "nectar:entry:";

  /** The keys of all images, by the time when they were made. */
  private static final String IMAGES = "nectar:images";

  /** At least so many images of one millisecond are told apart. */
  private static final int TIES = 100;

  /** Gives a key another value and time to live, unless it has changed meanwhile. */
  private static final RedisScript REPLACE =
      new RedisScript(
          """
          if redis.call('GET', KEYS[1]) == ARGV[1] then
            redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
            return true
          end
          return false
          """);

  private final Redis redis;
  private final Expiry expiry;
  private final NoteCodec codec;
  private final WarningLimit warnings;

  public RedisCacheStore(Redis redis, Expiry expiry) {
    this.redis = redis;
    this.expiry = expiry;
    this.codec = new NoteCodec(expiry);
    this.warnings = new WarningLimit();
  }

  @Override
  public Optional<CacheEntry> find(CacheKey key) {
    try {
      return Optional.ofNullable(redis.execute(commands -> commands.get(ENTRY + key)))
          .flatMap(text -> codec.decode(key, text, note -> redate(key, text, note)));
    } catch (RedisConnectionException e) {
      log.debug("The cache entry {} can't be read: {}", key, e.getMessage());
      return Optional.empty();
    } catch (RedisException e) {
      if (warnings.permits()) {
        log.warn("The cache entry {} can't be read: {}", key, reason(e));
      }
      return Optional.empty();
    }
  }

  private void redate(CacheKey key, String text, Note note) {
    redis.execute(
        REPLACE,
        List.of(ENTRY + key),
        List.of(
            text,
            codec.encode(note),
            String.valueOf(left(expiry.end(note).orElseThrow()).toMillis())));
  }

  private Duration left(Instant end) {
    return Duration.between(expiry.clock().instant(), end);
  }

  @Override
  public void keep(CacheKey key, Note made) throws IOException {
    var note = expiry.dated(made);
    try {
      redis.patiently(() -> {
        write(key, note);
        return true;
      });
    } catch (RedisException e) {
      throw new IOException("Redis did not take it: " + reason(e), e);
    }
  }

  private void write(CacheKey key, Note note) {
    var end = expiry.end(note);
    var text = codec.encode(note);
    if (end.isEmpty()) {
      var created = (double) note.provenance().createdAt().toEpochMilli();
      redis.execute(commands -> commands.set(ENTRY + key, text));
      redis.execute(commands -> commands.zadd(IMAGES, created, key.toString()));
      return;
    }
    redis.execute(commands -> commands.zrem(IMAGES, key.toString()));
    var rest = left(end.get());
    if (rest.toMillis() > 0) {
      redis.execute(commands -> commands.set(ENTRY + key, text, SetArgs.Builder.px(rest)));
    } else {
      redis.execute(commands -> commands.del(ENTRY + key));
    }
  }

  /** What has expired by our clock, if not yet by that of Redis, is as good as gone. */
  @Override
  public boolean delete(CacheKey key) throws IOException {
    try {
      return redis.patiently(() -> {
        redis.execute(commands -> commands.zrem(IMAGES, key.toString()));
        var known = find(key).isPresent();
        return redis.execute(commands -> commands.del(ENTRY + key)) > 0 && known;
      });
    } catch (RedisException e) {
      throw new IOException("Redis did not take the deletion: " + reason(e), e);
    }
  }

  private static String reason(RedisException fault) {
    return NestedExceptionUtils.getMostSpecificCause(fault).toString();
  }

  @Override
  public EntryPage list(EntryQuery query) {
    var after = query.after();
    var newest =
        after == null
            ? Boundary.<Long>unbounded()
            : Boundary.including(after.createdAt().toEpochMilli());
    var times = Range.from(Boundary.including(0L), newest);
    var limit = Limit.from(query.reach() + 1 + TIES);
    try {
      var rows =
          redis
              .execute(commands -> commands.zrevrangebyscoreWithScores(IMAGES, times, limit))
              .stream()
              .flatMap(image -> position(image).stream())
              .filter(position -> after == null || position.compareTo(after) > 0)
              .map(Image::new);
      return EntryListing.page(query, rows.iterator());
    } catch (RedisException e) {
      log.debug("The images can't be listed: {}", reason(e));
      return new EntryPage(List.of(), null);
    }
  }

  private static Optional<Position> position(ScoredValue<String> image) {
    return CacheKey.parse(image.getValue())
        .map(key -> new Position(Instant.ofEpochMilli((long) image.getScore()), key));
  }

  private final class Image implements EntryListing.Row {
    private final Position position;

    Image(Position position) {
      this.position = position;
    }

    @Override
    public Position position() {
      return position;
    }

    @Override
    public Optional<CacheEntry> load() {
      return find(position.key()).filter(entry -> entry instanceof CacheEntry.Hosted);
    }
  }

  /** Redis counts the keys of all its users together. */
  @Override
  public CacheStatus status() {
    var alive = redis.isAlive();
    return new CacheStatus("redis", null, null, alive, alive);
  }

  /** The heartbeat finds out. */
  @Override
  public void probe() {}
}
