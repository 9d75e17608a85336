/**
 * The demo's painter: pictures by arithmetic alone, the same bytes for the same prompt, size and
 * seed, with no fonts, files or models.
 */
@NullMarked
package dev.nectar.demo.painting;

import org.jspecify.annotations.NullMarked;
