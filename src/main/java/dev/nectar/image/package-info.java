/** What an image request and an image are: the domain's own words, free of any framework. */
@NullMarked
package dev.nectar.image;

import org.jspecify.annotations.NullMarked;
