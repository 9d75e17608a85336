package dev.nectar.backend;

import java.util.Set;
import java.util.regex.Pattern;

/** By what a refusal of content is known: one row a sign, with the vendor that it was seen at. */
final class RefusalSigns {

  private static final Set<Integer> STATUSES = Set.of(200, 400, 403, 422, 451);

  /** In lower case; a whole code or any part of a message. */
  private static final Set<String> SIGNS =
      Set.of(
          "content_policy_violation", // OpenAI, DALL·E
          "moderation_blocked", // OpenAI, gpt-image
          "safety system", // OpenAI
          "content_filter", // Azure OpenAI
          "content management policy", // Azure OpenAI
          "responsibleaipolicyviolation", // Azure OpenAI, inner error
          "request moderated", // Black Forest Labs
          "content moderated", // Black Forest Labs
          "datainspectionfailed", // DashScope
          "data_inspection_failed", // DashScope, compatible mode
          "inappropriate content", // DashScope
          "filtered by safety checks", // Fireworks
          "nsfw content", // Replicate
          "safety_error", // Pollinations
          "[image_safety]", // relays of Gemini
          "contentmoderationerror", // relays
          "content policy"); // relays

  /** OpenAI's type for whatever the user is blamed for, moderation among it. */
  private static final String USER_ERROR = "image_generation_user_error";

  /**
   * Filters that are themselves out of order, and accounts: neither says anything of the prompt.
   */
  private static final Pattern NOT_THE_PROMPT =
      Pattern.compile(
          "(moderation|safety|filter)\\W+(\\w+\\W+){0,3}(unavailable|failed|error|timed out|timeout|overloaded|down)\\b"
              + "|(account|organi[sz]ation|api key|subscription|billing|credit|quota)\\b.{0,60}"
              + "\\b(blocked|suspended|deactivated|disabled|banned|terminated|exceeded|exhausted|insufficient|reached)"
              + "|user\\b.{0,30}\\b(suspended|deactivated|disabled|banned|terminated)"
              + "|(blocked|suspended|deactivated|disabled|banned)\\b.{0,30}\\b(account|organi[sz]ation|api key)");

  private RefusalSigns() {}

  static boolean in(ErrorReport report) {
    return STATUSES.contains(report.status())
        && (report.codes().stream().anyMatch(SIGNS::contains)
            || (isWorded(report) && !blamesOthers(report)));
  }

  private static boolean isWorded(ErrorReport report) {
    return SIGNS.stream().anyMatch(report.message()::contains)
        || (report.codes().contains(USER_ERROR) && report.message().contains("moderat"));
  }

  /** Whether the report is about the account or a filter out of order. */
  static boolean blamesOthers(ErrorReport report) {
    return NOT_THE_PROMPT.matcher(report.message()).find();
  }
}
