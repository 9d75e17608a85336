package dev.nectar.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A value for every secret setting that must never be seen again. */
public final class Canaries {

  static final String KEY = "canary/key+sign";
  static final String ADMIN_TOKEN = "canary/admin+token";

  private static final String PASSWORD = "canary-password";

  private static final Map<String, String> VALUES =
      Map.ofEntries(
          Map.entry("PROXY_ACCESS_KEY", KEY),
          Map.entry("ADMIN_TOKEN", ADMIN_TOKEN),
          Map.entry("AUTH_TOKEN", "canary/auth+token"),
          Map.entry("TOKEN_MAP", "canary/mapped+token"),
          Map.entry("URL_SIGNING_KEYS", "canary/signing+key-of-some-length"),
          Map.entry("LLM_OPTIMIZATION_TOKEN", "canary/llm+token"),
          Map.entry("POLLINATIONS_TOKEN", "canary/pollinations+token"),
          Map.entry("IMAGE_HOSTING_KEY", "canary/hosting+key"),
          Map.entry("IMAGE_HOSTING_AUTH_CODE", "canary/auth+code"),
          Map.entry("S3_ACCESS_KEY", "canary/s3+access"),
          Map.entry("S3_SECRET_KEY", "canary/s3+secret"));

  private Canaries() {}

  /** The settings that have a canary. */
  public static List<String> settings() {
    return List.copyOf(VALUES.keySet());
  }

  /**
   * Every secret setting, and addresses with a password where one may stand.
   *
   * @param mapped the back end that has its token in the map; the other one has the common one
   */
  static Map<String, String> settings(String mapped, String other, String llm, String fallback) {
    var settings = new LinkedHashMap<>(VALUES);
    settings.put("TOKEN_MAP", "{\"%s\": \"%s\"}".formatted(mapped, VALUES.get("TOKEN_MAP")));
    settings.put("REDIS_URL", "redis://someone:" + PASSWORD + "@localhost:9");
    settings.put("BACKEND_API_URLS", mapped + "," + withPassword(other));
    settings.put("LLM_OPTIMIZATION_ENABLED", "true");
    settings.put("LLM_OPTIMIZATION_API_URL", withPassword(llm));
    settings.put("DE_NSFW_ENABLED", "true");
    settings.put("POLLINATIONS_ENABLED", "true");
    settings.put("POLLINATIONS_URL", fallback);
    settings.put("MANAGEMENT_PORT", "0");
    settings.put("logging.level.root", "trace");
    settings.put("logging.level.io.lettuce", "trace");
    return settings;
  }

  private static String withPassword(String url) {
    return url.replace("//", "//someone:" + PASSWORD + "@");
  }

  /** Each as it is, and as it goes over the wire. */
  static List<String> forms() {
    return Stream.concat(VALUES.values().stream(), Stream.of(PASSWORD))
        .flatMap(canary ->
            Stream.of(
                canary, URLEncoder.encode(canary, UTF_8), base64(canary), base64(":" + canary)))
        .distinct()
        .toList();
  }

  private static String base64(String text) {
    return Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }
}
