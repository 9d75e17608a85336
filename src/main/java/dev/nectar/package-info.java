/** Where the process starts and its settings become truth. */
@NullMarked
package dev.nectar;

import org.jspecify.annotations.NullMarked;
