/** The ledger in a Redis that servers share. */
@NullMarked
package dev.nectar.account.redis;

import org.jspecify.annotations.NullMarked;
