/** How settings are read: environment and .env bound into records, every fault reported at once. */
@NullMarked
package dev.nectar.settings;

import org.jspecify.annotations.NullMarked;
