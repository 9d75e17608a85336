package dev.nectar.ui;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What the server answers where, as an OpenAPI document, put together from a file for each kind of
 * client.
 *
 * @see <a href="https://spec.openapis.org/oas/v3.1.1.html">OpenAPI 3.1.1</a>
 */
final class ApiDescription {

  private static final String[] PARTS = {
    "common",
    "pictures",
    "signing",
    "openai",
    "automatic1111",
    "administration",
    "accounts",
    "operation"
  };

  private ApiDescription() {}

  static Map<String, Object> load(String version) {
    var document = new LinkedHashMap<String, Object>();
    for (var part : PARTS) {
      merge(document, read("openapi/" + part + ".yaml"));
    }
    inner(document, "info").put("version", version);
    return document;
  }

  private static Map<String, Object> read(String name) {
    try (var in = new ClassPathResource(name).getInputStream()) {
      return new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void merge(Map<String, Object> document, Map<String, Object> part) {
    part.forEach((name, value) -> {
      if (value instanceof Map<?, ?> && document.get(name) instanceof Map<?, ?>) {
        merge(inner(document, name), inner(part, name));
      } else if (document.putIfAbsent(name, value) != null) {
        throw new IllegalStateException("The description has '%s' twice.".formatted(name));
      }
    });
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> inner(Map<String, Object> outer, String name) {
    return (Map<String, Object>) Objects.requireNonNull(outer.get(name), name);
  }
}
