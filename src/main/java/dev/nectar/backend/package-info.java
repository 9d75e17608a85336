/** Who paints: OpenAI-compatible back ends, how they are drawn by weight, judged and rested. */
@NullMarked
package dev.nectar.backend;

import org.jspecify.annotations.NullMarked;
