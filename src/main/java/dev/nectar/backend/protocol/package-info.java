/** How a back end is spoken to: one class a protocol, and the reading of answers that all share. */
@NullMarked
package dev.nectar.backend.protocol;

import org.jspecify.annotations.NullMarked;
