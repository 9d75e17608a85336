package dev.nectar.status;

import dev.nectar.backend.BackendRound;
import dev.nectar.cache.CacheSettings;
import dev.nectar.cache.CacheStore;
import dev.nectar.generation.GenerationPipeline;
import dev.nectar.generation.GenerationStatus;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells operators how the last hour went. */
@RestController
class HistoryController {

  private final TrafficHistory history;
  private final BackendRound backends;
  private final GenerationPipeline pipeline;
  private final CacheStore cache;
  private final CacheSettings settings;

  HistoryController(
      TrafficHistory history,
      BackendRound backends,
      GenerationPipeline pipeline,
      CacheStore cache,
      CacheSettings settings) {
    this.history = history;
    this.backends = backends;
    this.pipeline = pipeline;
    this.cache = cache;
    this.settings = settings;
  }

  @GetMapping("/status/history")
  ResponseEntity<HistoryReport> report() {
    var bounded = "filesystem".equals(cache.status().mode());
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(
            new HistoryReport(
                TrafficHistory.STEP.toSeconds(),
                history.minutes(),
                backends.status().stream()
                    .map(b ->
                        new HistoryReport.BackEnd(
                            b.url(),
                            b.counts().painted(),
                            b.counts().blocked(),
                            b.counts().failures(),
                            b.medianMillis()))
                    .toList(),
                saved(pipeline.status()),
                bounded ? settings.maxSize().toBytes() : null));
  }

  /** Who got no image was spared nothing. */
  private static HistoryReport.Saved saved(GenerationStatus counts) {
    var images = counts.hits() - counts.failures().hits();
    var shared = counts.coalesced() - counts.failures().coalesced();
    return new HistoryReport.Saved(images, images + shared);
  }
}
