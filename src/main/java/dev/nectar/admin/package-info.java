/** What only the holder of the admin token may do. */
@NullMarked
package dev.nectar.admin;

import org.jspecify.annotations.NullMarked;
