package dev.nectar.backend.protocol;

import static dev.nectar.backend.protocol.Signs.Sign.Meaning.BUSY;
import static dev.nectar.backend.protocol.Signs.Sign.Meaning.CREDIT;
import static dev.nectar.backend.protocol.Signs.Sign.Meaning.FILTER_FAILED;
import static dev.nectar.backend.protocol.Signs.Sign.Meaning.KEY;
import static dev.nectar.backend.protocol.Signs.Sign.Meaning.NO_INPUTS;
import static dev.nectar.backend.protocol.Signs.Sign.Meaning.REFUSED;
import static dev.nectar.backend.protocol.Signs.Sign.Meaning.TOO_LONG;
import static dev.nectar.backend.protocol.Signs.Sign.Meaning.UNFIT;
import static dev.nectar.backend.protocol.Signs.Sign.code;
import static dev.nectar.backend.protocol.Signs.Sign.words;

import dev.nectar.backend.protocol.Signs.Sign.Meaning;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the answers of back ends are known by. The first row that fits decides: an account that is
 * locked before the refusal that led to it, a refusal before all that it mentions.
 */
final class Signs {

  private static final String ANYONE = "several";

  private static final String LOCKED =
      "(?:blocked|suspended|deactivated|disabled|banned|terminated|restricted|frozen)";

  private static final String OWNED =
      "(?:account|organi[sz]ation|resource|user|subscription|project|workspace|tenant|api key)";

  /** Something that has been done to an account, not what may be, nor what was to its prompt. */
  private static final Sign ACCOUNT =
      words(
          KEY,
          ANYONE,
          "\\b"
              + OWNED
              + "\\b(?<!\\b(?:may|might|could|can|will|would)\\b[^.!?\\n]{0,80})"
              + "(?:(?!\\b(?:may|might|could|can|will|would|to be|prompt|request|input|content|image"
              + "|picture|text|message)\\b)[^.!?\\n]){0,60}?\\b"
              + LOCKED
              + "\\b|\\b"
              + LOCKED
              + " (?:your|the|this) "
              + OWNED
              + "\\b(?!.{0,2} (?:prompt|request|input|content))");

  private static final String OUT_OF_ORDER =
      "(?:[ '\"]+[\\w-]+){0,3}?[ '\":]+(?:unavailable|failed|failure|error|timed out|time-?out"
          + "|overloaded|down|crashed|unreachable|out of order)\\b";

  /** How long something may be, as a message puts it. */
  private static final String LENGTH =
      "(?:too long|at most [\\d,]+ (?:characters|chars|tokens|words)|longer than"
          + "|(?:less|fewer|shorter|more) than [\\d,]+ (?:characters|chars|tokens|words)"
          + "|max(?:imum)?[ _](?:allowed )?(?:prompt )?length|length (?:limit|exceed|must|should)"
          + "|exceeds? [^\\n]{0,40}(?:length|characters|chars|tokens))";

