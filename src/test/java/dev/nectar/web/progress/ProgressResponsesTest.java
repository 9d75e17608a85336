package dev.nectar.web.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.generation.Allowance;
import dev.nectar.generation.Caller;
import dev.nectar.generation.GenerationResult;
import dev.nectar.generation.ImageAnswer;
import dev.nectar.generation.Presence;
import dev.nectar.image.ImageRequest;
import dev.nectar.web.Access;
import dev.nectar.web.EventStream;
import dev.nectar.web.ProblemResponses;
import dev.nectar.web.access.LinkBase;
import dev.nectar.web.access.SignedLinks;
import dev.nectar.web.access.UrlSignatures;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class ProgressResponsesTest {

  private static final ImageRequest IMAGE = new ImageRequest("an apple", null, null, 1, false);

  @Test
  void silence_isFilledWithComments() throws Exception {
    var response = new MockHttpServletResponse();
    var left = new AtomicBoolean();
    var progress =
        new ProgressResponses(
            (image, caller) -> {
              await().until(() -> response.getContentAsString().startsWith(":\n\n:\n\n"));
              return new ImageAnswer(
                  new GenerationResult.TimedOut(), ImageAnswer.CacheUse.MISS, () -> left.set(true));
            },
            new ProblemResponses(List.of()),
            new SignedLinks(new UrlSignatures(List.of()), new LinkBase(null)),
            Ticker.systemTicker(),
            Duration.ofMillis(5));

    progress.write(
        IMAGE,
        new Caller("id", Allowance.UNLIMITED, Presence.ASSUMED),
        new Access.ByKey(),
        new MockHttpServletRequest(),
        response);

    assertThat(response.getContentAsString()).contains("event: failed\ndata: {").endsWith("}\n\n");
    await().untilTrue(left);
  }

  @Test
  void stream_isWantedByWhoNamesItAlone() {
    assertThat(isWanted("text/event-stream")).isTrue();
    assertThat(isWanted("application/json, text/event-stream;q=0.9")).isTrue();
    assertThat(isWanted("*/*")).isFalse();
    assertThat(isWanted("text/*")).isFalse();
    assertThat(isWanted("image/avif,image/webp,*/*;q=0.8")).isFalse();
    assertThat(isWanted("no media type at all")).isFalse();
  }

  private static boolean isWanted(String accept) {
    var request = new MockHttpServletRequest();
    request.addHeader("Accept", accept);
    return EventStream.isWanted(request);
  }
}
