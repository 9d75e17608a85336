package dev.nectar.backend.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.backend.BackendReply.Busy;
import dev.nectar.backend.BackendReply.Evidence;
import dev.nectar.backend.BackendReply.Failed;
import dev.nectar.backend.BackendReply.LockedOut;
import dev.nectar.backend.BackendReply.Refused;
import dev.nectar.backend.BackendReply.TooLong;
import dev.nectar.backend.BackendReply.Unclear;
import dev.nectar.backend.BackendReply.Unfit;
import dev.nectar.backend.OfferedSizes;
import dev.nectar.backend.Verdict;
import dev.nectar.backend.Verdict.Unsupported;
import dev.nectar.http.answer.AnswerBody;
import dev.nectar.http.answer.StagedPictures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {

  /** One error answer a row, in the shape in which it was seen. */
  @ParameterizedTest(name = "{0}: {1} {2}")
  @CsvFileSource(resources = "verdicts.csv", delimiter = '|', quoteCharacter = '^', emptyValue = "")
  void error_isJudged(String verdict, int status, @Nullable String body) throws IOException {
    assertThat(told(judge(report(status, body == null ? "" : body), sent()))).isEqualTo(verdict);
  }

  /** The client's words, the answer, in which they stand as $, and what remains of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a sign that reads nsfw content | Could not handle \"$\" | unclear",
        "a sign that reads nsfw content | Could not handle \"A  sign that reads NSFW content\" | unclear",
        "a sign that reads nsfw content | Could not handle \"nsfw content\" | unclear",
        "a sign that reads nsfw content | Rejected by our safety system: $ | refused",
        "a sign of our safety system | Rejected by our safety system: $ | refused",
        "a nervous system of safety | Rejected by our safety system | refused",
        "a poster: insufficient_quota, billing | Unknown word: billing | unclear",
        "an invalid API key, made of brass | Broken text: $ | unclear",
        "the model does not exist | Broken text: $ | unclear",
        "the prompt is too long | Broken text: $ | unclear",
        "敏感的皮肤 | 无法处理敏感的皮肤。 | unclear",
        "柔软的皮肤 | 无法处理柔软的皮肤。内容违规 | refused",
        "cont | Inappropriate content | refused"
      })
  void wordsOfTheClient_areNoEvidence(String prompt, String message, String verdict)
      throws IOException {
    var told = message.replace("$", prompt).replace("\"", "\\\"");
    var report = report(400, "{\"error\":{\"message\":\"%s\"}}".formatted(told));

    assertThat(told(judge(report, Sent.of(prompt, Map.of())))).isEqualTo(verdict);
  }

  @Test
  void wordsOfTheClient_inAnyParameter_areNoEvidence() throws IOException {
    var report =
        report(400, "{\"message\":\"Cannot use sensitive content xl with content policy\"}");
    var sent =
        Sent.of(
            "a cat", Map.of("model", "sensitive content xl", "negative_prompt", "Content Policy"));

    assertThat(told(judge(report, sent))).isEqualTo("unclear");
  }

  @Test
  void pause_isAskedForByAServerThatIsBusy() throws IOException {
    var wait = Duration.ofSeconds(7);

    assertThat(Judge.error(report(429, ""), sent(), wait))
        .isEqualTo(new Busy(wait, report(429, "").evidence()));
    assertThat(Judge.error(report(503, ""), sent(), wait)).isInstanceOf(Busy.class);
    assertThat(Judge.error(report(500, ""), sent(), wait)).isInstanceOf(Failed.class);
    assertThat(Judge.error(report(429, "{\"code\":\"insufficient_quota\"}"), sent(), wait))
        .isInstanceOf(LockedOut.class);
  }

  @Test
  void pause_asGooglePutsIt_isTakenFromTheBody() throws IOException {
    var whole = report(429, "{\"error\":{\"details\":[{\"retryDelay\":\"34s\"}]}}");
    var broken = report(429, "{\"error\":{\"details\":[{\"retryDelay\":\"34.07s\"}]}}");
    var none = report(429, "{\"error\":{\"details\":[{\"retryDelay\":\"soon\"}]}}");

    assertThat(judge(whole, sent())).isEqualTo(new Busy(Duration.ofSeconds(34), whole.evidence()));
    assertThat(judge(broken, sent()))
        .isEqualTo(new Busy(Duration.ofSeconds(35), broken.evidence()));
    assertThat(judge(none, sent())).isEqualTo(new Busy(null, none.evidence()));
    assertThat(Judge.error(whole, sent(), Duration.ofSeconds(7)))
        .isEqualTo(new Busy(Duration.ofSeconds(7), whole.evidence()));
  }

  @Test
  void unknownAddress_withoutAModel_isUnclear() throws IOException {
    assertThat(judge(report(404, ""), Sent.of("a cat", Map.of("n", 1))))
        .isInstanceOf(Unclear.class);
  }

  @Test
  void evidence_hasTheStatusTheCodeAndAllMessages() throws IOException {
    var body =
        "{\"error\":{\"type\":\"a_type\",\"code\":\"A_Code\",\"message\":\"One\",\"inner\":{\"message\":\"two\"}}}";

    assertThat(report(400, body).evidence()).isEqualTo(new Evidence(400, "A_Code", "One\ntwo"));
    assertThat(report(502, "<html>").evidence()).isEqualTo(new Evidence(502, null, "<html>"));
  }

  private static Verdict judge(Report report, Sent sent) {
    return Judge.error(report, sent, null);
  }

  static Report report(int status, String body) throws IOException {
    var content = new AnswerBody(new StagedPictures(null), () -> {});
    content.read(new ByteArrayInputStream(body.getBytes(UTF_8)));
    content.readText();
    return Report.of(status, content.documents(), content.text());
  }

  private static Sent sent() {
    var sent = new LinkedHashMap<String, Object>();
    sent.put("n", 1);
    sent.put("seed", 42);
    sent.put("size", "512x512");
    sent.put("model", "m");
    sent.put("quality", "hd");
    sent.put("negative_prompt", "blur");
    return Sent.of("a lighthouse at dusk", sent);
  }

  private static String told(Verdict verdict) {
    return switch (verdict) {
      case Refused(var certain, _) -> certain ? "refused" : "refused?";
      case Unfit _ -> "unfit";
      case TooLong _ -> "too long";
      case Unclear _ -> "unclear";
      case LockedOut locked -> "locked: " + locked.kind();
      case Busy _ -> "busy";
      case Failed(var kind, _) -> "failed: " + kind;
      case Unsupported(var parameter, var always, var sizes, _) ->
          (always ? "always " : "value ") + parameter + told(sizes);
    };
  }

  private static String told(OfferedSizes sizes) {
    var listed = sizes.listed().stream().map(Object::toString).collect(Collectors.joining(","));
    return Stream.of(
            listed,
            sizes.minPixels() == null ? "" : "at least " + sizes.minPixels() + " pixels",
            sizes.maxPixels() == null ? "" : "at most " + sizes.maxPixels() + " pixels",
            sizes.minEdge() == null ? "" : "edges " + sizes.minEdge() + " to " + sizes.maxEdge(),
            sizes.multiple() == null ? "" : "of " + sizes.multiple())
        .filter(text -> !text.isEmpty())
        .map(text -> " " + text)
        .collect(Collectors.joining());
  }
}
