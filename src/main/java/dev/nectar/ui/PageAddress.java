package dev.nectar.ui;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/** Tells whoever starts the server where its page is. */
final class PageAddress implements ApplicationListener<ApplicationReadyEvent> {

  private static final Logger log = LoggerFactory.getLogger(PageAddress.class);

  private final @Nullable URI publicUrl;

  /**
   * @param publicUrl that people reach the server by; null: unknown
   */
  PageAddress(@Nullable URI publicUrl) {
    this.publicUrl = publicUrl;
  }

  @Override
  public void onApplicationEvent(ApplicationReadyEvent ready) {
    var port = ready.getApplicationContext().getEnvironment().getProperty("local.server.port");
    log.info("The page is at {}", publicUrl == null ? "http://localhost:" + port + "/" : publicUrl);
  }
}
