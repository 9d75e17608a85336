package dev.nectar.backend;

import dev.nectar.image.StagedImage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What asking a back end came to. */
public sealed interface BackendReply {

  /**
   * An image, to be closed by whoever takes it.
   *
   * @param model that was sent; null if none was
   */
  record Painted(StagedImage image, @Nullable String model) implements BackendReply, AutoCloseable {

    @Override
    public void close() {
      image.close();
    }
  }

  /** Anything but an image, as far as the answer itself tells. */
  sealed interface Verdict {}

  /**
   * The content was refused.
   *
   * @param certain whether the back end said so; if not, it is only taken for a refusal
   */
  record Refused(boolean certain) implements BackendReply, Verdict {}

  /**
   * The back end failed, which says nothing about the prompt.
   *
   * @param reason for operators, without the answer's text
   * @param retryAfter how long the back end asked to be left alone; null if it did not
   */
  record Failed(String reason, @Nullable Duration retryAfter) implements BackendReply, Verdict {

    public Failed(String reason) {
      this(reason, null);
    }
  }

  /**
   * A parameter is not known or not accepted; the prompt is not at fault.
   *
   * @param always whether it is the parameter itself, not just its value
   */
  record Unsupported(String parameter, boolean always) implements Verdict {}
}