  private static final List<Sign> TABLE =
      List.of(
          code(REFUSED, "OpenAI, DALL·E", "content_policy_violation"),
          code(REFUSED, "OpenAI, gpt-image", "moderation_blocked"),
          code(REFUSED, "Azure OpenAI", "content_?filter(?:ed)?"),
          code(REFUSED, "Azure OpenAI, inner error", "responsibleaipolicyviolation"),
          code(REFUSED, "relays", "content_moderation|contentmoderationerror"),
          code(REFUSED, "relays", "censorship_blocked|sensitive_words_detected"),
          code(REFUSED, "DashScope", "data_?inspection_?failed"),
          code(REFUSED, "Pollinations", "safety_error"),
          code(REFUSED, "Google", "public_error_(?:\\w+_)?unsafe_generation"),
          code(REFUSED, "Volcengine", ".*sensitivecontentdetected(?:\\..*)?"),
          code(REFUSED, "Zhipu", "1301"),
          code(REFUSED, "MiniMax", "102[67]"),
          code(REFUSED, "Black Forest Labs", "(?:request|content) moderated"),
          code(CREDIT, "OpenAI", "insufficient_quota|billing_.*"),
          code(CREDIT, "DashScope", "arrearage"),
          code(CREDIT, "new-api", "insufficient_user_quota|pre_consume_token_quota_failed"),
          code(CREDIT, "relays", "insufficient_(?:balance|credits?|funds)|payment_required"),
          code(CREDIT, "Volcengine", "accountoverdueerror"),
          code(CREDIT, "Zhipu", "1113"),
          code(CREDIT, "MiniMax", "1008"),
          code(CREDIT, "SiliconFlow", "30001"),
          code(KEY, "OpenAI", "invalid_?api_?key|unsupported_country_region_territory"),
          code(KEY, "Google", "api_key_(?:invalid|expired)"),
          code(KEY, "relays", "(?:account|user|organization|resource)_" + LOCKED),
          code(KEY, "relays", "authentication_error|invalid_authentication|access_terminated"),
          code(KEY, "MiniMax", "1004|2049"),
          code(UNFIT, "OpenAI", "model_?not_?(?:found|exists?|supported|available|open)"),
          code(UNFIT, "relays", "(?:invalid|unknown|unsupported|no_such)_?model(?:_?(?:name|id))?"),
          code(UNFIT, "Volcengine", "invalidendpointormodel\\..*"),
          code(UNFIT, "Zhipu", "1211"),
          code(UNFIT, "SiliconFlow", "20012"),
          code(BUSY, "Google", "resource_exhausted"),
          code(BUSY, "OpenAI", "rate_?limit_?(?:exceeded|reached)(?:_error)?"),
          code(BUSY, "DashScope", "throttling(?:\\..*)?"),
          code(BUSY, "MiniMax", "1002|1039"),
          code(TOO_LONG, "OpenAI", "string_above_max_length|context_length_exceeded"),
          code(TOO_LONG, "FastAPI", "string_too_long"),
          code(TOO_LONG, "relays", "prompt_too_long"),
          ACCOUNT,
          words(FILTER_FAILED, ANYONE, "\\b(?:moderation|safety|filter|policy)" + OUT_OF_ORDER),
          words(
              FILTER_FAILED,
              ANYONE,
              "\\b(?:billing|quota|authentication) (?:service|system|server|check)" + OUT_OF_ORDER),
          words(REFUSED, "OpenAI", "safety system"),
          words(REFUSED, "OpenAI", "violat\\w+ our (?:usage )?policies"),
          words(REFUSED, "Azure OpenAI", "content management policy"),
          words(REFUSED, "relays", "content policy"),
          words(REFUSED, "Fireworks", "filtered by safety checks"),
          words(REFUSED, "Black Forest Labs", "(?:request|content) moderated"),
          words(REFUSED, "xAI", "(?:rejected by|failed to pass) content moderation"),
          words(REFUSED, "Replicate", "flagged as sensitive"),
          words(REFUSED, "Replicate", "nsfw content"),
          words(REFUSED, "OpenRouter", "\\b(?:input|prompt) (?:was|has been|is) flagged\\b"),
          words(REFUSED, "DashScope", "inappropriate content"),
          words(REFUSED, "relays", "sensitive content"),
          words(REFUSED, "Stability", "blocked by (?:the |our )?safety filter"),
          words(REFUSED, "relays of Gemini", "\\[image_safety]"),
          words(REFUSED, "MiniMax", "new_sensitive"),
          words(REFUSED, "Zhipu", "敏感|违规|不合规"),
          words(
              REFUSED,
              "relays that quote",
              "\\b(?:content_policy_violation|moderation_blocked|content_filter"
                  + "|responsibleaipolicyviolation|contentmoderationerror|data_?inspection_?failed"
                  + "|sensitive_words_detected|\\w*sensitivecontentdetected"
                  + "|public_error_unsafe_generation)\\b"),
          words(
              REFUSED, "OpenAI, a user error", "(?m)^image_generation_user_error$[\\s\\S]*moderat"),
          words(
              CREDIT,
              "OpenAI",
              "insufficient_quota|\\bbilling\\b|exceeded your current quota|\\barrear"),
          words(
              CREDIT,
              ANYONE,
              "(?:insufficient|not enough|out of|no)[ _](?:user[ _])?(?:quota|balance|credits?|funds)\\b"
                  + "|\\b(?:quota|balance|credits?)\\b[^.\\n]{0,30}\\b(?:exhausted|used up|depleted"
                  + "|insufficient|too low|not enough)\\b|payment (?:is )?required|past due"),
          words(CREDIT, "Chinese relays", "余额不足|额度不足|配额不足|欠费"),
          words(
              KEY,
              "OpenAI",
              "(?:incorrect|invalid|wrong|missing|expired|revoked) (?:api|access|secret)[ _-]?key"),
          words(
              KEY,
              ANYONE,
              "\\bapi[ _-]?key\\b[^.\\n]{0,40}\\b(?:invalid|incorrect|not valid|expired|revoked|missing)"
                  + "|invalid (?:api|access|auth\\w*|bearer) token"
                  + "|authentication (?:failed|required)|\\bunauthori[sz]ed\\b"),
          words(
              KEY,
              "Google",
              "\\b(?:location|region|country|territory)\\b[^.\\n]{0,60}\\bnot (?:supported|available)"
                  + "|not (?:supported|available) in your (?:location|region|country|territory)"),
          words(KEY, "Chinese relays", "(?:密钥|令牌)[^。\\n]{0,10}(?:无效|错误|过期)|无效的(?:密钥|令牌)"),
          words(TOO_LONG, ANYONE, "(?<!negative[ _])\\bprompt\\b[^\\n]{0,120}?" + LENGTH),
          words(TOO_LONG, ANYONE, LENGTH + "[^\\n]{0,120}?(?<!negative[ _])\\bprompt\\b"),
          words(TOO_LONG, ANYONE, "\\bstring too long\\b"),
          words(
              NO_INPUTS,
              "OpenRouter",
              "\\b(?:not|n't|no endpoints found that) support(?:s|ed)? images?(?: as)? inputs?\\b"
                  + "|\\bimages? inputs? (?:is|are) not supported\\b"),
          words(
              UNFIT,
              "OpenAI",
              "\\bmodels?\\b[^\\n]{0,80}?\\b(?:(?:does|do) not exist|doesn't exist|not found)\\b"),
          words(
              UNFIT,
              ANYONE,
              "\\b(?:invalid|unknown|no such|unsupported|unrecogni[sz]ed) model\\b"
                  + "(?! (?:param|input|argument))|not a valid model"
                  + "|\\bmodel\\W+(?:[\\w./:-]+\\W+)?(?:is )?not (?:supported|available|valid)\\b"),
          words(UNFIT, "new-api", "no available channel|无可用渠道"),
          words(UNFIT, "Chinese vendors", "模型不存在"));

