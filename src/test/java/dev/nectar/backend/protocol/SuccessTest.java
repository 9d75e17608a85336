package dev.nectar.backend.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.backend.BackendReply.Declined;
import dev.nectar.backend.BackendReply.Refused;
import dev.nectar.backend.protocol.Conversation.Judged;
import dev.nectar.backend.protocol.Conversation.Outcome;
import dev.nectar.backend.protocol.Conversation.Picture;
import dev.nectar.http.Deadline;
import dev.nectar.http.HttpCalls;
import dev.nectar.http.RemoteFiles;
import dev.nectar.image.SampleImages;
import dev.nectar.image.staging.StagingArea;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a successful answer comes to: the first picture, or a verdict. */
class SuccessTest {

  /** The one that counts, and another. */
  private final byte[] first = SampleImages.png(900, 1);

  private final byte[] other = SampleImages.png(900, 2);

  private final Clock clock = Clock.systemUTC();
  private final HttpCalls http = new HttpCalls(1);
  private final RemoteFiles files = new RemoteFiles(1);
  private final Path directory;
  private final Exchange exchange;

  SuccessTest(@TempDir Path directory) {
    this.directory = directory;
    var staging = new StagingArea(directory, 50_000);
    this.exchange = new Exchange(http, files, _ -> false, staging, clock, _ -> {});
  }

  @AfterEach
  void close() {
    http.close();
    files.close();
    assertThat(directory).isEmptyDirectory();
  }

  /** The first is written FIRST, the other OTHER. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'data':[{'b64_json':'FIRST'},{'b64_json':'OTHER'}]}",
        "{'data':[{},null,'',{'b64_json':''},{'b64_json':'FIRST'},{'b64_json':'OTHER'}]}",
        "{'data':[{'b64_json':'aGVsbG8gd29ybGQ='},{'b64_json':'FIRST'}]}",
        "{'data':[{'url':'','b64_json':'FIRST'}]}",
        "{'data':[{'url':'http://127.0.0.1:1/x','b64_json':'FIRST'}]}",
        "{'data':[{'url':'data:image/png;base64,FIRST'}]}",
        "{'data':[{'image':'FIRST'}]}",
        "{'data':[{'image':{'url':'data:image/png;base64,FIRST'}}]}",
        "{'data':[{'base64':'FIRST'}]}",
        "{'data':['FIRST','OTHER']}",
        "{'data':'FIRST'}",
        "{'data':{'b64_json':'FIRST'}}",
        "{'data':{'data':[{'b64_json':'FIRST'}]}}",
        "{'data':{'image_urls':['data:image/png;base64,FIRST']}}",
        "{'data':{'image_base64':['FIRST','OTHER']}}",
        "{'images':['FIRST']}",
        "{'images':[{'url':'data:image/png;base64,FIRST'}]}",
        "{'output':['FIRST']}",
        "{'output':'data:image/png;base64,FIRST'}",
        "{'output':[{'type':'image_generation_call','result':'FIRST'}]}",
        "{'output':{'images':['FIRST']}}",
        "{'image_urls':['data:image/png;base64,FIRST']}",
        "{'result':{'image':'FIRST'}}",
        "{'result':'FIRST'}",
        "['FIRST','OTHER']",
        "[{'b64_json':'FIRST'}]",
        "{'b64_json':'FIRST'}",
        "{'id':'7','status':'processing','data':[{'b64_json':'FIRST'}]}",
        "{'data':[{'b64_json':'FIRST'}],'content_filter':[{'role':'user','level':3}]}",
        "{'data':[{'b64_json':'FIRST','revised_prompt':'our content policy, moderation_blocked'}]}",
        "{'data':[{'content_filter_results':{'hate':{'filtered':false}},'b64_json':'FIRST'}]}",
        "{'data':[{'b64_json':'FIRST','respect_moderation':true,'finish_reason':'stop'}]}",
        "{'data':[{'b64_json':'FIRST'}],'message':'Our content policy applies.','code':'0'}",
        "{'data':[{'b64_json':'FIRST'}],'base_resp':{'status_code':0,'status_msg':'success'}}",
        "{'data':[{'b64_json':'OTHER','respect_moderation':false},{'b64_json':'FIRST'}]}",
        "{'data':[{'error':{'code':'moderation_blocked'}},{'b64_json':'FIRST'}]}",
        "{'data':[{'finish_reason':'content_filter'},{'b64_json':'FIRST'}]}",
        "{'data':[{'b64_json':'FIRST'}",
        "event: image_generation.completed\ndata: {'b64_json':'FIRST'}\n\n",
        """
        data: {'type':'image_generation.partial_image','b64_json':'OTHER'}

        data: {'type':'image_generation.completed','b64_json':'FIRST'}

        data: [DONE]

        """,
        "data: {'type':'image_edit.completed','url':'data:image/png;base64,FIRST'}"
      })
  void picture_first_counts(String body) throws IOException {
    switch (outcome(200, null, body)) {
      case Picture(var image, _) -> {
        try (image;
            var bytes = image.open()) {
          assertThat(bytes.readAllBytes()).isEqualTo(first);
        }
      }
      case Judged judged -> throw new AssertionError(judged);
    }
  }

  /** The kind, and an answer without a picture; or with one that does not count. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvFileSource(resources = "silences.csv", delimiter = '|', quoteCharacter = '^')
  void answer_withoutAPicture_isJudged(String kind, String body) throws IOException {
    assertThat(kind(outcome(200, null, body.replace("\\n", "\n")))).isEqualTo(kind);
  }

  @Test
  void answer_empty_promisesNothingButByItsStatus() throws IOException {
    assertThat(kind(outcome(200, null, ""))).isEqualTo("no picture");
    assertThat(kind(outcome(202, null, ""))).isEqualTo("answers with a task");
    assertThat(kind(outcome(202, null, "{}"))).isEqualTo("answers with a task");
  }

  @Test
  void answer_ofATypeThatIsNoPicture_saysWhich() throws IOException {
    assertThat(kind(outcome(200, "image/svg+xml; charset=utf-8", "<svg/>")))
        .isEqualTo("not a picture: image/svg+xml");
    assertThat(kind(outcome(200, "text/html", "<html>"))).isEqualTo("not JSON");
  }

  private static String kind(Outcome outcome) {
    return switch (outcome) {
      case Picture picture -> throw new AssertionError(picture);
      case Judged(Refused(var certain, _), _) -> certain ? "refused" : "refused?";
      case Judged(Declined declined, _) -> declined.kind();
      case Judged judged -> throw new AssertionError(judged);
    };
  }

  private Outcome outcome(int status, @Nullable String type, String body) throws IOException {
    var text =
        body.replace('\'', '"')
            .replace("FIRST", Base64.getEncoder().encodeToString(first))
            .replace("OTHER", Base64.getEncoder().encodeToString(other));
    var response = new BasicClassicHttpResponse(status);
    response.setEntity(
        new ByteArrayEntity(text.getBytes(UTF_8), type == null ? null : ContentType.parse(type)));
    var conversation =
        new Conversation(
            exchange, new ListedPictures(), URI.create("http://127.0.0.1:1/v1/"), Map.of());
    try (var answer = Answer.read(response, exchange, () -> {})) {
      return conversation.understood(
          answer,
          Sent.of("a cat", Map.of()),
          Deadline.in(Duration.ofSeconds(9), Ticker.systemTicker()));
    }
  }
}
