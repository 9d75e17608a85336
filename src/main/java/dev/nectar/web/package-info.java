/** GET and POST /prompt: from the raw request to an image, a redirect or a problem. */
@NullMarked
package dev.nectar.web;

import org.jspecify.annotations.NullMarked;
