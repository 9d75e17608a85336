package dev.nectar.cache;

/** Where entries live. */
enum EntryPlace {
  FILES,
  SQLITE,
  REDIS
}
