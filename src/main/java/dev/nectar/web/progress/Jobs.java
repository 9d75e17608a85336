package dev.nectar.web.progress;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.cache.CacheKey;
import dev.nectar.generation.Caller;
import dev.nectar.generation.GenerationResult;
import dev.nectar.generation.ImageAnswer;
import dev.nectar.image.ImageRequest;
import dev.nectar.observe.Work;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The generations that clients did not wait for: one a key, and for a while what came of them. */
final class Jobs {

  private static final Logger log = LoggerFactory.getLogger(Jobs.class);

  private static final Duration MEMORY = Duration.ofMinutes(10);
  private static final int MAX_ENDED = 10_000;

  private final Map<CacheKey, Job> running = new HashMap<>();

  private final Cache<CacheKey, Past> ended;

  /**
   * What is known of a generation that has ended.
   *
   * @param job empty: the image was kept, and whoever wanted it has not come for it yet
   */
  private record Past(Optional<Job> job) {}

  /**
   * One that is to be left.
   *
   * @param begun whether whoever joined it began it
   */
  record Joined(Job job, boolean begun) {}

  Jobs(Ticker ticker) {
    this.ended =
        Caffeine.newBuilder()
            .expireAfterWrite(MEMORY)
            .maximumSize(MAX_ENDED)
            .ticker(ticker)
            .scheduler(Scheduler.systemScheduler())
            .executor(Runnable::run)
            .removalListener(Jobs::letGo)
            .build();
  }

  private static void letGo(@Nullable CacheKey key, @Nullable Past past, RemovalCause cause) {
    requireNonNull(past).job().ifPresent(Job::leave);
  }

  synchronized boolean know(ImageRequest image) {
    var key = CacheKey.of(image);
    return running.containsKey(key) || ended.getIfPresent(key) != null;
  }

  /**
   * That of the image, begun now if there is none. Empty, once, if one has made the image and it
   * was kept.
   *
   * @param generation what is begun
   */
  synchronized Optional<Joined> join(
      ImageRequest image, Caller caller, BiFunction<ImageRequest, Caller, ImageAnswer> generation) {
    var key = CacheKey.of(image);
    var current = running.get(key);
    if (current != null) {
      current.join();
      return Optional.of(new Joined(current, false));
    }
    var past = ended.getIfPresent(key);
    if (past != null) {
      past.job().ifPresentOrElse(Job::join, () -> ended.invalidate(key));
      return past.job().map(job -> new Joined(job, false));
    }
    var job = new Job(caller.requestId());
    job.join();
    // The request may be answered, and let go of its inputs, before the job has begun.
    var held = caller.inputs().join();
    running.put(key, job);
    Thread.ofVirtual()
        .name("job-" + key.abbreviated())
        .start(
            Work.carried(() -> {
              var staying = caller.staying().watching(job::hear);
              run(key, job, staying.requestId(), () -> generation.apply(image, staying));
              if (held) {
                caller.inputs().leave();
              }
            }));
    return Optional.of(new Joined(job, true));
  }

  private void run(CacheKey key, Job job, String requestId, Supplier<ImageAnswer> generation) {
    var answer = answer(requestId, generation);
    synchronized (this) {
      running.remove(key);
      if (Job.isImageKept(answer.result())) {
        ended.put(key, new Past(Optional.empty()));
      } else if (Job.isLasting(answer.result())) {
        job.join();
        ended.put(key, new Past(Optional.of(job)));
      }
    }
    job.end(answer);
    job.leave();
  }

  private static ImageAnswer answer(String requestId, Supplier<ImageAnswer> generation) {
    try {
      return generation.get();
    } catch (RuntimeException | Error e) {
      log.error("The generation for request {} broke off.", requestId, e);
      return new ImageAnswer(
          new GenerationResult.Failed("an internal fault", GenerationResult.Failed.Reason.OTHER),
          ImageAnswer.CacheUse.MISS,
          () -> {});
    }
  }

  /** Somebody has had it. */
  synchronized void forgetKept(ImageRequest image) {
    var key = CacheKey.of(image);
    if (new Past(Optional.empty()).equals(ended.getIfPresent(key))) {
      ended.invalidate(key);
    }
  }
}
