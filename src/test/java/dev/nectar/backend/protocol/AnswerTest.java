package dev.nectar.backend.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.nectar.backend.BackendReply.Failed;
import dev.nectar.backend.BackendReply.Refused;
import dev.nectar.backend.ErrorJudge;
import dev.nectar.backend.Evidence;
import dev.nectar.backend.Verdict;
import dev.nectar.image.SampleImages;
import dev.nectar.image.StagingArea;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReplyTest {

  private final byte[] png = SampleImages.png(20_000, 1);
  private final String base64 = Base64.getEncoder().encodeToString(png);
  private final StagingArea staging;

  ImageReplyTest(@TempDir Path directory) {
    staging = new StagingArea(directory, 50_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\":[{\"b64_json\":\"%s\"}]}",
        "{\"created\":1,\"data\":[{\"revised_prompt\":\"x\",\"url\":null,\"b64_json\":\"%s\"}]}",
        "{\"data\":[{\"url\":\"http://a/b.png\",\"b64_json\":\"%s\"}]}",
        "{\"data\":[{\"b64_json\":\"%s\",\"revised_prompt\":\"content policy\"}],\"usage\":{}}",
        " { \"data\" : [ { \"b64_json\" : \"%s\" } ] } "
      })
  void image_inline_isStaged(String template) throws IOException {
    var reply = read(template.formatted(base64));

    assertThat(reply)
        .isInstanceOfSatisfying(
            ImageReply.Inline.class,
            inline -> {
              try (var image = inline.image();
                  var bytes = image.open()) {
                assertThat(bytes.readAllBytes()).isEqualTo(png);
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\":[{\"url\":\"http://a/b.png\"}]}",
        "{\"data\":[{\"b64_json\":\"\",\"url\":\"http:\\/\\/a\\/b.png\"}]}",
        "{\"data\":[{\"b64_json\":null,\"url\":\"http://a/b.png\"}]}",
        "{\"data\":[{\"url\":\"http://a/b.png\",\"b64_json\":\"\"}]}",
        "{\"data\":[{\"url\":\"http://a/b.png\"},{\"url\":\"http://a/c.png\"}],\"url\":\"x\"}"
      })
  void image_byUrl_isLink(String body) throws IOException {
    assertThat(read(body)).isEqualTo(new ImageReply.Link("http://a/b.png"));
  }

  static Stream<Arguments> withoutImage() {
    return Stream.of(
        argumentSet(
            "xAI, held back",
            "{\"data\":[{\"url\":\"\",\"respect_moderation\":false}]}",
            new Refused(true, Evidence.NONE)),
        argumentSet(
            "xAI, held back, with URL",
            "{\"data\":[{\"url\":\"http://a/b\",\"respect_moderation\":false}]}",
            new Refused(true, Evidence.NONE)),
        argumentSet(
            "finish reason of a filter",
            "{\"data\":[{\"finishReason\":\"IMAGE_SAFETY\"}]}",
            new Refused(true, Evidence.NONE)),
        argumentSet(
            "finish reason of a filter, snake case",
            "{\"data\":[{\"b64_json\":\"\",\"finish_reason\":\"CONTENT_FILTERED\"}]}",
            new Refused(true, Evidence.NONE)),
        argumentSet(
            "Black Forest Labs",
            "{\"id\":\"1\",\"status\":\"Request Moderated\",\"result\":null}",
            new Refused(true, Evidence.NONE)),
        argumentSet(
            "error in a 200",
            "{\"error\":{\"code\":\"content_policy_violation\",\"message\":\"no\"}}",
            new Refused(true, Evidence.NONE)),
        argumentSet("empty data", "{\"created\":1,\"data\":[]}", new Refused(false, Evidence.NONE)),
        argumentSet("no data", "{\"created\":1}", new Failed("no image")),
        argumentSet(
            "error about something else",
            "{\"error\":{\"message\":\"overloaded\"}}",
            new Failed("no image")),
        argumentSet(
            "moderation respected",
            "{\"data\":[{\"respect_moderation\":true}]}",
            new Failed("no image")),
        argumentSet(
            "revised prompt that sounds like it",
            "{\"data\":[{\"revised_prompt\":\"content policy\"}]}",
            new Failed("no image")));
  }

  @ParameterizedTest
  @MethodSource("withoutImage")
  void reply_withoutImage_isJudged(String body, Verdict verdict) throws IOException {
    assertThat(read(body))
        .isInstanceOfSatisfying(
            ImageReply.Nothing.class,
            nothing ->
                assertThat(
                        ErrorJudge.judge(nothing.report(), nothing.refused(), nothing.emptyData()))
                    .usingRecursiveComparison()
                    .withStrictTypeChecking()
                    .ignoringFields("evidence")
                    .isEqualTo(verdict));
  }

  @Test
  void reply_noImageFromItsBytes_isAFault() {
    assertFault("{\"data\":[{\"b64_json\":\"aGVsbG8gd29ybGQ=\"}]}");
    assertFault("<html>Welcome</html>");
    assertFault("");
    assertFault("[]");
    assertFault("{\"data\":[{\"b64_json\":\"" + base64);
    assertFault("{\"data\":[");
  }

  @Test
  void image_tooLarge_isAFault() {
    var large = Base64.getEncoder().encodeToString(SampleImages.png(50_001, 1));

    assertFault("{\"data\":[{\"b64_json\":\"" + large + "\"}]}");
  }

  private void assertFault(String body) {
    assertThatThrownBy(() -> read(body)).isInstanceOf(IOException.class);
    assertThat(staging.directory()).isEmptyDirectory();
  }

  private ImageReply read(String body) throws IOException {
    return ImageReply.read(new ByteArrayInputStream(body.getBytes(UTF_8)), staging);
  }
}
