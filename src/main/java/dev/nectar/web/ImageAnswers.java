package dev.nectar.web;

import dev.nectar.account.Money;
import dev.nectar.generation.GenerationResult;
import dev.nectar.generation.ImageAnswer;
import dev.nectar.image.ImageRequest;
import dev.nectar.observe.Work;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The answers to several requests that were asked side by side, in their order. */
public record ImageAnswers(List<Each> each) implements AutoCloseable {

  /**
   * One of them.
   *
   * @param file of a stored image, opened as soon as it was found; null if it is not to be read
   */
  public record Each(ImageAnswer answer, @Nullable InputStream file) implements AutoCloseable {

    private static Each of(ImageAnswer answer, boolean read) {
      try {
        var file =
            read && answer.result() instanceof GenerationResult.Stored(var entry)
                ? Files.newInputStream(entry.file())
                : null;
        return new Each(answer, file);
      } catch (IOException e) {
        answer.close();
        throw new UncheckedIOException(e);
      }
    }

    private boolean isPicture() {
      return !(answer.result() instanceof GenerationResult.NoImage);
    }

    @Override
    public void close() {
      try {
        if (file != null) {
          file.close();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        answer.close();
      }
    }
  }

  /**
   * Waits for all, even if one fails: what is made is paid for.
   *
   * @param read whether the images themselves are wanted, not only what is known of them
   */
  public static ImageAnswers of(
      List<ImageRequest> images, boolean read, Function<ImageRequest, ImageAnswer> pipeline) {
    var each = begin(images, read, pipeline);
    awaitAll(each);
    return collect(each);
  }

  /** Asks for all at once, and does not wait; each that comes is to be closed. */
  public static List<CompletableFuture<Each>> begin(
      List<ImageRequest> images, boolean read, Function<ImageRequest, ImageAnswer> pipeline) {
    return images.stream()
        .map(image ->
            CompletableFuture.supplyAsync(
                () -> Each.of(pipeline.apply(image), read), Work.threads()))
        .toList();
  }

  private static void awaitAll(List<CompletableFuture<Each>> each) {
    var all = CompletableFuture.allOf(each.toArray(CompletableFuture<?>[]::new));
    all.exceptionally(_ -> null).join();
  }

  private static ImageAnswers collect(List<CompletableFuture<Each>> ended) {
    try {
      return new ImageAnswers(ended.stream().map(CompletableFuture::join).toList());
    } catch (CompletionException e) {
      ended.stream()
          .filter(answer -> !answer.isCompletedExceptionally())
          .forEach(answer -> answer.join().close());
      throw e;
    }
  }

  /** Tells what was paid for all of them, if that is known of each. */
  public void tellCost(HttpServletResponse response) {
    var costs = each.stream().map(one -> one.answer().cost()).toList();
    if (costs.stream().allMatch(Optional::isPresent)) {
      var sum = costs.stream().flatMap(Optional::stream).reduce(BigDecimal.ZERO, BigDecimal::add);
      response.setHeader("X-Cost", Money.plain(sum).toPlainString());
    }
  }

  /**
   * Whether an answer is to be told: of failures only where there is no picture, for it is paid.
   */
  public boolean isTold(int number) {
    return each.get(number).isPicture() || each.stream().noneMatch(Each::isPicture);
  }

  @Override
  public void close() {
    each.forEach(Each::close);
  }
}
