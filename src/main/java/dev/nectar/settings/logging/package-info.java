/** How the log is written: its format, and that no secret and no forged line is in it. */
@NullMarked
package dev.nectar.settings.logging;

import org.jspecify.annotations.NullMarked;
