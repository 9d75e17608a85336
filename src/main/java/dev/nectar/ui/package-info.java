/** The page to paint, browse and watch, for people with a browser. */
@NullMarked
package dev.nectar.ui;

import org.jspecify.annotations.NullMarked;
