/** How SQLite files and a Redis are spoken to, whatever is kept there. */
@NullMarked
package dev.nectar.storage;

import org.jspecify.annotations.NullMarked;
