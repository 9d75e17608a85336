package dev.nectar.generation;

import dev.nectar.cache.CacheEntry;
import dev.nectar.cache.Provenance;
import dev.nectar.image.staging.StagedImage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a request for an image came to. */
public sealed interface GenerationResult {

  /** An image found in the cache's files. */
  record Stored(CacheEntry.Stored entry) implements GenerationResult {}

  /** An image on a host. */
  record Hosted(CacheEntry.Hosted entry) implements GenerationResult {}

  /**
   * An image just made, which lives until everyone who waited for it has it, whatever becomes of it
   * in the cache.
   *
   * @param kept whether the next one who asks finds it in the cache's files
   */
  record Made(StagedImage image, Provenance provenance, boolean kept) implements GenerationResult {}

  /** Why there is no image. */
  sealed interface NoImage extends GenerationResult {

    /** For the log. */
    default String inWords() {
      return switch (this) {
        case Failed _ -> "failed";
        case TimedOut _ -> "timed out";
        case CallerGone _ -> "left";
        case InputsGone _ -> "has no inputs";
        case Overloaded _ -> "overloaded";
        case RateLimited _ -> "refused by the rate limit";
        case ModelNotAllowed _ -> "refused for its model";
        case BudgetUsedUp _ -> "refused by the budget";
        case LedgerUnreadable _ -> "refused without the ledger";
        case BackendsOutOfBudget _ -> "out of budget";
        case ShuttingDown _ -> "refused at shutdown";
      };
    }
  }

  /**
   * Every stage failed.
   *
   * @param stages which ones and how, fit for the client
   */
  record Failed(String stages, Reason reason) implements NoImage {

    /** Whether asking again, as it is, is vain. */
    public enum Reason {
      /** A back end refused the content for certain. */
      CONTENT_REFUSED,
      /** Nobody took so long a prompt. */
      PROMPT_TOO_LONG,
      /** No back end knows the model. */
      MODEL_NOT_KNOWN,
      OTHER
    }
  }

  /** The time for one generation ran out. */
  record TimedOut() implements NoImage {}

  /** Too many generations at once. */
  record Overloaded() implements NoImage {}

  /** Whoever asked has had too many images made of late. */
  record RateLimited(Duration retryAfter) implements NoImage {}

  /** The key of whoever asked is not for this model. */
  record ModelNotAllowed() implements NoImage {}

  /**
   * The budget of whoever asked does not reach.
   *
   * @param retryAfter how long until the next one begins; null: none ever does
   */
  record BudgetUsedUp(@Nullable Duration retryAfter) implements NoImage {}

  /** What is left of a budget can't be found out. */
  record LedgerUnreadable() implements NoImage {}

  /**
   * All back ends have used up their budgets, and there is no fallback.
   *
   * @param retryAfter how long until the first of them may be asked again
   */
  record BackendsOutOfBudget(Duration retryAfter) implements NoImage {

    static BackendsOutOfBudget until(Instant end, Instant now) {
      return new BackendsOutOfBudget(
          end.isBefore(now) ? Duration.ZERO : Duration.between(now, end));
    }
  }

  /** What it was made from was brought along once, and neither is kept. */
  record InputsGone() implements NoImage {}

  /** Whoever asked has not waited. */
  record CallerGone() implements NoImage {}

  /** The server is shutting down and begins nothing new. */
  record ShuttingDown() implements NoImage {}

  /** What an entry answers without anything being made; empty for a block, which does not. */
  static Optional<GenerationResult> known(CacheEntry entry) {
    return switch (entry) {
      case CacheEntry.Stored stored -> Optional.of(new Stored(stored));
      case CacheEntry.Hosted hosted -> Optional.of(new Hosted(hosted));
      case CacheEntry.FallbackFailed note ->
          Optional.of(
              new Failed(
                  "fallback, a short while ago",
                  note.contentRefused() ? Failed.Reason.CONTENT_REFUSED : Failed.Reason.OTHER));
      case CacheEntry.Blocked _ -> Optional.empty();
    };
  }

  /** Whether it concerns whoever began it alone, and nobody who waited with them. */
  default boolean isOfBeginner() {
    return this instanceof BudgetUsedUp || this instanceof LedgerUnreadable;
  }

  /** Lets go of what only this result holds. */
  default void discard() {
    if (this instanceof Made(var image, _, _)) {
      image.close();
    }
  }
}
