package dev.nectar.backend.protocol;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static dev.nectar.backend.protocol.Bench.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.backend.BackendReply.Busy;
import dev.nectar.backend.BackendReply.Declined;
import dev.nectar.backend.BackendReply.Failed;
import dev.nectar.backend.BackendReply.LockedOut;
import dev.nectar.backend.BackendReply.Painted;
import dev.nectar.backend.BackendReply.Refused;
import dev.nectar.backend.BackendReply.TooLong;
import dev.nectar.backend.BackendReply.Unclear;
import dev.nectar.backend.BackendReply.Unfit;
import dev.nectar.backend.Negotiation.LeftOut;
import dev.nectar.backend.PaintRequest;
import dev.nectar.image.ImageExtras;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every protocol is held to. */
abstract class ImageBackendContract extends BoundsContract {

  private static final String UNKNOWN_SEED =
      "{\"error\":{\"message\":\"Unknown parameter: 'seed'.\",\"param\":\"seed\",\"code\":\"unknown_parameter\"}}";

  @Test
  void question_hasEverythingInItsPlace() throws Exception {
    paints();

    try (var bench = bench()) {
      assertThat(bytes(bench.ask(backend(bench), request(LANDSCAPE)))).isEqualTo(png);
    }

    assertThat(painter.calls())
        .singleElement()
        .satisfies(call -> {
          assertThat(call.getMethod().value()).isEqualTo("POST");
          assertThat(call.getUrl()).isEqualTo(path());
          assertThat(call.getHeader(credentials().getKey())).isEqualTo(credentials().getValue());
        });
    assertThat(prompt(painter.lastBody())).isEqualTo(PROMPT);
    assertThat(shape(painter.lastBody())).isEqualTo(shapes().getFirst());
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void picture_inline_isPaintedByTheModelThatWasSent() throws Exception {
    paints();

    var reply = ask();

    assertThat(reply)
        .isInstanceOfSatisfying(
            Painted.class, painted -> assertThat(painted.model()).isEqualTo(MODEL));
    assertThat(bytes(reply)).isEqualTo(png);
  }

  @Test
  void picture_asALink_isFetched() throws Exception {
    painter.answers(aResponse().withBody(linking(painter.url() + "/files/picture.png")));
    servesFile("/files/picture.png", png);

    assertThat(bytes(ask())).isEqualTo(png);
  }

  @Test
  void picture_asTheAnswerItself_isPainted() throws Exception {
    painter.answers(aResponse().withHeader("Content-Type", "image/png").withBody(png));

    assertThat(bytes(ask())).isEqualTo(png);
  }

  @Test
  void refusal_inItsOwnWay_isCertain() {
    painter.fails(refusal().getKey(), refusal().getValue());

    assertThat(ask())
        .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.certain()).isTrue());
  }

  @Test
  void silence_isTakenForARefusalWhereThereIsOne() {
    painter.answers(aResponse().withBody(silence() == null ? "{}" : silence()));

    if (silence() == null) {
      assertThat(ask()).isInstanceOf(Failed.class);
    } else {
      assertThat(ask())
          .isInstanceOfSatisfying(
              Refused.class, refused -> assertThat(refused.certain()).isFalse());
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '^',
      delimiter = '|',
      value = {
        "451 | {}                                                     | content refused",
        "400 | {\"error\":{\"code\":\"content_policy_violation\"}}    | content refused",
        "403 | {\"error\":{\"message\":\"blocked by the safety filter\"}} | content refused",
        "404 | {\"error\":{\"code\":\"model_not_found\"}}             | model not known",
        "404 | {}                                                     | model not known",
        "400 | {\"error\":{\"code\":\"string_above_max_length\"}}     | prompt too long",
        "413 | {}                                                     | unclear answer",
        "400 | {\"error\":{\"param\":\"prompt\"}}                     | unclear answer",
        "401 | {}                                                     | key refused",
        "400 | {\"error\":{\"status\":\"INVALID_ARGUMENT\",\"details\":[{\"reason\":\"API_KEY_INVALID\"}]}} | key refused",
        "402 | {}                                                     | out of credit",
        "429 | {\"error\":{\"code\":\"insufficient_quota\"}}          | out of credit",
        "429 | {}                                                     | busy",
        "408 | {}                                                     | status 408",
        "500 | {}                                                     | status 500",
        "503 | {}                                                     | status 503",
        "200 | {}                                                     | no picture",
        "200 | {\"task_id\":\"t\",\"status\":\"queued\"}              | answers with a task",
        "200 | <html>Sign in</html>                                   | not JSON",
      })
  void answer_ofAnyKind_comesToItsVerdict(int status, String body, String kind) {
    painter.fails(status, body);

    var reply = ask();

    assertThat(reply)
        .isInstanceOfSatisfying(
            Declined.class, declined -> assertThat(declined.kind()).isEqualTo(kind));
    assertThat(reply).isInstanceOf(verdict(kind));
  }

  private static Class<?> verdict(String kind) {
    return switch (kind) {
      case "content refused" -> Refused.class;
      case "model not known" -> Unfit.class;
      case "prompt too long" -> TooLong.class;
      case "unclear answer" -> Unclear.class;
      case "key refused", "out of credit" -> LockedOut.class;
      case "busy" -> Busy.class;
      default -> Failed.class;
    };
  }

  @Test
  void parameter_thatIsUnknown_isLeftOutFromThenOn() throws Exception {
    paints();
    refusesFirst(seedPath(), 400, UNKNOWN_SEED);
    try (var bench = bench()) {
      var negotiation = bench.negotiation();
      var backend = taught(bench, negotiation);

      assertThat(bytes(bench.ask(backend, request(null)))).isEqualTo(png);
      assertThat(painter.calls()).hasSize(2);
      assertThat(bytes(bench.ask(backend, request(null)))).isEqualTo(png);
      assertThat(painter.calls()).hasSize(3);

      assertThat(negotiation.leftOut())
          .singleElement()
          .extracting(LeftOut::model, LeftOut::parameter, LeftOut::value)
          .containsExactly(MODEL, "seed", null);
    }
  }

  @Test
  void shape_thatIsRefused_isTheNearestOfThoseTold() throws Exception {
    paints();
    refusesFirst(
        shapePath(),
        400,
        "{\"error\":{\"message\":\"Invalid value. Supported values are: '%s'.\",\"param\":\"%s\"}}"
            .formatted(shapes().getLast(), shapeName()));
    try (var bench = bench()) {
      var backend = backend(bench);

      assertThat(bytes(bench.ask(backend, request(LANDSCAPE)))).isEqualTo(png);
      assertThat(shape(painter.lastBody())).isEqualTo(shapes().getLast());
      assertThat(bytes(bench.ask(backend, request(LANDSCAPE)))).isEqualTo(png);
      assertThat(painter.calls()).hasSize(3);
    }
  }

  @Test
  void extras_withoutAPlace_areLeftOutAndTold() throws Exception {
    paints();
    var extras =
        ImageExtras.ofTexts(
            Map.of(
                "negative_prompt", "blurry",
                "guidance_scale", "7.5",
                "quality", "high",
                "background", "opaque",
                "output_format", "webp"));
    try (var bench = bench()) {
      var negotiation = bench.negotiation();
      var backend = taught(bench, negotiation);

      bytes(bench.ask(backend, new PaintRequest(PROMPT, null, null, 7, extras)));

      assertThat(painter.calls()).hasSize(1);
      assertThat(negotiation.leftOut())
          .extracting(LeftOut::parameter)
          .containsExactlyInAnyOrderElementsOf(placeless());
      for (var name : placeless()) {
        assertThat(painter.lastBody().toString()).doesNotContain(name);
      }
    }
  }

  @Test
  void model_isMappedByNameElseByTheStar() throws Exception {
    paints();
    try (var bench = bench()) {
      var backend =
          bench.speaking(
              protocol(),
              painter.url(),
              TOKEN,
              Map.of("flux", "mapped", "*", "any-other"),
              null,
              bench.negotiation(),
              List.of());
      for (var named : List.of("flux", "dall-e-3", "")) {
        var request = new PaintRequest(PROMPT, null, named.isEmpty() ? null : named, 7);
        try (var painted = (Painted) bench.ask(backend, request)) {
          assertThat(painted.model()).isEqualTo(named.equals("flux") ? "mapped" : "any-other");
        }
      }
    }
  }

  @Test
  void secrets_areNeverInAFailure() {
    painter.fails(500, "{}");
    var url = painter.url().replace("//", "//user:hidden-pass@") + "?sig=hidden-query";
    try (var bench = bench()) {
      for (var target : List.of(url, "http://user:hidden-pass@localhost:1/?sig=hidden-query")) {
        assertThat(bench.ask(bench.speaking(protocol(), target, TOKEN, MODEL), request(null)))
            .isInstanceOf(Failed.class)
            .asString()
            .doesNotContain(TOKEN, "hidden", "localhost");
      }
    }
  }
}
