package dev.nectar.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.backend.BackendReply.Evidence;
import dev.nectar.backend.BackendReply.Failed;
import dev.nectar.backend.BackendReply.LockedOut;
import dev.nectar.backend.BackendReply.LockedOut.Grounds;
import dev.nectar.backend.BackendReply.Refused;
import dev.nectar.backend.BackendReply.Unclear;
import dev.nectar.image.ImageExtras;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What operators are shown of an answer. */
class AttemptTest {

  private static final PaintRequest REQUEST =
      new PaintRequest(
          "a Crimson fox, über 森の中の狐",
          null,
          "house-model",
          7,
          ImageExtras.ofTexts(Map.of("negative_prompt", "blurry hands", "quality", "ultra")));

  @Test
  void line_hasKindStatusCodeAndMessage() {
    var evidence = new Evidence(401, "invalid_api_key", "Incorrect API key provided.");

    assertThat(attempt(new LockedOut(Grounds.KEY, evidence)))
        .hasToString(
            "https://a key refused (401, invalid_api_key, \"Incorrect API key provided.\") in 12 ms");
  }

  @Test
  void line_withoutAnAnswer_hasTheKindAlone() {
    assertThat(attempt(new Failed("timeout"))).hasToString("https://a timeout in 12 ms");
  }

  @Test
  void message_losesTheClientsWords() {
    assertThat(
            message(
                "Cannot draw 'a Crimson fox, über 森の中の狐': crimson, ÜBER, hands and ULTRA; house-model"
                    + " and foxes stay out of the house"))
        .isEqualTo("Cannot draw '…': …, …, … and …; … and foxes stay out of the …");
  }

  @Test
  void message_losesControlCharactersAndLineBreaks() {
    assertThat(message("one\r\n\u001b[31mtwo\u2028three\u0000\u202efour\t five"))
        .isEqualTo("one [31mtwo three four five");
  }

  @Test
  void message_thatIsAPage_isItsWords() {
    assertThat(
            message(
                """
                <!DOCTYPE html>
                <html><head><title>502 Bad Gateway</title><style>b { color: red }</style>
                <script>if (a < b) alert()</script></head>
                <body><!-- padding --><hr><b class="x">cloud &amp; co</b></body></html>
                """))
        .isEqualTo("502 Bad Gateway cloud &amp; co");
    assertThat(message("a < b and b > a")).isEqualTo("a < b and b > a");
  }

  @Test
  void message_isCutAfterTwoHundredCharacters() {
    assertThat(message("x".repeat(199) + "😀" + "y".repeat(100_000))).isEqualTo("x".repeat(199));
    assertThat(message("x".repeat(300))).hasSize(200);
  }

  @Test
  void message_losesKeysInUrls() {
    assertThat(message("GET https://api.test/v1?key=hidden-thing&b=c failed"))
        .isEqualTo("GET https://api.test/v1?key=****&b=c failed");
  }

  @Test
  void code_losesTheClientsWordsToo() {
    var attempt = attempt(new Unclear(new Evidence(400, "no-Crimson\n", "")));

    assertThat(attempt.code()).isEqualTo("no-…");
  }

  @Test
  void refusal_isOneIfItIsCertain() {
    assertThat(attempt(new Refused(true, Evidence.NONE)).refused()).isTrue();
    assertThat(attempt(new Refused(false, Evidence.NONE)).refused()).isFalse();
  }

  private static String message(String text) {
    return attempt(new Unclear(new Evidence(400, null, text))).message();
  }

  private static Attempt attempt(BackendReply reply) {
    return Attempt.of("https://a", REQUEST, reply, Duration.ofMillis(12));
  }
}
