package dev.nectar.cache;

import dev.nectar.image.ImageRequest;
import dev.nectar.image.ImageSource;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an entry came about.
 *
 * @param request what the client asked for; null in entries that do not tell
 * @param prompt the prompt that succeeded or, where none did, the most promising one; null in
 *     entries that do not tell
 * @param optimizedPrompt null if the prompt was not optimized
 * @param rewrittenPrompt null if the prompt was not rewritten
 * @param source who painted the image; for a failure, who failed last
 * @param backend which of the back ends painted, fit to be shown; null if none did, and in entries
 *     that do not tell
 * @param model the model that was sent; null if none was
 * @param cost of the image; null if it is not known
 */
public record Provenance(
    @Nullable ImageRequest request,
    @Nullable String prompt,
    @Nullable String optimizedPrompt,
    @Nullable String rewrittenPrompt,
    ImageSource source,
    @Nullable String backend,
    @Nullable String model,
    Instant createdAt,
    @Nullable BigDecimal cost) {

  /** One whose cost is not known. */
  public Provenance(
      @Nullable ImageRequest request,
      @Nullable String prompt,
      @Nullable String optimizedPrompt,
      @Nullable String rewrittenPrompt,
      ImageSource source,
      @Nullable String backend,
      @Nullable String model,
      Instant createdAt) {
    this(
        request, prompt, optimizedPrompt, rewrittenPrompt, source, backend, model, createdAt, null);
  }

  /** One that does not tell which back end painted. */
  public Provenance(
      @Nullable ImageRequest request,
      @Nullable String prompt,
      @Nullable String optimizedPrompt,
      @Nullable String rewrittenPrompt,
      ImageSource source,
      @Nullable String model,
      Instant createdAt) {
    this(request, prompt, optimizedPrompt, rewrittenPrompt, source, null, model, createdAt);
  }

  /** As if made then, where it claims to be younger. */
  Provenance notAfter(Instant time) {
    return createdAt.isAfter(time) ? at(time) : this;
  }

  Provenance at(Instant time) {
    return new Provenance(
        request, prompt, optimizedPrompt, rewrittenPrompt, source, backend, model, time, cost);
  }
}
