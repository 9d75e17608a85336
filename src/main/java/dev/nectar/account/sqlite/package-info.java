/** The ledger as tables of an embedded database. */
@NullMarked
package dev.nectar.account.sqlite;

import org.jspecify.annotations.NullMarked;
