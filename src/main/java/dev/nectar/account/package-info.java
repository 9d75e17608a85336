/**
 * Who may have pictures made, what they cost and who has paid: keys, budgets, prices, and the
 * ledger that they are kept in.
 */
@NullMarked
package dev.nectar.account;

import org.jspecify.annotations.NullMarked;
