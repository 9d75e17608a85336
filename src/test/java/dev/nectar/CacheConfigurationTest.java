package dev.nectar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.cache.CacheSettings;
import dev.nectar.cache.CacheStore;
import dev.nectar.cache.KeyLeases;
import dev.nectar.cache.file.FileCacheStore;
import dev.nectar.cache.redis.RedisCacheStore;
import dev.nectar.cache.redis.RedisKeyLeases;
import dev.nectar.cache.sqlite.SqliteCacheStore;
import dev.nectar.settings.InvalidSettingsException;
import dev.nectar.settings.SettingFault;
import dev.nectar.settings.SettingsBinder;
import dev.nectar.storage.Redis;
import dev.nectar.storage.Tmpfs;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

/** Which store there is by which settings. */
@ExtendWith(OutputCaptureExtension.class)
class CacheConfigurationTest {

  @TempDir private Path directory;

  private SettingsBinder binder(Map<String, String> settings) {
    var all =
        new HashMap<>(
            Map.of(
                "CACHE_DIR", directory.resolve("images").toString(),
                "KV_FILE", file().toString()));
    all.putAll(settings);
    return new SettingsBinder(all::get);
  }

  private Path file() {
    return directory.resolve("cache.db");
  }

  private ApplicationContextRunner context(Map<String, String> settings) {
    var bound = binder(settings).bind(CacheSettings.class);
    return new ApplicationContextRunner()
        .withBean(CacheSettings.class, () -> bound)
        .withBean(Clock.class, Clock::systemUTC)
        .withBean(RandomGenerator.class, () -> new Random(1))
        .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
        .withUserConfiguration(CacheConfiguration.class);
  }

  @Test
  void entries_withoutHosting_areInFilesWhateverElseIsSet() {
    context(Map.of("REDIS_URL", "redis://localhost:9"))
        .run(context ->
            assertThat(context)
                .hasSingleBean(CacheStore.class)
                .hasSingleBean(FileCacheStore.class)
                .satisfies(CacheConfigurationTest::hasNoLeases));
    assertThat(file()).doesNotExist();
  }

  private static void hasNoLeases(ApplicationContext context) {
    assertThat(context.getBean(KeyLeases.class)).isSameAs(KeyLeases.NONE);
  }

  @Test
  void entries_withHosting_areInSqlite() {
    context(Map.of("IMAGE_HOSTING_ENABLED", "true"))
        .run(context ->
            assertThat(context)
                .hasSingleBean(CacheStore.class)
                .hasSingleBean(SqliteCacheStore.class)
                .satisfies(CacheConfigurationTest::hasNoLeases));
    assertThat(file()).exists();
  }

  @Test
  void entries_withHostingAndRedis_areThere() {
    context(Map.of("IMAGE_HOSTING_ENABLED", "true", "REDIS_URL", "redis://localhost:9"))
        .run(context ->
            assertThat(context)
                .hasSingleBean(CacheStore.class)
                .hasSingleBean(RedisCacheStore.class)
                .hasSingleBean(Redis.class)
                .hasSingleBean(RedisKeyLeases.class));
    assertThat(file()).doesNotExist();
  }

  @Test
  void keyValueFile_thatWillNeverDo_isAWrongSetting() throws Exception {
    Files.createDirectory(file());

    context(Map.of("IMAGE_HOSTING_ENABLED", "true"))
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .isInstanceOfSatisfying(
                    InvalidSettingsException.class,
                    e ->
                        assertThat(e.faults())
                            .containsExactly(
                                new SettingFault(
                                    "KV_FILE",
                                    "'" + file() + "': It is a directory.",
                                    "Set it to a file."))));
  }

  @Test
  void keyValueFile_onADiskThatMayMend_isAWarning(CapturedOutput output) throws Exception {
    try (var disk = Tmpfs.mount(directory)) {
      disk.makeReadOnly();

      context(Map.of("IMAGE_HOSTING_ENABLED", "true"))
          .run(context -> assertThat(context).hasSingleBean(SqliteCacheStore.class));

      assertThat(output).contains("KV_FILE " + file() + " can't be opened");
    }
  }

  @Test
  void redisUrl_ofAnotherForm_isAWrongSettingWithoutItsValue() {
    var binder = binder(Map.of("REDIS_URL", "redis://someone:hidden@host:port"));
    binder.bind(CacheSettings.class);

    assertThat(binder.faults())
        .singleElement()
        .satisfies(fault -> {
          assertThat(fault.variable()).isEqualTo("REDIS_URL");
          assertThat(fault.toString()).doesNotContain("hidden");
        });
  }

  @Test
  void switch_boundByTwoFeatures_isOneFault() {
    var binder = binder(Map.of("IMAGE_HOSTING_ENABLED", "perhaps"));
    binder.bind(CacheSettings.class);
    binder.bind(CacheSettings.class);

    assertThat(new InvalidSettingsException(List.copyOf(binder.faults())).faults()).hasSize(1);
  }
}
