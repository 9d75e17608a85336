package dev.nectar.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;

import dev.nectar.NectarApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.util.FileSystemUtils;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole server in this process, on a port of its own. */
final class NectarServer implements AutoCloseable {

  static final String KEY = "an-access-key";
  static final String ADMIN_TOKEN = "an-admin-token";

  private static final String LEVEL = "logging.level.";

  private static final List<LoggingSystemProperty> FORMATS =
      List.of(
          LoggingSystemProperty.CONSOLE_STRUCTURED_FORMAT,
          LoggingSystemProperty.FILE_STRUCTURED_FORMAT,
          LoggingSystemProperty.LOG_FILE);

  private static final JsonMapper JSON = JsonMapper.shared();

  private final ConfigurableApplicationContext context;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Set<String> loggers;
  private final Path ledger;
  private final int port;

  private NectarServer(ConfigurableApplicationContext context, Set<String> loggers, Path ledger) {
    this.context = context;
    this.ledger = ledger;
    this.loggers = loggers;
    this.port = port("local.server.port");
  }

  /** Starts it without fallback; what the settings say comes on top. */
  static NectarServer start(Path cache, String backends, Map<String, String> settings) {
    return start(cache, backends, settings, InstantSource.system());
  }

  /** Starts it with this clock on its wall. */
  static NectarServer start(
      Path cache, String backends, Map<String, String> settings, InstantSource clock) {
    var all = new LinkedHashMap<String, String>();
    all.put("PORT", "0");
    all.put("PROXY_ACCESS_KEY", KEY);
    all.put("ADMIN_TOKEN", ADMIN_TOKEN);
    all.put("BACKEND_API_URLS", backends);
    all.put("CACHE_DIR", cache.toString());
    var ledger = newDirectory();
    all.put("LEDGER_FILE", ledger.resolve("ledger.db").toString());
    all.put("POLLINATIONS_ENABLED", "false");
    all.put("logging.level.root", "warn");
    all.putAll(settings);
    return new NectarServer(
        new SpringApplicationBuilder(NectarApplication.class)
            .initializers(context -> register(clock, (GenericApplicationContext) context))
            .run(
                all.entrySet().stream()
                    .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                    .toArray(String[]::new)),
        all.keySet().stream()
            .filter(setting -> setting.startsWith(LEVEL))
            .map(setting -> setting.substring(LEVEL.length()))
            .collect(toSet()),
        ledger);
  }

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory("ledger");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void register(InstantSource clock, GenericApplicationContext context) {
    context.registerBean(
        "clockOfTheTest",
        Clock.class,
        () -> clock.withZone(ZoneOffset.UTC),
        bean -> bean.setPrimary(true));
  }

  static NectarServer start(Path cache, String backends) {
    return start(cache, backends, Map.of());
  }

  int port() {
    return port;
  }

  int managementPort() {
    return port("local.management.port");
  }

  private int port(String name) {
    return context.getEnvironment().getRequiredProperty(name, Integer.class);
  }

  /** What its controllers answer, such as {@code get /status}. */
  Stream<String> operations() {
    return context
        .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .keySet()
        .stream()
        .flatMap(mapping ->
            mapping.getMethodsCondition().getMethods().stream()
                .flatMap(method ->
                    mapping.getPatternValues().stream()
                        .map(path -> method.name().toLowerCase(Locale.ROOT) + " " + path)));
  }

  /** Asks for an image; the key is added. */
  HttpResponse<byte[]> image(String prompt, String... headers)
      throws IOException, InterruptedException {
    return get(target(prompt), headers);
  }

  /** The request target of a prompt, with the key. */
  static String target(String prompt) {
    return "/prompt/" + URLEncoder.encode(prompt, UTF_8).replace("+", "%20") + "?key=" + KEY;
  }

  HttpResponse<byte[]> get(String target, String... headers)
      throws IOException, InterruptedException {
    return send("GET", target, "", headers);
  }

  HttpResponse<byte[]> manage(String target) throws IOException, InterruptedException {
    return send(managementPort(), "GET", target, "");
  }

  HttpResponse<byte[]> send(String method, String target, String body, String... headers)
      throws IOException, InterruptedException {
    return send(port, method, target, body, headers);
  }

  private HttpResponse<byte[]> send(
      int port, String method, String target, String body, String... headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + target))
            .method(
                method,
                body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body, UTF_8));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  /** Orders images as clients of OpenAI do. */
  HttpResponse<byte[]> order(String json) throws IOException, InterruptedException {
    return send(
        "POST",
        "/v1/images/generations",
        json,
        "Content-Type",
        "application/json",
        "Authorization",
        "Bearer " + KEY);
  }

  HttpResponse<byte[]> delete(String json) throws IOException, InterruptedException {
    return send("POST", "/cache/delete", json, "X-Admin-Token", ADMIN_TOKEN);
  }

  /** Deletes all that its cache holds. */
  void forget() throws IOException, InterruptedException {
    var token = new String[] {"X-Admin-Token", ADMIN_TOKEN};
    for (var entries = entries(token); !entries.isEmpty(); entries = entries(token)) {
      for (var entry : entries) {
        send("DELETE", "/admin/entries/" + entry.get("key").asString(), "", token);
      }
    }
  }

  private JsonNode entries(String... token) throws IOException, InterruptedException {
    return json(get("/admin/entries", token)).get("entries");
  }

  JsonNode status() throws IOException, InterruptedException {
    return json(get("/status"));
  }

  static JsonNode json(HttpResponse<byte[]> answer) {
    return JSON.readTree(answer.body());
  }

  static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), UTF_8);
  }

  static String header(HttpResponse<byte[]> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  /** Takes back its log levels, too, which would stay for the tests after it. */
  @Override
  public void close() {
    context.close();
    client.close();
    FileSystemUtils.deleteRecursively(ledger.toFile());
    var logging = LoggingSystem.get(NectarServer.class.getClassLoader());
    for (var logger : loggers) {
      logging.setLogLevel(logger, logger.equals("root") ? LogLevel.INFO : null);
    }
    // Spring Boot leaves them to whoever starts next.
    FORMATS.forEach(format -> System.clearProperty(format.getEnvironmentVariableName()));
  }
}
