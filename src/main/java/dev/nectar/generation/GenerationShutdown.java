package dev.nectar.generation;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Before the server stops listening, lets generations under way end and begins no others. */
final class GenerationShutdown implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(GenerationShutdown.class);

  /** Spring gives each phase of a shutdown 30 seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(25);

  private final GenerationPipeline pipeline;
  private volatile boolean running;

  GenerationShutdown(GenerationPipeline pipeline) {
    this.pipeline = pipeline;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    if (!pipeline.close(PATIENCE)) {
      log.warn(
          "Generations were still under way after {} s and are abandoned.", PATIENCE.toSeconds());
    }
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
