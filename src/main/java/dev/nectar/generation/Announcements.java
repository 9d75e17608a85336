package dev.nectar.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells whoever listens what a flight is at; who comes late hears the latest at once. */
final class Announcements {

  private final List<Consumer<? super Progress>> listeners = new ArrayList<>();
  private @Nullable Progress latest;

  /**
   * @param listener called by the flight's thread; must return quickly and not throw
   */
  synchronized void listen(Consumer<? super Progress> listener) {
    listeners.add(listener);
    if (latest != null) {
      listener.accept(latest);
    }
  }

  synchronized void announce(Progress progress) {
    latest = progress;
    listeners.forEach(listener -> listener.accept(progress));
  }
}
