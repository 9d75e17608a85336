/**
 * The demo profile: a back end of its own, so that the proxy can be tried with nothing configured.
 */
@NullMarked
package dev.nectar.demo;

import org.jspecify.annotations.NullMarked;
