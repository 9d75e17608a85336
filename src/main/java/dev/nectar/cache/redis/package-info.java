/** Entries and leases in Redis, shared by all nodes. */
@NullMarked
package dev.nectar.cache.redis;

import org.jspecify.annotations.NullMarked;
