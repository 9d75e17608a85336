package dev.nectar.web.progress;

import dev.nectar.generation.GenerationResult;
import dev.nectar.generation.ImageAnswer;
import dev.nectar.generation.Presence;
import dev.nectar.generation.Progress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** A generation that nobody has to wait for; its answer is closed when nobody uses it any more. */
final class Job {

  static final String QUEUED = "queued";
  static final String GENERATING = "generating";

  /** So often is it found out whether the client is still there. */
  private static final Duration LOOK = Duration.ofSeconds(2);

  private final String id;
  private final CompletableFuture<Boolean> begun = new CompletableFuture<>();
  private final CompletableFuture<ImageAnswer> end = new CompletableFuture<>();
  private final AtomicInteger users = new AtomicInteger(1);
  private volatile Progress latest = new Progress.Queued();

  /** With one user, who has to leave it. */
  Job(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }

  String status() {
    return latest instanceof Progress.Queued ? QUEUED : GENERATING;
  }

  /** Takes part in it; false if all have left it. */
  boolean join() {
    return users.getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0;
  }

  /** Must be called once by each who joined. */
  void leave() {
    if (users.decrementAndGet() == 0) {
      end.join().close();
    }
  }

  void hear(Progress progress) {
    latest = progress;
    begun.complete(true);
  }

  void end(ImageAnswer answer) {
    end.complete(answer);
    begun.complete(true);
  }

  /** Whether the next one who asks finds it in the cache. */
  static boolean isImageKept(GenerationResult result) {
    return switch (result) {
      case GenerationResult.Stored _, GenerationResult.Hosted _ -> true;
      case GenerationResult.Made made -> made.kept();
      case GenerationResult.NoImage _ -> false;
    };
  }

  /** Whether asking again would come to the same; a refusal concerns the one who asked. */
  static boolean isLasting(GenerationResult result) {
    return switch (result) {
      case GenerationResult.Stored _, GenerationResult.Hosted _, GenerationResult.Made _ -> true;
      case GenerationResult.Failed _, GenerationResult.TimedOut _ -> true;
      case GenerationResult.Overloaded _,
          GenerationResult.RateLimited _,
          GenerationResult.ModelNotAllowed _,
          GenerationResult.BudgetUsedUp _,
          GenerationResult.LedgerUnreadable _,
          GenerationResult.BackendsOutOfBudget _,
          GenerationResult.CallerGone _,
          GenerationResult.InputsGone _,
          GenerationResult.ShuttingDown _ ->
          false;
    };
  }

  /** What it came to; empty if it has not come to its end by then, or the client went away. */
  Optional<ImageAnswer> await(Duration wait, Presence presence) throws InterruptedException {
    // What is known is there at once, and so is a refusal.
    begun.join();
    var deadline = System.nanoTime() + wait.toNanos();
    while (true) {
      var left = deadline - System.nanoTime();
      try {
        return Optional.of(end.get(Math.clamp(left, 0, LOOK.toNanos()), TimeUnit.NANOSECONDS));
      } catch (TimeoutException e) {
        if (left <= 0 || !presence.isHere()) {
          return Optional.empty();
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException("an answer is a value", e);
      }
    }
  }
}
