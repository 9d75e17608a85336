/**
 * The way out: HTTP with one deadline a call, bounded bodies, and a guard over the addresses that a
 * back end may name.
 */
@NullMarked
package dev.nectar.http;

import org.jspecify.annotations.NullMarked;
