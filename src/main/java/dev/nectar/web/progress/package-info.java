/** Answers that tell how a generation goes instead of waiting for its image. */
@NullMarked
package dev.nectar.web.progress;

import org.jspecify.annotations.NullMarked;
