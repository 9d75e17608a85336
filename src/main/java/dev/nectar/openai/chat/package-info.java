/** OpenAI's chat API: Nectar as a model whose every answer is a picture. */
@NullMarked
package dev.nectar.openai.chat;

import org.jspecify.annotations.NullMarked;
