package dev.nectar.ui;

import java.net.Inet6Address;
import java.net.InetAddress;
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
  private final @Nullable String address;

  /**
   * @param publicUrl that people reach the server by; null: unknown
   * @param address that it listens on; null: all
   */
  PageAddress(@Nullable URI publicUrl, @Nullable String address) {
    this.publicUrl = publicUrl;
    this.address = address;
  }

  @Override
  public void onApplicationEvent(ApplicationReadyEvent ready) {
    var port = ready.getApplicationContext().getEnvironment().getProperty("local.server.port");
    log.info(
        "The page is at {}", publicUrl == null ? "http://" + host() + ":" + port + "/" : publicUrl);
  }

  private String host() {
    var ip = address == null ? null : InetAddress.ofLiteral(address);
    return ip == null || ip.isAnyLocalAddress() || ip.isLoopbackAddress()
        ? "localhost"
        : ip instanceof Inet6Address ? "[" + ip.getHostAddress() + "]" : ip.getHostAddress();
  }
}