  /** Reasons why a picture ends early. */
  private static final Pattern FILTERS =
      Pattern.compile("filter|safety|prohibited|recitation|blocklist|spii|sensitive|moderat");

  private Signs() {}

  /** What the codes say. */
  static Optional<Meaning> ofCodes(List<String> codes) {
    return TABLE.stream()
        .filter(sign -> codes.stream().anyMatch(sign::isCode))
        .map(Sign::meaning)
        .findFirst();
  }

  /** What the words of an answer say. */
  static Optional<Meaning> ofWords(Echoes.Rest said, int status) {
    return TABLE.stream()
        .filter(sign -> sign.meaning().isWordedWith(status) && sign.isIn(said))
        .map(Sign::meaning)
        .findFirst();
  }

  /** Whether the words say that an account is locked. */
  static boolean areOfAccount(Echoes.Rest said) {
    return ACCOUNT.isIn(said);
  }

  static boolean isFilter(String finishReason) {
    return FILTERS.matcher(finishReason).find();
  }

  /**
   * By what something is known in an answer: a row of the table.
   *
   * @param pattern of a code as a whole, or of words anywhere in a text; both in lower case
   * @param vendor where it was seen
   */
  record Sign(Meaning meaning, Form form, Pattern pattern, String vendor) {

    enum Form {
      CODE,
      WORDS
    }

    enum Meaning {
      /** A filter is out of order, which says nothing of the prompt. */
      FILTER_FAILED,
      REFUSED,
      KEY,
      CREDIT,
      BUSY,
      UNFIT,
      NO_INPUTS,
      TOO_LONG;

      /** Whether an answer of this status may say so in words. */
      boolean isWordedWith(int status) {
        return switch (this) {
          case KEY, CREDIT, BUSY, FILTER_FAILED -> true;
          case REFUSED, TOO_LONG, NO_INPUTS -> status < 500;
          case UNFIT -> status < 500 || status == 503;
        };
      }
    }

    static Sign code(Meaning meaning, String vendor, String pattern) {
      return new Sign(meaning, Form.CODE, Pattern.compile(pattern), vendor);
    }

    static Sign words(Meaning meaning, String vendor, String pattern) {
      return new Sign(meaning, Form.WORDS, Pattern.compile(pattern), vendor);
    }

    boolean isCode(String code) {
      return form == Form.CODE && pattern.matcher(code).matches();
    }

    /** Whether the text has these words, and not from the client. */
    boolean isIn(Echoes.Rest said) {
      return form == Form.WORDS
          && pattern
              .matcher(said.text())
              .results()
              .anyMatch(match -> !said.others().contain(match.group()));
    }
  }
}
