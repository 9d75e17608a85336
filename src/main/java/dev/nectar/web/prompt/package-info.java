/** {@code GET /prompt}: from its parameters to an image, a redirect or a problem. */
@NullMarked
package dev.nectar.web.prompt;

import org.jspecify.annotations.NullMarked;
