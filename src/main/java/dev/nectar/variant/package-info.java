/**
 * Other formats and sizes of a kept picture. What is decoded for them comes from strangers, so that
 * memory and time are bounded whatever a file claims.
 */
@NullMarked
package dev.nectar.variant;

import org.jspecify.annotations.NullMarked;
