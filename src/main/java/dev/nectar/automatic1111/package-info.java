/** Automatic1111's API, for clients that take Nectar for a Stable Diffusion web UI. */
@NullMarked
package dev.nectar.automatic1111;

import org.jspecify.annotations.NullMarked;
