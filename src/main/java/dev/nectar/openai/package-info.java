/** OpenAI's API as a server speaks it: orders, answers, models, errors. */
@NullMarked
package dev.nectar.openai;

import org.jspecify.annotations.NullMarked;
