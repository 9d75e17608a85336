package dev.nectar.status;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GET /status/history} answers; its JSON has these names.
 *
 * @param cacheMaxBytes null if nothing bounds the store's bytes
 */
record HistoryReport(
    long stepSeconds,
    List<TrafficHistory.Minute> minutes,
    List<BackEnd> backends,
    Saved saved,
    @Nullable Long cacheMaxBytes) {

  /**
   * A back end since the start.
   *
   * @param medianMillis that its latest images took; null if there is none
   */
  record BackEnd(
      String url, long painted, long refused, long failed, @Nullable Long medianMillis) {}

  /**
   * What the cache spared.
   *
   * @param images served from it
   * @param backendCalls not made for these and for who joined a generation
   */
  record Saved(long images, long backendCalls) {}
}
