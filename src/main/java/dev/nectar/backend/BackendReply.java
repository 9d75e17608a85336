package dev.nectar.backend;

import dev.nectar.image.staging.StagedImage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What asking a back end came to. */
public sealed interface BackendReply {

  /**
   * An image, to be closed by whoever takes it.
   *
   * @param model that was sent; null if none was
   * @param usage null if it tells none
   */
  record Painted(StagedImage image, @Nullable String model, @Nullable Usage usage)
      implements BackendReply, AutoCloseable {

    @Override
    public void close() {
      image.close();
    }
  }

  /** Anything but an image. */
  sealed interface Declined extends BackendReply, Verdict {

    /** In two or three words, fit for clients. */
    String kind();

    Evidence evidence();
  }

  /** Whether somebody was asked: what is known beforehand to be beyond a back end is no attempt. */
  default boolean isOfAttempt() {
    return !(this instanceof Unfit(var lack, var evidence)
        && lack == Unfit.Lack.INPUTS
        && evidence.equals(Evidence.NONE));
  }

  /**
   * The content was refused.
   *
   * @param certain whether the back end said so; if not, it is only taken for a refusal
   */
  record Refused(boolean certain, Evidence evidence) implements Declined {
    @Override
    public String kind() {
      return certain ? "content refused" : "unclear answer";
    }
  }

  /** It can't do what is asked for, whoever asks. */
  record Unfit(Lack lack, Evidence evidence) implements Declined {

    /** What is beyond it. */
    public enum Lack {
      MODEL("model not known"),
      /** Pictures to paint from, at all or so many. */
      INPUTS("input not taken");

      private final String kind;

      Lack(String kind) {
        this.kind = kind;
      }
    }

    /** It knows no such model. */
    public Unfit(Evidence evidence) {
      this(Lack.MODEL, evidence);
    }

    @Override
    public String kind() {
      return lack.kind;
    }
  }

  /** The prompt is too long for it. */
  record TooLong(Evidence evidence) implements Declined {
    @Override
    public String kind() {
      return "prompt too long";
    }
  }

  /** It turned the request down without a reason that is known. */
  record Unclear(Evidence evidence) implements Declined {
    @Override
    public String kind() {
      return "unclear answer";
    }
  }

  /** It serves nobody who comes with this key, from this account or place. */
  record LockedOut(Grounds grounds, Evidence evidence) implements Declined {

    /** What the operator has to see to. */
    public enum Grounds {
      KEY("key refused"),
      CREDIT("out of credit");

      private final String kind;

      Grounds(String kind) {
        this.kind = kind;
      }
    }

    @Override
    public String kind() {
      return grounds.kind;
    }
  }

  /**
   * It has too much to do.
   *
   * @param retryAfter how long it asked to be left alone; null if it did not
   */
  record Busy(@Nullable Duration retryAfter, Evidence evidence) implements Declined {
    @Override
    public String kind() {
      return "busy";
    }
  }

  /** It failed, which says nothing about the prompt. */
  record Failed(String kind, Evidence evidence) implements Declined {

    /** A failure that no answer tells of. */
    public Failed(String kind) {
      this(kind, Evidence.NONE);
    }
  }

  /**
   * What an answer said, for operators.
   *
   * @param status of the answer; 0 if there was none
   * @param code the first of its codes; null if it has none
   * @param message as it came: whoever shows it takes out what must not be seen
   */
  record Evidence(int status, @Nullable String code, String message) {

    public static final Evidence NONE = new Evidence(0, null, "");

    /** With this message, if there is none. */
    public Evidence orMessage(String other) {
      return message.isEmpty() ? new Evidence(status, code, other) : this;
    }
  }
}
