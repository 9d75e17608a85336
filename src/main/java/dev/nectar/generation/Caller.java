package dev.nectar.generation;

import java.util.function.Consumer;

/**
 * Who asks for an image.
 *
 * @param requestId under which it stands in the log
 * @param watcher hears what the generation is at, from its thread; must return quickly and not
 *     throw
 */
public record Caller(String requestId, Admission admission, Consumer<? super Progress> watcher) {

  /** Who waits for the result alone. */
  public Caller(String requestId, Admission admission) {
    this(requestId, admission, progress -> {});
  }
}
