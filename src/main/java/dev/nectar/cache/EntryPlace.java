package dev.nectar.cache;

/** Where entries live. */
public enum EntryPlace {
  FILES,
  SQLITE,
  REDIS
}
