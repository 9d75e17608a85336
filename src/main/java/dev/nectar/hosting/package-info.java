/** Where hosted images go: one class a provider. */
@NullMarked
package dev.nectar.hosting;

import org.jspecify.annotations.NullMarked;
