package dev.nectar.backend.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.backend.BackendReply.Declined;
import dev.nectar.backend.Verdict.Unsupported;
import dev.nectar.backend.protocol.Conversation.Judged;
import dev.nectar.backend.protocol.Conversation.Picture;
import dev.nectar.http.Deadline;
import dev.nectar.http.HttpCalls;
import dev.nectar.http.HttpFaults;
import dev.nectar.http.RemoteFiles;
import dev.nectar.image.staging.StagingArea;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/** Any successful answer is a picture, or judged as none, in words that are not its own. */
class AnswerFuzzTest {

  private static final int MAX_BYTES = 1_000;
  private static final Sent SENT = Sent.of("a cat", Map.of("n", 1));

  private static final DnsResolver NOWHERE =
      new DnsResolver() {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
          throw new UnknownHostException(host);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
          return host;
        }
      };

  /** No directory can be made there, so that pictures are held in memory. */
  private final StagingArea staging = new StagingArea(Path.of("/dev/null/images"), MAX_BYTES);

  @FuzzTest
  void answer(byte[] body) throws IOException {
    var clock = Clock.systemUTC();
    try (var http = new HttpCalls(1, NOWHERE);
        var files = new RemoteFiles(1, NOWHERE)) {
      var exchange = new Exchange(http, files, _ -> false, staging, clock, _ -> {});
      var conversation =
          new Conversation(
              exchange, new ListedPictures(), URI.create("http://images.test/v1/"), Map.of());
      var response = new BasicClassicHttpResponse(200);
      response.setEntity(new ByteArrayEntity(body, null));
      try (var answer = Answer.read(response, exchange, () -> {})) {
        assertOutcome(
            conversation.understood(
                answer, SENT, Deadline.in(Duration.ofSeconds(5), Ticker.systemTicker())));
      } catch (IOException e) {
        assertThat(HttpFaults.describe(e))
            .isIn("not a picture", "picture cut off", "picture too large");
      }
    }
  }

  private static void assertOutcome(Conversation.Outcome outcome) throws IOException {
    switch (outcome) {
      case Picture(var image, _) -> {
        try (image;
            var bytes = image.open()) {
          assertThat(bytes.readAllBytes().length).isBetween(1, MAX_BYTES);
        }
      }
      case Judged(Declined declined, _) ->
          assertThat(declined.kind()).matches("[a-zA-Z0-9:. ]{1,40}");
      case Judged(Unsupported unsupported, _) -> throw new AssertionError(unsupported);
    }
  }
}
