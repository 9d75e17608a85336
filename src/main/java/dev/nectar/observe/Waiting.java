package dev.nectar.observe;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A thread that all connections depend on may wait for nothing. Whatever may take long asks here
 * before it does, and is left to another thread.
 */
public final class Waiting {

  /** What was begun may take long; nothing of it is done yet. */
  public static final class NotHereException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private NotHereException() {
      super("this thread may not wait", null, false, false);
    }
  }

  private static final ScopedValue<Deque<Runnable>> FORBIDDEN = ScopedValue.newInstance();

  private Waiting() {}

  /** Has something done without waiting, and then what that left for {@link #afterwards}. */
  public static void forbid(Runnable work) {
    var rest = new ArrayDeque<Runnable>(1);
    ScopedValue.where(FORBIDDEN, rest).run(work);
    rest.forEach(Runnable::run);
  }

  public static boolean isForbidden() {
    return FORBIDDEN.isBound();
  }

  /**
   * Asks whether this thread may wait.
   *
   * @throws NotHereException if it may not
   */
  public static void begin() {
    if (isForbidden()) {
      throw new NotHereException();
    }
  }

  /** Has this done by another thread if this one may not wait. */
  public static void aside(Runnable work) {
    if (isForbidden()) {
      Thread.startVirtualThread(work);
    } else {
      work.run();
    }
  }

  /** Has this done as soon as waiting is no longer forbidden to this thread. */
  public static void afterwards(Runnable rest) {
    FORBIDDEN.get().add(rest);
  }
}
