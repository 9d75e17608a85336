package dev.nectar.web;

import dev.nectar.generation.ImageAnswer;
import dev.nectar.image.ImageRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** The answers to several requests that were asked side by side, in their order. */
record ImageAnswers(List<ImageAnswer> each) implements AutoCloseable {

  /** Waits for all, even if one fails: what is made is paid for. */
  static ImageAnswers of(List<ImageRequest> images, Function<ImageRequest, ImageAnswer> pipeline) {
    return collect(ask(images, pipeline));
  }

  private static List<CompletableFuture<ImageAnswer>> ask(
      List<ImageRequest> images, Function<ImageRequest, ImageAnswer> pipeline) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return images.stream()
          .map(image -> CompletableFuture.supplyAsync(() -> pipeline.apply(image), threads))
          .toList();
    }
  }

  private static ImageAnswers collect(List<CompletableFuture<ImageAnswer>> ended) {
    try {
      return new ImageAnswers(ended.stream().map(CompletableFuture::join).toList());
    } catch (CompletionException e) {
      ended.stream()
          .filter(answer -> !answer.isCompletedExceptionally())
          .forEach(answer -> answer.join().close());
      throw e;
    }
  }

  @Override
  public void close() {
    each.forEach(ImageAnswer::close);
  }
}
