package dev.nectar.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nectar.backend.Usage;
import dev.nectar.generation.GenerationResult;
import dev.nectar.generation.ImageAnswer;
import dev.nectar.image.ImageFormat;
import dev.nectar.image.ImageSize;
import dev.nectar.web.ImageAnswers;
import dev.nectar.web.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.ErrorResponseException;
import tools.jackson.databind.json.JsonMapper;

class ImagesStreamTest {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(20);

  private static final String EVENT =
      """
      event: image_generation.completed
      data: {"type":"image_generation.completed","created_at":1800000000,"size":"%s",\
      "quality":"high","background":"auto","output_format":"png","usage":{%s},"b64_json":"AQID"}

      """;
  private static final String NOTHING_KNOWN =
      "\"input_tokens\":0,\"input_tokens_details\":{\"image_tokens\":0,\"text_tokens\":0},"
          + "\"output_tokens\":0,\"total_tokens\":0";

  private final MockHttpServletResponse response = new MockHttpServletResponse();
  private final AtomicInteger closed = new AtomicInteger();
  private final CompletableFuture<ImageAnswers.Each> first = new CompletableFuture<>();
  private final CompletableFuture<ImageAnswers.Each> second = new CompletableFuture<>();
  private boolean isHere = true;

  private ImagesStream stream() {
    return new ImagesStream(
        ImagesOrder.of(
            Map.of("prompt", "an apple", "quality", "high"), Optional.empty(), new Random(1)),
        List.of(first, second),
        () -> isHere,
        response,
        InstantSource.fixed(Instant.ofEpochSecond(1_800_000_000)));
  }

  private ImageAnswers.Each each() {
    return new ImageAnswers.Each(
        new ImageAnswer(
            new GenerationResult.TimedOut(), ImageAnswer.CacheUse.MISS, closed::incrementAndGet),
        null);
  }

  private static OpenAiPicture picture(@Nullable ImageSize pixels, @Nullable Usage usage) {
    var bytes = new ByteArrayInputStream(new byte[] {1, 2, 3});
    return new OpenAiPicture(null, bytes, ImageFormat.PNG, pixels, "an apple", usage);
  }

  private String sent() {
    try {
      return response.getContentAsString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void pictures_areEventsEach() throws Exception {
    first.complete(each());
    second.complete(each());
    try (var stream = stream()) {
      assertThat(stream.write(LONG, _ -> picture(null, null))).isTrue();
    }

    assertThat(response.getContentType()).startsWith("text/event-stream");
    assertThat(sent()).isEqualTo(EVENT.formatted("auto", NOTHING_KNOWN).repeat(2));
    assertThat(closed).hasValue(2);
  }

  @Test
  void facts_thatAreKnown_areTold() throws Exception {
    first.complete(each());
    second.complete(each());
    var usage =
        Usage.of(
                JsonMapper.shared()
                    .readTree("{\"total_tokens\":7,\"input_tokens_details\":{\"text_tokens\":3}}"))
            .orElseThrow();
    try (var stream = stream()) {
      stream.write(LONG, _ -> picture(new ImageSize(1024, 1536), usage));
    }

    assertThat(sent())
        .startsWith(
            EVENT.formatted(
                "1024x1536",
                "\"input_tokens\":0,\"input_tokens_details\":{\"image_tokens\":0,\"text_tokens\":3},"
                    + "\"output_tokens\":0,\"total_tokens\":7"));
  }

  @Test
  void failure_ofAll_isThrown() {
    first.complete(each());
    second.complete(each());
    try (var stream = stream()) {
      assertThatThrownBy(() ->
              stream.write(
                  LONG,
                  _ -> {
                    throw Problem.GENERATION_FAILED.because("All failed.");
                  }))
          .isInstanceOf(ErrorResponseException.class);
    }

    assertThat(response.isCommitted()).isFalse();
    assertThat(closed).hasValue(2);
  }

  @Test
  void failure_later_isAnEvent() throws Exception {
    second.complete(each());
    var opened = new AtomicInteger();
    try (var stream = stream()) {
      var isTold =
          stream.write(
              LONG,
              _ -> {
                if (opened.getAndIncrement() > 0) {
                  throw Problem.GENERATION_FAILED.because("All failed.");
                }
                first.complete(each());
                return picture(null, null);
              });
      assertThat(isTold).isTrue();
    }

    assertThat(sent())
        .isEqualTo(
            EVENT.formatted("auto", NOTHING_KNOWN)
                + "data: {\"error\":{\"message\":\"All failed.\",\"type\":\"server_error\","
                + "\"param\":null,\"code\":\"server_error\"}}\n\n");
  }

  @Test
  void failure_first_waitsForThePictureThatIsStillToCome() throws Exception {
    second.complete(each());
    var opened = new AtomicInteger();
    try (var stream = stream()) {
      stream.write(
          LONG,
          _ -> {
            first.complete(each());
            if (opened.getAndIncrement() == 0) {
              throw Problem.GENERATION_FAILED.because("One failed.");
            }
            return picture(null, null);
          });
    }

    assertThat(sent())
        .startsWith(EVENT.formatted("auto", NOTHING_KNOWN))
        .contains("One failed.")
        .endsWith("}\n\n");
  }

  @Test
  void fault_later_isAnEvent() throws Exception {
    second.complete(each());
    try (var stream = stream()) {
      stream.write(
          LONG,
          _ -> {
            first.completeExceptionally(new IllegalStateException("a surprise"));
            return picture(null, null);
          });
    }

    assertThat(sent()).contains("\"type\":\"server_error\"").doesNotContain("a surprise");
  }

  @Test
  void silence_isFilledWithComments() throws Exception {
    var writing =
        Thread.ofVirtual()
            .start(() -> {
              try (var stream = stream()) {
                stream.write(SHORT, _ -> picture(null, null));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    await().until(() -> sent().startsWith(":\n\n:\n\n"));
    first.complete(each());
    second.complete(each());
    writing.join();

    assertThat(sent()).endsWith(EVENT.formatted("auto", NOTHING_KNOWN).repeat(2));
  }

  @Test
  void client_thatIsGone_isToldNothing() throws Exception {
    isHere = false;
    first.complete(each());
    try (var stream = stream()) {
      assertThat(stream.write(LONG, _ -> picture(null, null))).isFalse();
    }

    assertThat(sent()).isEmpty();
    assertThat(closed).hasValue(1);
  }
}
