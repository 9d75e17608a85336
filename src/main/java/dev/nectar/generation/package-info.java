/** The order of things: the pipeline, one flight a key. */
@NullMarked
package dev.nectar.generation;

import org.jspecify.annotations.NullMarked;
