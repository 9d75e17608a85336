package dev.nectar.backend.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.nectar.backend.BackendReply;
import dev.nectar.backend.BackendReply.Busy;
import dev.nectar.backend.BackendReply.Declined;
import dev.nectar.backend.BackendReply.Failed;
import dev.nectar.backend.BackendReply.LockedOut;
import dev.nectar.backend.BackendReply.Painted;
import dev.nectar.backend.BackendReply.Refused;
import dev.nectar.backend.BackendReply.TooLong;
import dev.nectar.backend.BackendReply.Unclear;
import dev.nectar.backend.BackendReply.Unfit;
import dev.nectar.backend.PaintRequest;
import dev.nectar.backend.Protocol;
import dev.nectar.image.ImageExtras;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What back ends answer in the field, and what is made of it: {@code answers.json}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FieldAnswersTest {

  private static final String TOKEN = "sk-field-0123456789";
  private static final String PROMPT = "a lighthouse at dusk";

  private final Path directory;
  private final Bench bench;

  FieldAnswersTest(@TempDir Path directory) {
    this.directory = directory;
    this.bench = new Bench(directory, FieldServer.MAX_IMAGE_BYTES);
  }

  @AfterAll
  void stop() {
    bench.close();
  }

  static Stream<Arguments> rows() throws IOException {
    try (var file = FieldAnswersTest.class.getResourceAsStream("answers.json")) {
      var rows = JsonMapper.shared().readTree(Objects.requireNonNull(file));
      return Stream.of(rows.get("verdicts"), rows.get("answers"))
          .flatMap(table -> table.values().stream())
          .map(row ->
              argumentSet(
                  row.get("protocol").stringValue() + ": " + row.get("name").stringValue(), row));
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void answer_comesToItsVerdict(JsonNode row) throws IOException {
    var expected = row.get("expect");
    try (var server = new FieldServer(row, TOKEN)) {
      var reply = ask(row, server);

      assertThat(verdict(reply)).as("%s", reply).isEqualTo(expected.get("verdict").stringValue());
      if (reply instanceof Declined declined) {
        assertSays(declined, expected);
      }
      if (reply instanceof Painted(var image, _, _)) {
        try (image;
            var bytes = image.open()) {
          assertThat(bytes.readAllBytes()).satisfies(server::assertServed);
        }
      }
      if (expected.has("get")) {
        assertThat(server.fetched())
            .contains("GET " + server.filled(expected.get("get").stringValue()));
      }
      if (expected.has("gets")) {
        assertThat(server.fetched()).hasSize(expected.get("gets").intValue());
      }
      assertThat(directory).isEmptyDirectory();
    }
  }

  private BackendReply ask(JsonNode row, FieldServer server) {
    var sent = row.path("sent");
    var negative = sent.path("negative_prompt").asString("");
    var request =
        new PaintRequest(
            sent.path("prompt").asString(PROMPT),
            null,
            sent.has("model") ? sent.get("model").stringValue() : null,
            7,
            negative.isEmpty()
                ? ImageExtras.NONE
                : ImageExtras.ofTexts(Map.of("negative_prompt", negative)));
    server.knowsPrompt(request.prompt());
    var protocol = Protocol.valueOf(row.get("protocol").stringValue().toUpperCase(Locale.ROOT));
    var model =
        switch (protocol) {
          case CHAT, GEMINI -> "painter-1";
          case IMAGES, A1111 -> null;
        };
    return bench
        .speaking(protocol, server.url(), TOKEN, model)
        .paint(request, bench.within(Duration.ofSeconds(20)));
  }

  private static void assertSays(Declined declined, JsonNode expected) {
    if (expected.has("kind")) {
      assertThat(declined.kind()).isEqualTo(expected.get("kind").stringValue());
    }
    if (expected.has("log")) {
      assertThat(declined.kind() + " " + declined.evidence())
          .containsPattern(expected.get("log").stringValue());
    }
  }

  private static String verdict(BackendReply reply) {
    return switch (reply) {
      case Painted _ -> "painted";
      case Refused(var certain, _) -> certain ? "refused, certain" : "refused, uncertain";
      case Unfit _ -> "unfit";
      case TooLong _ -> "too long";
      case Unclear _ -> "unclear";
      case LockedOut _ -> "locked out";
      case Busy _ -> "busy";
      case Failed _ -> "failed";
    };
  }
}
