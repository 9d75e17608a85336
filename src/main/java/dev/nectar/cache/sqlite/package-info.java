/** Entries as rows of an embedded database, on threads of its own. */
@NullMarked
package dev.nectar.cache.sqlite;

import org.jspecify.annotations.NullMarked;
