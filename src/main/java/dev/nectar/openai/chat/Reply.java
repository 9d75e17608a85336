package dev.nectar.openai.chat;

import dev.nectar.image.ImageFormat;
import java.io.IOException;
import java.io.InputStream;

/** What the assistant answers. */
sealed interface Reply {

  /** Why there is no picture. */
  record Sentence(String text) implements Reply {}

  /**
   * A picture.
   *
   * @param prompt what it was asked for with
   */
  record Picture(String prompt, Place place) implements Reply {}

  /** Where a picture is to be had. */
  sealed interface Place {}

  record Link(String url) implements Place {}

  /** Nowhere else: it goes along. */
  record Inline(ImageFormat format, Source source) implements Place {}

  /** Opens the bytes, from the first on. */
  interface Source {
    InputStream open() throws IOException;
  }
}
