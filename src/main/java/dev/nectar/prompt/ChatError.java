package dev.nectar.prompt;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a chat API says in the place of a completion, in whatever shape: OpenAI's {@code error}
 * object, FastAPI's {@code detail}, plain text.
 *
 * @param codes what stands there for programs, in lower case
 * @param parameters the names of those it blames
 * @param message what stands there for people, in lower case
 */
record ChatError(int status, List<String> codes, List<String> parameters, String message) {

  private static final JsonMapper JSON = JsonMapper.shared();

  private static final Set<Integer> JUDGING = Set.of(200, 400, 404, 422);

  /** In lower case. */
  private static final Set<String> REFUSING_CODES =
      Set.of(
          "content_filter", // Azure OpenAI, Moonshot
          "responsibleaipolicyviolation", // Azure OpenAI, inner error
          "content_policy_violation", // OpenAI
          "moderation_blocked", // OpenAI
          "data_inspection_failed", // DashScope, compatible mode
          "datainspectionfailed", // DashScope
          "sensitive_words_detected", // relays
          "1301"); // Zhipu

  private static final Set<String> REFUSING_WORDS =
      Set.of(
          "content exists risk", // DeepSeek
          "content management policy", // Azure OpenAI
          "considered high risk"); // Moonshot

  private static final Pattern TELLABLE = Pattern.compile("[a-z0-9_.-]{1,60}");

  /** Reads the body of an answer without a completion. */
  static ChatError of(int status, String body) {
    try {
      var json = JSON.readTree(body);
      return new ChatError(
          status,
          lower(texts(json, "code", "type")).toList(),
          Stream.concat(texts(json, "param"), lastOfLoc(json)).map(ChatError::lastWord).toList(),
          String.join("\n", lower(texts(json, "message", "msg", "detail", "error")).toList()));
    } catch (JacksonException e) {
      return new ChatError(status, List.of(), List.of(), body.toLowerCase(Locale.ROOT));
    }
  }

  private static Stream<String> texts(JsonNode json, String... fields) {
    return Stream.of(fields)
        .flatMap(field -> json.findValues(field).stream())
        .filter(JsonNode::isValueNode)
        .map(value -> value.asString(""))
        .filter(text -> !text.isBlank());
  }

  private static Stream<String> lastOfLoc(JsonNode json) {
    return json.findValues("loc").stream()
        .filter(loc -> loc.isArray() && !loc.isEmpty())
        .map(loc -> loc.get(loc.size() - 1).asString(""));
  }

  private static String lastWord(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  private static Stream<String> lower(Stream<String> texts) {
    return texts.map(text -> text.toLowerCase(Locale.ROOT));
  }

  /**
   * The one of these parameters that the API does not take, or not with this value.
   *
   * @param sent a message that may be quoted, whose words are no evidence
   */
  Optional<String> blamed(Set<String> names, String sent) {
    return JUDGING.contains(status)
        ? names.stream()
            .filter(parameters::contains)
            .findFirst()
            .or(() -> names.stream().filter(name -> speaksOf(name, sent)).findFirst())
        : Optional.empty();
  }

  private boolean speaksOf(String parameter, String sent) {
    var name = Pattern.compile("\\b" + parameter + "\\b", Pattern.CASE_INSENSITIVE);
    return name.matcher(message).find() && !name.matcher(sent).find();
  }

  /** Whether it is the message that the API minds. */
  boolean isRefusal(String sent) {
    return codes.stream().anyMatch(REFUSING_CODES::contains)
        || (JUDGING.contains(status)
            && REFUSING_WORDS.stream()
                .anyMatch(words ->
                    message.contains(words) && !sent.toLowerCase(Locale.ROOT).contains(words)));
  }

  /** The status and the first code, for the operator. */
  String fault(String sent) {
    var code =
        codes.stream()
            .filter(text -> TELLABLE.matcher(text).matches())
            .filter(text -> !sent.toLowerCase(Locale.ROOT).contains(text))
            .findFirst()
            .map(text -> " " + text)
            .orElse("");
    var kind =
        status / 100 != 2
            ? "status " + status
            : codes.isEmpty() && message.isEmpty() ? "no message in the answer" : "an error";
    return kind + code;
  }
}
