/** Who words it: what happens to a prompt before it is painted and after it was refused. */
@NullMarked
package dev.nectar.prompt;

import org.jspecify.annotations.NullMarked;
