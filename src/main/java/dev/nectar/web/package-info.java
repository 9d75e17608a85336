/** What clients ask for: from the raw request to an image, a link, a list or a problem. */
@NullMarked
package dev.nectar.web;

import org.jspecify.annotations.NullMarked;
