/** Entries as files in one directory, and the index that bounds it. */
@NullMarked
package dev.nectar.cache.file;

import org.jspecify.annotations.NullMarked;
