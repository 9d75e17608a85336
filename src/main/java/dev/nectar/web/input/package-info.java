/** Pictures that others are to be made from: fetched, decoded or uploaded to staged files. */
@NullMarked
package dev.nectar.web.input;

import org.jspecify.annotations.NullMarked;
