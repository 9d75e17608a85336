package dev.nectar.browser;

import dev.nectar.NectarApplication;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A whole server, as people reach it. */
record Site(ConfigurableApplicationContext context) implements AutoCloseable {

  static final String KEY = "an-access-key";
  static final String ADMIN_TOKEN = "an-admin-token";

  static Site demo(Path cache) {
    return start("demo", cache);
  }

  /** A server as somebody sets it up for real, without signed URLs. */
  static Site own(Path cache, String backend) {
    return start(
        "default",
        cache,
        "PROXY_ACCESS_KEY=" + KEY,
        "ADMIN_TOKEN=" + ADMIN_TOKEN,
        "BACKEND_API_URLS=" + backend,
        "URL_SIGNING_KEYS=off",
        "POLLINATIONS_ENABLED=false");
  }

  /** One with nothing set that need not be. */
  static Site plain(Path cache, String backend) {
    return start(
        "default",
        cache,
        "PROXY_ACCESS_KEY=" + KEY,
        "ADMIN_TOKEN=" + ADMIN_TOKEN,
        "BACKEND_API_URLS=" + backend,
        "POLLINATIONS_ENABLED=false");
  }

  /** The same, but nobody may look through its pictures. */
  static Site withoutAdmin(Path cache, String backend) {
    return start(
        "default",
        cache,
        "PROXY_ACCESS_KEY=" + KEY,
        "ADMIN_TOKEN=",
        "BACKEND_API_URLS=" + backend,
        "POLLINATIONS_ENABLED=false");
  }

  private static Site start(String profile, Path cache, String... settings) {
    var all =
        Stream.concat(
            Stream.of(
                "PORT=0",
                "CACHE_DIR=" + cache,
                "LEDGER_FILE=" + cache.resolve("ledger/ledger.db"),
                "logging.level.root=warn"),
            Arrays.stream(settings));
    return new Site(
        new SpringApplicationBuilder(NectarApplication.class)
            .profiles(profile)
            .run(all.map(setting -> "--" + setting).toArray(String[]::new)));
  }

  /** What a back end may paint, 96 × 64. */
  static byte[] picture() throws IOException {
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(96, 64, BufferedImage.TYPE_INT_RGB), "png", bytes);
    return bytes.toByteArray();
  }

  /** Its page. */
  String url() {
    return "http://localhost:"
        + context.getEnvironment().getRequiredProperty("local.server.port")
        + "/";
  }

  @Override
  public void close() {
    context.close();
  }
}
