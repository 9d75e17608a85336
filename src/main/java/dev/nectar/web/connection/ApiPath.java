package dev.nectar.web.connection;

import static java.util.stream.Collectors.joining;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a request that speaks OpenAI's API belongs, whatever base URL its client was given: without
 * {@code /v1} or with it twice, as Azure has it, with slashes too many.
 *
 * @param path below {@code /v1}, as it is mapped
 * @param model that the path names, percent-encoded; null if it names none
 */
record ApiPath(String path, @Nullable String model) {

  private static final String ROOT = "v1";
  private static final Set<String> BASES = Set.of(ROOT, "openai");
  private static final Set<String> NAMES = Set.of("images", "chat");

  /** Without a key and alone, it is Pollinations' list. */
  private static final String MODELS = "models";

  /** What Azure has in the place of a model. */
  private static final String DEPLOYMENTS = "deployments";

  /**
   * Reads a path; empty if it is of another API.
   *
   * @param raw as it came over the wire, one char a byte
   * @param withKey whether a header presents a key, right or wrong
   */
  static Optional<ApiPath> of(String raw, boolean withKey) {
    var rest = new ArrayDeque<>(segments(raw));
    var based = false;
    while (!rest.isEmpty() && BASES.contains(rest.getFirst())) {
      based = true;
      rest.removeFirst();
    }
    return based || isNamed(rest, withKey) ? Optional.of(below(rest)) : Optional.empty();
  }

  private static boolean isNamed(Deque<String> segments, boolean withKey) {
    var first = segments.peekFirst();
    return NAMES.contains(String.valueOf(first))
        || (MODELS.equals(first) && (withKey || segments.size() > 1));
  }

  private static ApiPath below(Deque<String> segments) {
    if (segments.size() > 1) {
      switch (segments.getFirst()) {
        case DEPLOYMENTS -> {
          segments.removeFirst();
          var model = segments.removeFirst();
          return new ApiPath(path(segments), model);
        }
        case MODELS -> {
          segments.removeFirst();
          return new ApiPath(path(List.of(MODELS)), String.join("/", segments));
        }
        default -> {}
      }
    }
    return new ApiPath(path(segments), null);
  }

  private static String path(Collection<String> segments) {
    return Stream.concat(Stream.of("", ROOT), segments.stream()).collect(joining("/"));
  }

  private static List<String> segments(String raw) {
    return Arrays.stream(raw.split("/", -1)).filter(segment -> !segment.isEmpty()).toList();
  }
}
