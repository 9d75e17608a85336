package dev.nectar.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an error answer says, whatever its shape: OpenAI's {@code error} object, Azure's inner
 * errors, FastAPI's {@code detail}, a relay's bare message, plain text.
 *
 * @param codes values of machine-readable fields, in lower case
 * @param message everything meant for people, in lower case
 * @param parameters names of the parameters that it blames
 */
public record ErrorReport(int status, List<String> codes, String message, List<String> parameters) {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int MAX_BYTES = 64 * 1024;
  private static final int MAX_DEPTH = 20;

  public static final Set<String> CODE_FIELDS =
      Set.of(
          "code",
          "type",
          "status",
          "reason",
          "error_code",
          "finishreason",
          "finish_reason",
          "name");
  public static final Set<String> MESSAGE_FIELDS =
      Set.of(
          "message",
          "msg",
          "detail",
          "details",
          "error",
          "errors",
          "title",
          "error_message",
          "description");

  /** Reads as much of a body as an error can be expected to have. */
  public static ErrorReport read(int status, InputStream body) throws IOException {
    return of(status, new String(body.readNBytes(MAX_BYTES), UTF_8));
  }

  static ErrorReport of(int status, String body) {
    var codes = new ArrayList<String>();
    var messages = new ArrayList<String>();
    var parameters = new ArrayList<String>();
    try {
      collect("error", JSON.readTree(body), 0, codes, messages, parameters);
    } catch (JacksonException e) {
      messages.add(body);
    }
    return new ErrorReport(
        status,
        lower(codes.stream()).toList(),
        String.join("\n", lower(messages.stream()).toList()),
        parameters);
  }

  private static Stream<String> lower(Stream<String> texts) {
    return texts.map(text -> text.toLowerCase(Locale.ROOT));
  }

  private static void collect(
      String field,
      JsonNode node,
      int depth,
      List<String> codes,
      List<String> messages,
      List<String> parameters) {
    if (depth > MAX_DEPTH) {
      return;
    }
    var name = field.toLowerCase(Locale.ROOT);
    if (node.isString()) {
      if (CODE_FIELDS.contains(name)) {
        codes.add(node.stringValue());
      } else if (MESSAGE_FIELDS.contains(name)) {
        messages.add(node.stringValue());
      } else if (name.equals("param") && !node.stringValue().isBlank()) {
        parameters.add(node.stringValue());
      }
    } else if (name.equals("loc") && node.isArray() && !node.isEmpty()) {
      parameters.add(node.get(node.size() - 1).asString(""));
    } else if (node.isArray()) {
      node.forEach(element -> collect(field, element, depth + 1, codes, messages, parameters));
    } else if (node.isObject()) {
      node.properties()
          .forEach(property ->
              collect(
                  property.getKey(), property.getValue(), depth + 1, codes, messages, parameters));
    }
  }
}
