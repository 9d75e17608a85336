package dev.nectar.backend;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** By what a refusal of content is known: one row a sign, with the vendor that it was seen at. */
final class RefusalSigns {

  private static final Set<Integer> STATUSES = Set.of(200, 400, 403, 422, 451);

  private static final Set<String> CODES =
      Set.of(
          "content_policy_violation", // OpenAI, DALL·E
          "moderation_blocked", // OpenAI, gpt-image
          "content_filter", // Azure OpenAI
          "responsibleaipolicyviolation", // Azure OpenAI, inner error
          "contentmoderationerror", // relays
          "safety_error", // Pollinations
          "request moderated", // Black Forest Labs
          "content moderated", // Black Forest Labs
          "datainspectionfailed", // DashScope
          "data_inspection_failed"); // DashScope, compatible mode

  private static final List<String> PHRASES =
      List.of(
          "content_policy_violation",
          "moderation_blocked",
          "responsibleaipolicyviolation",
          "contentmoderationerror",
          "filtered by safety checks", // Fireworks
          "safety system", // OpenAI
          "content management policy", // Azure OpenAI
          "content policy", // OpenAI, relays
          "request moderated",
          "content moderated",
          "nsfw content", // Replicate
          "inappropriate content", // DashScope
          "[image_safety]"); // Gemini relays

  /** OpenAI's type for whatever the user is blamed for, moderation among it. */
  private static final String USER_ERROR = "image_generation_user_error";

  /**
   * Filters that are themselves out of order, and accounts: neither says anything of the prompt.
   */
  private static final Pattern NOT_THE_PROMPT =
      Pattern.compile(
          "(moderation|safety|filter)\\W+(\\w+\\W+){0,3}(unavailable|failed|error|timed out|timeout|overloaded|down)\\b"
              + "|(account|organi[sz]ation|api key|subscription|billing|credit|quota|user)\\b.{0,60}"
              + "\\b(blocked|suspended|deactivated|disabled|banned|terminated|exceeded|exhausted|insufficient|reached)"
              + "|(blocked|suspended|deactivated|disabled|banned)\\b.{0,30}\\b(account|organi[sz]ation|api key)");

  private RefusalSigns() {}

  static boolean in(ErrorReport report) {
    return STATUSES.contains(report.status())
        && (report.codes().stream().anyMatch(CODES::contains)
            || (isWorded(report) && !blamesOthers(report)));
  }

  private static boolean isWorded(ErrorReport report) {
    return PHRASES.stream().anyMatch(report.message()::contains)
        || (report.codes().contains(USER_ERROR) && report.message().contains("moderat"));
  }

  /** Whether the report is about the account or a filter out of order. */
  static boolean blamesOthers(ErrorReport report) {
    return NOT_THE_PROMPT.matcher(report.message()).find();
  }
}
