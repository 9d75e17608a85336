package dev.nectar.backend.protocol;

import dev.nectar.backend.BackendReply.Evidence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an answer says, whatever its shape: OpenAI's {@code error} object, Azure's inner errors,
 * Google's list, FastAPI's {@code detail}, MiniMax's {@code base_resp}, a relay's bare message,
 * plain text.
 *
 * @param codes values of machine-readable fields, in lower case
 * @param messages meant for people
 * @param parameters that it blames, as it names them
 * @param retryDelay how long it asks to be left alone, as Google puts it; null if it does not
 * @param isTask whether it promises a picture, to be asked for later
 * @param isPage whether it is a web page: not the back end's own voice
 */
record Report(
    List<String> codes,
    List<String> messages,
    List<String> parameters,
    @Nullable Duration retryDelay,
    boolean isTask,
    boolean isPage,
    Evidence evidence) {

  private static final int MAX_TEXTS = 64 * 1024;

  /** An error's status of HTTP, where an answer has it as its code. */
  private static final Pattern STATUS = Pattern.compile("[45]\\d\\d");

  /** {@code google.protobuf.Duration} in JSON, whole seconds first. */
  private static final Pattern SECONDS = Pattern.compile("(\\d{1,9})(\\.\\d{1,9})?s");

  /** Without {@code _} and in lower case, as all names here. */
  private static final Set<String> CODE_FIELDS =
      Set.of(
          "code",
          "type",
          "status",
          "reason",
          "errorcode",
          "errcode",
          "errortype",
          "statuscode",
          "subcode",
          "finishreason",
          "name");

  private static final Set<String> MESSAGE_FIELDS =
      Set.of(
          "message",
          "msg",
          "detail",
          "details",
          "error",
          "errors",
          "title",
          "errormessage",
          "errormsg",
          "errmsg",
          "statusmsg",
          "description",
          "errordescription",
          "failurereason");

  private static final Set<String> UNDER_WAY =
      Set.of(
          "queued",
          "in_queue",
          "pending",
          "processing",
          "in_progress",
          "starting",
          "running",
          "submitted",
          "created",
          "waiting");

  static Report of(Answer answer) {
    return of(answer.status(), answer.documents(), answer.text());
  }

  /**
   * @param text that is no JSON; null: none
   */
  static Report of(int status, List<JsonNode> documents, @Nullable String text) {
    var collector = new Collector();
    documents.forEach(document -> collector.collect("error", document));
    if (text != null) {
      collector.message(text);
    }
    return new Report(
        List.copyOf(collector.codes),
        List.copyOf(collector.messages),
        List.copyOf(collector.parameters),
        collector.retryDelay,
        documents.stream().anyMatch(Report::promises),
        text != null && text.stripLeading().startsWith("<"),
        new Evidence(status, collector.code(), String.join("\n", collector.messages)));
  }

  int status() {
    return evidence.status();
  }

  /** The status of HTTP that one of its codes is. */
  Optional<Integer> statusWithin() {
    return codes.stream()
        .filter(code -> STATUS.matcher(code).matches())
        .map(Integer::valueOf)
        .findFirst();
  }

  /** A field's name in the one way in which names are compared. */
  static String canonical(String field) {
    return field.toLowerCase(Locale.ROOT).replace("_", "");
  }

  static boolean isCode(String field) {
    return CODE_FIELDS.contains(canonical(field));
  }

  /** In the document or an object of it. */
  private static boolean promises(JsonNode document) {
    return isTask(document) || document.values().stream().anyMatch(Report::isTask);
  }

  private static boolean isTask(JsonNode node) {
    return !(text(node, "task_id") + text(node, "taskId")).isEmpty()
        || (UNDER_WAY.contains(text(node, "status"))
            && !(text(node, "id") + text(node, "request_id")).isEmpty());
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString("").strip().toLowerCase(Locale.ROOT);
  }

  private static final class Collector {

    private final List<String> codes = new ArrayList<>();
    private final List<String> messages = new ArrayList<>();
    private final List<String> parameters = new ArrayList<>();
    private @Nullable String code;
    private @Nullable Duration retryDelay;
    private int left = MAX_TEXTS;

    @Nullable String code() {
      return code != null || codes.isEmpty() ? code : codes.getFirst();
    }

    private void collect(String field, JsonNode node) {
      var name = canonical(field);
      if (node.isString()) {
        take(name, node.stringValue());
      } else if (name.equals("loc") && node.isArray()) {
        var names = new ArrayList<String>();
        node.forEach(element -> names.add(element.asString("")));
        parameter(String.join(".", names));
      } else if (node.isArray()) {
        node.forEach(element -> collect(field, element));
      } else if (node.isObject()) {
        node.properties().forEach(property -> collect(property.getKey(), property.getValue()));
      }
    }

    private void take(String name, String value) {
      if (name.equals("param") || name.equals("loc") || name.equals("field")) {
        parameter(value);
      } else if (name.equals("retrydelay")) {
        delay(value);
      } else if (CODE_FIELDS.contains(name)) {
        code(name, value);
      } else if (MESSAGE_FIELDS.contains(name)) {
        message(value);
      }
    }

    private void code(String name, String value) {
      if (!value.isBlank() && spend(value)) {
        codes.add(value.strip().toLowerCase(Locale.ROOT));
        if (code == null && name.equals("code")) {
          code = value.strip();
        }
      }
    }

    /** Rounded up. */
    private void delay(String value) {
      var seconds = SECONDS.matcher(value.strip());
      if (seconds.matches()) {
        var whole = Long.parseLong(seconds.group(1));
        retryDelay = Duration.ofSeconds(seconds.group(2) == null ? whole : whole + 1);
      }
    }

    private void message(String value) {
      if (!value.isBlank() && spend(value)) {
        messages.add(value.strip());
      }
    }

    private void parameter(String value) {
      if (!value.isBlank() && spend(value)) {
        parameters.add(value.strip());
      }
    }

    private boolean spend(String text) {
      left -= text.length() + 1;
      return left >= 0;
    }
  }
}
