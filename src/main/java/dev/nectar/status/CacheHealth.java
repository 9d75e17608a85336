package dev.nectar.status;

import dev.nectar.cache.CacheStore;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down while no entry can be kept and none can be read: then each picture is paid for anew. */
final class CacheHealth implements HealthIndicator {

  private final CacheStore cache;

  CacheHealth(CacheStore cache) {
    this.cache = cache;
  }

  @Override
  public Health health() {
    var status = cache.status();
    return (status.readable() || status.writable() ? Health.up() : Health.down()).build();
  }
}
