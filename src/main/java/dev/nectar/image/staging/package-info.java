/** Images that are not kept yet: their bytes on the way to a file, checked as they go by. */
@NullMarked
package dev.nectar.image.staging;

import org.jspecify.annotations.NullMarked;
