/**
 * Where hosted images go: one class a provider. A new provider is a class that implements {@link
 * dev.nectar.hosting.ImageHost}, a line in {@link dev.nectar.hosting.Provider}, and among the tests
 * a class that extends {@code ImageHostContract}.
 */
@NullMarked
package dev.nectar.hosting;

import org.jspecify.annotations.NullMarked;
