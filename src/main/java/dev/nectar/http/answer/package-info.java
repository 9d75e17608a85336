/**
 * JSON with pictures, read as it streams by: the answers of services and the requests of clients,
 * small documents whose pictures go straight to files however long they are.
 */
@NullMarked
package dev.nectar.http.answer;

import org.jspecify.annotations.NullMarked;
