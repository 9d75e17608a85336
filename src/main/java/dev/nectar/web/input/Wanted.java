package dev.nectar.web.input;

import dev.nectar.generation.Caller;
import dev.nectar.generation.GenerationPipeline;
import dev.nectar.generation.GenerationResult;
import dev.nectar.image.ImageRequest;
import dev.nectar.web.Problem;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.web.ErrorResponseException;

/**
 * What inputs are for.
 *
 * @param pictures to be made from them
 * @param telling what is thrown if those can't be made
 */
record Wanted(
    List<ImageRequest> pictures,
    Function<GenerationResult.NoImage, ErrorResponseException> telling) {

  static final Wanted NOTHING = new Wanted(List.of(), Problem::of);

  /** Whoever may not have them by their model need not bring anything. */
  void checkModel(GenerationPipeline pipeline, Caller asker) {
    if (!pictures.stream().allMatch(picture -> pipeline.opens(picture, asker))) {
      throw telling.apply(new GenerationResult.ModelNotAllowed());
    }
  }

  /**
   * What could not be paid for after an input was made is no reason to make that.
   *
   * @param payer of the input
   */
  void checkBudget(GenerationPipeline pipeline, Caller asker, ImageRequest input, Caller payer) {
    var isOfAsker = payer.allowance().payer().id().equals(asker.allowance().payer().id());
    var all =
        Stream.concat(pictures.stream(), isOfAsker ? Stream.of(input) : Stream.empty()).toList();
    pipeline
        .refusal(all, asker)
        .ifPresent(reason -> {
          throw telling.apply(reason);
        });
  }
}
