/** What people see, in a real browser. */
@NullMarked
package dev.nectar.browser;

import org.jspecify.annotations.NullMarked;
