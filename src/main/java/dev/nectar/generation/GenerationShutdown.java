package dev.nectar.generation;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Before the server stops listening, lets generations under way end and begins no others. By then
 * readiness is down, so that nobody is sent here any more.
 */
final class GenerationShutdown implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(GenerationShutdown.class);

  private final GenerationPipeline pipeline;
  private final Duration patience;
  private volatile boolean running;

  GenerationShutdown(GenerationPipeline pipeline, Duration patience) {
    this.pipeline = pipeline;
    this.patience = patience;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    var status = pipeline.status();
    log.info(
        "Stopping: {} generations under way may go on for {} s, {} in line are sent away.",
        status.running(),
        patience.toSeconds(),
        status.waiting());
    if (!pipeline.close(patience)) {
      log.warn(
          "Generations were still under way after SHUTDOWN_TIMEOUT, {} s, and are abandoned.",
          patience.toSeconds());
    }
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
