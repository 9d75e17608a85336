/** What operators see. */
@NullMarked
package dev.nectar.status;

import org.jspecify.annotations.NullMarked;
