package dev.nectar.cache;

import dev.nectar.settings.RedisUrl;
import dev.nectar.settings.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * What is remembered, where and for how long.
 *
 * @param directory of the file cache
 * @param maxSize of the file cache
 * @param maxImageSize a larger image is not taken
 * @param keyValueFile the embedded key-value store, used while images are hosted
 * @param redisUrl null: the embedded key-value store is used
 * @param imagesHosted whether images go to a host; then only notes are kept
 */
public record CacheSettings(
    @Setting(value = "CACHE_DIR", fallback = "./image_file_cache") Path directory,
    @Setting(value = "CACHE_MAX_SIZE", fallback = "10GB") DataSize maxSize,
    @Setting(value = "MAX_IMAGE_SIZE", fallback = "32MB") DataSize maxImageSize,
    @Setting(value = "BLOCKED_TTL", fallback = "24h") @DurationMin(millis = 1) Duration blockedTtl,
    @Setting(value = "FALLBACK_FAILED_TTL", fallback = "1m") @DurationMin(millis = 1)
        Duration fallbackFailedTtl,
    @Setting(value = "KV_FILE", fallback = "./image_cache.db") Path keyValueFile,
    @Setting("REDIS_URL") @Nullable RedisUrl redisUrl,
    @Setting(value = "IMAGE_HOSTING_ENABLED", fallback = "false") boolean imagesHosted) {

  public Expiry expiry(InstantSource clock) {
    return new Expiry(blockedTtl, fallbackFailedTtl, clock);
  }

  public EntryPlace place() {
    if (!imagesHosted) {
      return EntryPlace.FILES;
    }
    return redisUrl == null ? EntryPlace.SQLITE : EntryPlace.REDIS;
  }

  /** Only where entries live there. */
  public RedisUrl redis() {
    return Objects.requireNonNull(redisUrl);
  }
}
