/** The whole server, held to its promises over real HTTP. */
@NullMarked
package dev.nectar.server;

import org.jspecify.annotations.NullMarked;
