package dev.nectar.web.progress;

import dev.nectar.generation.Caller;
import dev.nectar.generation.GenerationResult;
import dev.nectar.generation.ImageAnswer;
import dev.nectar.generation.Presence;
import dev.nectar.generation.Together;
import dev.nectar.image.ImageRequest;
import dev.nectar.web.Access;
import dev.nectar.web.Deferral;
import dev.nectar.web.ImageLinks;
import dev.nectar.web.ProblemPicture;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Answers 202 while an image is made, and tells where to ask for it again. */
final class DeferredResponses implements Deferral {

  private static final JsonMapper JSON = JsonMapper.shared();

  private static final String RETRY_SECONDS = "2";

  /** Who follows a link that a 202 told prefers nothing by itself; it is kept this long. */
  private static final Preference FOLLOWING = new Preference(Duration.ofSeconds(5), "");

  private static final Preference AT_ONCE = new Preference(Duration.ZERO, "");

  /** A longer one does not fit into the head of an answer. */
  private static final int MAX_LOCATION_LENGTH = 4_000;

  private final Jobs jobs;
  private final Function<ImageRequest, Optional<ImageAnswer>> kept;
  private final BiFunction<ImageRequest, Caller, ImageAnswer> generation;
  private final BiFunction<List<ImageRequest>, Caller, Together> reserve;
  private final ImageLinks links;

  /**
   * @param kept an image that its asker was told of, which counts as no hit
   * @param reserve what several images take that are to be made together
   */
  DeferredResponses(
      Jobs jobs,
      Function<ImageRequest, Optional<ImageAnswer>> kept,
      BiFunction<ImageRequest, Caller, ImageAnswer> generation,
      BiFunction<List<ImageRequest>, Caller, Together> reserve,
      ImageLinks links) {
    this.jobs = jobs;
    this.kept = kept;
    this.generation = generation;
    this.reserve = reserve;
    this.links = links;
  }

  @Override
  public boolean isWanted(ImageRequest image, Access.Pass pass, HttpServletRequest request) {
    return Preference.of(request).isPresent()
        || (pass instanceof Access.ByLink && !ProblemPicture.isWanted(request) && jobs.know(image));
  }

  @Override
  public boolean isWanted(HttpServletRequest request) {
    return Preference.of(request).isPresent();
  }

  @Override
  public Optional<ImageAnswer> answer(
      ImageRequest image,
      Caller caller,
      Access.Pass pass,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var preference = Preference.of(request).orElse(FOLLOWING);
    var deadline = System.nanoTime() + preference.patience().toNanos();
    while (true) {
      var joined = jobs.join(image, caller, generation);
      if (joined.isEmpty()) {
        return Optional.of(keptImage(image, caller));
      }
      var job = joined.get().job();
      var end = await(job, Duration.ofNanos(deadline - System.nanoTime()), caller.presence());
      if (end.isEmpty()) {
        try {
          tell(job.id(), job.status(), url(image, pass, request), preference, response);
        } finally {
          job.leave();
        }
        return Optional.empty();
      }
      if (!isOfAnother(joined.get(), end.get())) {
        return Optional.of(ended(image, job, end.get()));
      }
      job.leave();
    }
  }

  /** Who joined a job that another one's budget did not reach for has one of their own. */
  private static boolean isOfAnother(Jobs.Joined joined, ImageAnswer end) {
    return !joined.begun() && end.result().isOfBeginner();
  }

  @Override
  public Optional<Function<ImageRequest, ImageAnswer>> answers(
      List<ImageRequest> images,
      Caller caller,
      String id,
      String place,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var preference = Preference.of(request).orElse(AT_ONCE);
    var unknown = images.stream().filter(image -> !jobs.know(image)).toList();
    var together = reserve.apply(unknown, caller);
    if (together.isRefused()) {
      return Optional.of(image -> together.image(image, caller));
    }
    var joined = new LinkedHashMap<ImageRequest, Jobs.Joined>();
    for (var image : images) {
      var isReserved = unknown.contains(image);
      var job = jobs.join(image, caller, isReserved ? together::image : generation);
      job.ifPresent(known -> joined.put(image, known));
      if (isReserved && !job.map(Jobs.Joined::begun).orElse(false)) {
        together.spare();
      }
    }
    var deadline = System.nanoTime() + preference.patience().toNanos();
    var ends = new HashMap<ImageRequest, ImageAnswer>();
    joined.forEach((image, job) ->
        await(job.job(), Duration.ofNanos(deadline - System.nanoTime()), caller.presence())
            .ifPresent(end -> ends.put(image, end)));
    if (ends.size() == joined.size()) {
      return Optional.of(image -> {
        var job = joined.get(image);
        var end = ends.get(image);
        if (job == null || end == null) {
          return keptImage(image, caller);
        }
        if (isOfAnother(job, end)) {
          job.job().leave();
          return generation.apply(image, caller);
        }
        return ended(image, job.job(), end);
      });
    }
    var all = joined.values().stream().map(Jobs.Joined::job).toList();
    try {
      var queued = all.stream().allMatch(job -> job.status().equals(Job.QUEUED));
      tell(id, queued ? Job.QUEUED : Job.GENERATING, place, preference, response);
    } finally {
      all.forEach(Job::leave);
    }
    return Optional.empty();
  }

  private ImageAnswer keptImage(ImageRequest image, Caller caller) {
    return kept.apply(image).orElseGet(() -> generation.apply(image, caller));
  }

  private ImageAnswer ended(ImageRequest image, Job job, ImageAnswer end) {
    jobs.forgetKept(image);
    var better =
        end.result() instanceof GenerationResult.NoImage
            ? madeSince(image)
            : Optional.<ImageAnswer>empty();
    var answer = better.orElse(end);
    return new ImageAnswer(answer.result(), answer.cacheUse(), job::leave);
  }

  /** Somebody else may have had more luck. */
  private Optional<ImageAnswer> madeSince(ImageRequest image) {
    return kept.apply(image)
        .filter(answer -> !(answer.result() instanceof GenerationResult.NoImage));
  }

  private static Optional<ImageAnswer> await(Job job, Duration wait, Presence presence) {
    try {
      return job.await(wait, presence);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private String url(ImageRequest image, Access.Pass pass, HttpServletRequest request) {
    return switch (pass) {
      case Access.ByKey _ -> links.forKeyHolder(image, request);
      case Access.ByLink _ -> links.again(request);
    };
  }

  private static void tell(
      String id, String status, String url, Preference preference, HttpServletResponse response)
      throws IOException {
    var body = new LinkedHashMap<String, @Nullable Object>();
    body.put("id", id);
    body.put("status", status);
    body.put("url", url);
    body.put("error", null);
    if (!preference.applied().isEmpty()) {
      response.setHeader("Preference-Applied", preference.applied());
    }
    if (url.length() <= MAX_LOCATION_LENGTH) {
      response.setHeader(HttpHeaders.LOCATION, url);
    }
    response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    response.setStatus(HttpServletResponse.SC_ACCEPTED);
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.getOutputStream().write(JSON.writeValueAsBytes(body));
  }
}
