package dev.nectar.demo;

import dev.nectar.settings.SettingsInitializer;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;

/**
 * With the profile {@code demo}, starts a back end inside the process and points every setting that
 * leads outside at it; without the profile, does nothing.
 */
final class DemoProfile implements EnvironmentPostProcessor, Ordered {

  private static final String NAME = "demo";
  private static final String KEY = "demo";
  private static final String ADMIN_TOKEN = "demo-admin";

  private static final Map<String, Object> DEFAULTS =
      Map.of(
          "ADMIN_TOKEN", ADMIN_TOKEN,
          // What one of them refuses, they all do.
          "BLOCKED_RETRY_ATTEMPTS", "1",
          "CACHE_DIR", "./demo_image_cache",
          "LEDGER_FILE", "./demo_ledger.db",
          "MODELS", "demo-painter",
          "URL_SIGNING_KEYS", "demo-key-for-signed-urls");

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    if (!environment.acceptsProfiles(Profiles.of(NAME))) {
      return;
    }
    var server = DemoServer.start(InstantSource.system());
    var lifecycle = new DemoLifecycle(server);
    application.addInitializers(lifecycle);
    application.addListeners(lifecycle);
    // First, so that no real account is spent, whatever else is configured.
    environment.getPropertySources().addFirst(new MapPropertySource(NAME, settings(server)));
    environment.getPropertySources().addLast(new MapPropertySource(NAME + "-defaults", DEFAULTS));
  }

  private static Map<String, Object> settings(DemoServer server) {
    var openAi = server.base() + "/v1";
    var chat = openAi + "/chat/completions";
    var gemini = server.base() + GeminiEndpoint.PREFIX + "demo-painter" + GeminiEndpoint.SUFFIX;
    var automatic1111 = server.base() + "/sdapi/v1/txt2img";
    // Empty counts as unset.
    return Map.ofEntries(
        Map.entry("BACKEND_API_URLS", String.join(",", openAi, chat, gemini, automatic1111)),
        Map.entry("AUTH_TOKEN", ""),
        Map.entry("TOKEN_MAP", ""),
        // What paints by ratio alone does not paint the same for the same request.
        Map.entry(
            "BACKEND_WEIGHTS",
            "{\"%s\": 0, \"%s\": 0, \"%s\": 0}".formatted(chat, gemini, automatic1111)),
        Map.entry("BACKEND_PROTOCOLS", ""),
        Map.entry("BACKEND_SIZES", ""),
        Map.entry("MODEL_MAP", "{\"%s\": {\"*\": \"demo-painter\"}}".formatted(chat)),
        Map.entry("DEFAULT_MODEL", ""),
        Map.entry("BACKEND_BUDGETS", ""),
        Map.entry("PRICES", "{\"%s\": {\"*\": 0.04}}".formatted(openAi)),
        Map.entry("LLM_OPTIMIZATION_API_URL", openAi),
        Map.entry("LLM_OPTIMIZATION_TOKEN", KEY),
        Map.entry("DE_NSFW_ENABLED", "true"),
        Map.entry("PROXY_ACCESS_KEY", KEY),
        Map.entry(SettingsInitializer.PUBLISHED, KEY + "," + ADMIN_TOKEN),
        Map.entry("IMAGE_HOSTING_ENABLED", "false"),
        Map.entry("POLLINATIONS_TOKEN", ""),
        Map.entry("POLLINATIONS_URL", server.base() + "/pollinations"));
  }

  /** Profiles are known only once Spring Boot has read its configuration. */
  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }
}
