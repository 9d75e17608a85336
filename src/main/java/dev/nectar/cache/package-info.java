/** What is remembered: keys, entries, and the store that keeps them. */
@NullMarked
package dev.nectar.cache;

import org.jspecify.annotations.NullMarked;
