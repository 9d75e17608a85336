package dev.nectar.web;

import dev.nectar.observe.Work;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Answers that another thread waits for, so that the client can be told meanwhile that it is not
 * forgotten.
 */
public final class AwaitedAnswers implements AutoCloseable {

  private final CompletableFuture<ImageAnswers> answers;

  private AwaitedAnswers(CompletableFuture<ImageAnswers> answers) {
    this.answers = answers;
  }

  /** What is said to the client. */
  public interface Sign {
    void give() throws IOException;
  }

  public static AwaitedAnswers of(Supplier<ImageAnswers> images) {
    return new AwaitedAnswers(CompletableFuture.supplyAsync(images, Work.threads()));
  }

  /** The answers, if they come in this time. They are closed with this. */
  public Optional<ImageAnswers> in(Duration patience) {
    try {
      return Optional.of(answers.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while images were made", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("images could not be asked for", e.getCause());
    }
  }

  /**
   * The answers, however long they take. They are closed with this.
   *
   * @param heartbeat given whenever the interval is over
   * @throws IOException if a sign can't be given
   */
  public ImageAnswers await(Duration interval, Sign heartbeat) throws IOException {
    while (true) {
      var come = in(interval);
      if (come.isPresent()) {
        return come.get();
      }
      heartbeat.give();
    }
  }

  /** Lets go of the answers, as soon as they are there. */
  @Override
  public void close() {
    var _ = answers.thenAccept(ImageAnswers::close);
  }
}
