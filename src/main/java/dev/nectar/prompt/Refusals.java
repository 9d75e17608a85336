package dev.nectar.prompt;

import java.util.List;
import java.util.regex.Pattern;

/**
 * By what a refusal in an LLM's own words is known: how it begins, for further on a picture may
 * hold the same words.
 */
final class Refusals {

  /** No refusal takes longer to come to the point. */
  private static final int OPENING_LENGTH = 300;

  private static final Pattern APOSTROPHE = Pattern.compile("[’‘ʼ`´]");

  private static final String I_CANNOT =
      "\\bI ?(?:can(?:'?t|not| not)|could(?:n't| not)|won'?t|will not"
          + "|do(?:n't| not)(?= (?:feel comfortable|create|generate|produce|provide|write))"
          + "|(?:am|'m) (?:not able|unable|not comfortable|not going|not allowed|not permitted))";

  /** What an assistant is asked for; "I can't stop" and "I can't help falling" are songs. */
  private static final String TASK =
      " (?:(?:to|in|with|and|will|not|feel|comfortable|actually|directly|currently) )*"
          + "(?:accommodat|assist|comply|continu|convert|creat|depict|describ|discuss|edit|engag|enhanc"
          + "|facilitat|fulfil|generat|handl|improv|includ|modify|optimi[sz]|participat|perform|proceed"
          + "|process|produc|provid|render|rephras|respond|rewrit|support|transform|writ"
          + "|(?:answer|do|work with) (?:that|this|your)"
          + "|help(?:ing)?(?: (?:you|to|with|create|generate|write|rewrite)\\b|[.,;:!]|\\W*$))";

  private static final String I_DECLINE =
      "\\bI (?:(?:must|have to|need to|will) )?(?:\\w+ )?decline\\b";

  /** One row a way to say it. */
  private static final List<Pattern> OPENINGS =
      List.of(
          opening(I_CANNOT + TASK),
          opening(I_DECLINE),
          opening(
              "(?:(?:I'm|I am) (?:\\w+ )?(?:sorry|afraid)|sorry|(?:my )?(?:\\w+ )?apologies|I (?:do )?apologi[sz]e"
                  + "|unfortunately|regrettably|no|hello|hi)\\b[^\\n]{0,120}?(?:"
                  + I_CANNOT
                  + "(?:"
                  + TASK
                  + "|[.,;!]|\\W*$)|"
                  + I_DECLINE
                  + ")"),
          opening(
              "(?:I (?:understand|appreciate|see|know|reali[sz]e|recogni[sz]e)|thank(?:s| you)|while I|although"
                  + "|as an AI)\\b[^\\n]{0,200}?(?:"
                  + I_CANNOT
                  + TASK
                  + "|"
                  + I_DECLINE
                  + ")"),
          opening(
              "(?:(?:(?:I'm |I am )?sorry|unfortunately|(?:my )?apologies|I apologi[sz]e)\\b[^\\n]{0,40}?)?"
                  + "\\b(?:this|the|your) (?:request|prompt|content|description)\\b"
                  + "[^\\n]{0,60}?\\b(?:violat|goes against|is against|can(?:'t|not| not) be (?:fulfil|process|complet|rewrit)"
                  + "|(?:was|is|has been) (?:rejected|refused|flagged|denied|blocked|not allowed|not permitted))"),
          opening(
              "(?:(?:I'm |I am )?sorry\\W[^\\n]{0,40}?)?(?:that|this)(?:'s| is)"
                  + " (?:not something|outside of what|beyond what) I can"),
          opening(
              "(?:(?:你好|您好)[，,。！!\\s]*)?我?(?:很|非常|十分|实在|真的)?(?:抱歉|对不起|對不起|不好意思)"
                  + "[，,。！!、\\s]*(?:但|不过)?(?=[我本这這该該您你由因无無不])[^\\n]{0,60}?"
                  + "(?:无法|無法|不能|不可以|不便|没法|沒法|违反|違反|拒绝|拒絕)"),
          opening(
              "(?:(?:你好|您好)[，,。！!\\s]*)?(?:我们?|我們|(?:作为|作為)[^\\n]{0,20}[，,]我|(?:这|這)个问题我"
                  + "|(?:您的|该|該)(?:请求|請求))(?:暂时|暫時|目前|现在|还|還)*(?:无法|無法|不能|不便|没法|沒法)[^\\n]{0,12}?"
                  + "(?:帮|幫|协助|協助|提供|生成|创作|創作|创建|創建|满足|滿足|完成|处理|處理|回答|改写|改寫|优化|優化"
                  + "|继续|繼續|回应|回應|执行|執行|讨论|討論|给到|給到)"),
          opening("(?:无法|無法)(?:为您|為您|为你|給您|给您|生成|提供|协助|協助|满足|滿足|处理|處理)"),
          opening("(?:申し訳|すみません|ごめんなさい)[^\\n]{0,80}?(?:できません|できかねます|いたしかねます)"),
          opening("(?:죄송|미안)[^\\n]{0,80}?(?:없습니다|없어요|어렵습니다)"),
          opening("lo siento\\b[^\\n]{0,60}?\\bno (?:puedo|podemos|es posible)"),
          opening("(?:desculpe|sinto muito|lamento)\\b[^\\n]{0,60}?\\bnão (?:posso|é possível)"),
          opening("(?:je suis (?:\\w+ )?)?désolée?\\b[^\\n]{0,60}?\\bne (?:peux|puis) pas"),
          opening(
              "(?:es )?tut mir leid\\b[^\\n]{0,60}?\\bich (?:kann|darf|werde)\\b[^\\n]{0,80}?nicht"),
          opening("mi dispiace\\b[^\\n]{0,60}?\\bnon (?:posso|è possibile)"),
          opening("(?:извините|простите|к сожалению)[^\\n]{0,60}?не (?:могу|можем)"));

  private Refusals() {}

  /** Whether the text is a refusal, not a prompt. */
  static boolean isOne(String text) {
    var opening =
        APOSTROPHE
            .matcher(text.substring(0, Math.min(text.length(), OPENING_LENGTH)))
            .replaceAll("'");
    return OPENINGS.stream().anyMatch(pattern -> pattern.matcher(opening).find());
  }

  /** Marks and quotes may stand before it. */
  private static Pattern opening(String words) {
    return Pattern.compile(
        "\\A[^\\p{L}]*+(?:" + words + ")",
        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);
  }
}
