package dev.nectar.cache;

import java.io.IOException;
import java.util.Optional;

/** Keeps entries by key. Safe for use by many threads; reading never fails, it misses. */
public interface CacheStore {

  /** The entry, checked and not yet expired. */
  Optional<CacheEntry> find(CacheKey key);

  /**
   * Keeps a note in the place of whatever the key had.
   *
   * @throws IOException if the store can't be written
   */
  void keep(CacheKey key, CacheEntry.Note note) throws IOException;

  /**
   * Forgets the key; whether there was anything to forget.
   *
   * @throws IOException if that can't be done; it may be served still
   */
  boolean delete(CacheKey key) throws IOException;

  /** The images that are known by now. Never fails: what can't be read is not listed. */
  EntryPage list(EntryQuery query);

  /** From memory. */
  CacheStatus status();

  /** Finds out whether entries can be read, for while nobody asks for any. Never fails. */
  void probe();
}
