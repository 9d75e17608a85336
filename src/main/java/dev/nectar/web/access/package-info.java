/** Who may ask for what: keys, signed links, referers, rate limits, client addresses. */
@NullMarked
package dev.nectar.web.access;

import org.jspecify.annotations.NullMarked;
