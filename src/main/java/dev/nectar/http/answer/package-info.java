/**
 * The JSON that services answer with, read as it streams by: small documents, whose pictures go
 * straight to files however long they are.
 */
@NullMarked
package dev.nectar.http.answer;

import org.jspecify.annotations.NullMarked;
