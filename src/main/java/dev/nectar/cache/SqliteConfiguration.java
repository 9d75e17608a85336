package dev.nectar.cache;

import dev.nectar.settings.InvalidSettingsException;
import dev.nectar.settings.SettingFault;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Entries in an embedded database. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnEntryPlace(EntryPlace.SQLITE)
class SqliteConfiguration {

  private static final Logger log = LoggerFactory.getLogger(SqliteConfiguration.class);

  /** A wrong file stops the start; a disk that is full or read-only may mend. */
  @Bean
  SqliteCacheStore cacheStore(CacheSettings settings, Clock clock) {
    var file = settings.keyValueFile();
    var store = new SqliteCacheStore(file, settings.expiry(clock));
    try {
      store.open();
    } catch (UnfitFileException e) {
      store.close();
      throw new InvalidSettingsException(
          List.of(new SettingFault("KV_FILE", "'" + file + "': " + e.getMessage(), e.remedy())));
    } catch (IOException e) {
      log.warn(
          "KV_FILE {} can't be opened, so images are made anew until it can: {}",
          file,
          e.getMessage());
    }
    return store;
  }
}
