package dev.nectar.web;

import org.jspecify.annotations.Nullable;

/**
 * What is to be done when Tomcat has opened the file that it is to send for a request: later than
 * any servlet hears of, but on the same thread, and before the next request on it is handled.
 */
final class AfterRequest {

  private static final ThreadLocal<@Nullable Runnable> TASK = new ThreadLocal<>();

  private AfterRequest() {}

  static void run(Runnable task) {
    TASK.set(task);
  }

  static void runNow() {
    var task = TASK.get();
    TASK.remove();
    if (task != null) {
      task.run();
    }
  }
}
