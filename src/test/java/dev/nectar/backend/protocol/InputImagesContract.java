package dev.nectar.backend.protocol;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static dev.nectar.backend.protocol.Bench.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.nectar.backend.BackendReply.Failed;
import dev.nectar.backend.BackendReply.Unclear;
import dev.nectar.backend.BackendReply.Unfit;
import dev.nectar.backend.BackendReply.Unfit.Lack;
import dev.nectar.backend.Negotiation;
import dev.nectar.backend.Negotiation.LeftOut;
import dev.nectar.image.SampleImages;
import dev.nectar.image.staging.InputImages;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every protocol is held to when it paints from pictures. */
abstract class InputImagesContract extends ProtocolCase {

  /** Not a multiple of three, so that Base64 has to pad. */
  private static final byte[] FIRST = SampleImages.png(40_000, 11);

  private static final byte[] SECOND = SampleImages.png(12_287, 12);
  private static final byte[] MASK = SampleImages.png(3_001, 13);

  private InputImages one() throws IOException {
    return new InputImages(List.of(stage(FIRST)), null, List.of());
  }

  private InputImages masked() throws IOException {
    return new InputImages(List.of(stage(FIRST)), stage(MASK), List.of());
  }

  /** Answers so once, where it has an answer to give afterwards. */
  private void declinesOnce(int status, String body) {
    painter
        .server()
        .stubFor(
            any(anyUrl())
                .inScenario("once")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(aResponse().withStatus(status).withBody(body))
                .willSetStateTo("done"));
  }

  private LoggedRequest lastCall() {
    return painter.calls().getLast();
  }

  @Test
  void input_arrivesByteForByteWithThePrompt() throws Exception {
    paints();
    try (var bench = bench()) {
      var backend = taught(bench, bench.negotiation());

      assertThat(bytes(bench.ask(backend, from(one())))).isEqualTo(png);
    }

    assertThat(painter.calls()).hasSize(1);
    assertThat(lastCall().getUrl()).isEqualTo(inputPath());
    assertThat(inputPrompt(lastCall())).isEqualTo(PROMPT);
    assertThat(inputs(lastCall())).containsExactly(FIRST);
    // Not every server can do without it.
    assertThat(lastCall().getHeader("Content-Length")).isNotNull();
    assertThat(lastCall().getBodyAsString()).contains("seed");
  }

  @Test
  void inputs_several_arriveInTheirOrderOrDoNotFit() throws Exception {
    paints();
    var inputs = new InputImages(List.of(stage(SECOND), stage(FIRST)), null, List.of());
    try (var bench = bench()) {
      var negotiation = bench.negotiation();
      var backend = taught(bench, negotiation);

      var reply = bench.ask(backend, from(inputs));

      if (takesSeveral()) {
        assertThat(bytes(reply)).isEqualTo(png);
        assertThat(inputs(lastCall())).containsExactly(SECOND, FIRST);
      } else {
        assertThat(reply)
            .isInstanceOfSatisfying(
                Unfit.class, unfit -> assertThat(unfit.kind()).isEqualTo("input not taken"));
        assertThat(painter.calls()).isEmpty();
        assertThat(negotiation.leftOut()).isEmpty();
      }
    }
  }

  @Test
  void mask_arrivesByteForByteOrIsLeftOutAndTold() throws Exception {
    paints();
    try (var bench = bench()) {
      var negotiation = bench.negotiation();
      var backend = taught(bench, negotiation);

      assertThat(bytes(bench.ask(backend, from(masked())))).isEqualTo(png);

      assertThat(inputs(lastCall())).containsExactly(FIRST);
      assertThat(backend.takesMasks()).isEqualTo(mask(lastCall()) != null);
      if (mask(lastCall()) == null) {
        assertThat(negotiation.leftOut()).extracting(LeftOut::parameter).containsExactly("mask");
      } else {
        assertThat(mask(lastCall())).isEqualTo(MASK);
        assertThat(negotiation.leftOut()).isEmpty();
      }
    }
  }

  @Test
  void mask_thatDoesNotFitItsPicture_isNotLeftOut() throws Exception {
    paints();
    declinesOnce(400, "{\"error\":{\"param\":\"mask\",\"message\":\"Invalid mask dimensions\"}}");
    try (var bench = bench()) {
      var negotiation = bench.negotiation();
      var reply = bench.ask(taught(bench, negotiation), from(masked()));

      assertThat(reply).isInstanceOf(Unclear.class);
      assertThat(painter.calls()).hasSize(1);
    }
  }

  @Test
  void parameter_thatIsUnknownWithAnInput_isLeftOut() throws Exception {
    paints();
    declinesOnce(
        400,
        "{\"error\":{\"message\":\"Unknown parameter: 'seed'.\",\"param\":\"seed\",\"code\":\"unknown_parameter\"}}");
    try (var bench = bench()) {
      var negotiation = bench.negotiation();

      assertThat(bytes(bench.ask(taught(bench, negotiation), from(one())))).isEqualTo(png);

      assertThat(painter.calls()).hasSize(2);
      assertThat(lastCall().getBodyAsString()).doesNotContain("seed");
      assertThat(inputs(lastCall())).containsExactly(FIRST);
      assertThat(negotiation.leftOut()).extracting(LeftOut::parameter).containsExactly("seed");
    }
  }

  @Test
  void picture_madeFromAnInput_isFetchedFromItsLink() throws Exception {
    painter.answers(aResponse().withBody(linking(painter.url() + "/files/picture.png")));
    painter
        .server()
        .stubFor(any(urlEqualTo("/files/picture.png")).willReturn(aResponse().withBody(png)));
    try (var bench = bench()) {
      assertThat(bytes(bench.ask(taught(bench, bench.negotiation()), from(one())))).isEqualTo(png);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 405})
  void backend_thatDoesNotKnowInputs_isNotAskedForThemForAnHour(int status) throws Exception {
    var now = new AtomicLong();
    try (var bench = bench()) {
      var negotiation = new Negotiation(List.of(), now::get, Clock.systemUTC());
      var backend = taught(bench, negotiation);
      painter.answers(
          aResponse().withStatus(status).withBody("{\"detail\":\"No such method or path\"}"));

      var reply = bench.ask(backend, from(one()));

      // At the one path that is there for all, the model is what is not there.
      var isOwnPath = !inputPath().equals(path());
      if (isOwnPath) {
        assertThat(reply)
            .isInstanceOfSatisfying(
                Unfit.class, unfit -> assertThat(unfit.lack()).isEqualTo(Lack.INPUTS));
        assertThat(negotiation.leftOut())
            .singleElement()
            .extracting(LeftOut::model, LeftOut::parameter, LeftOut::value)
            .containsExactly(null, "image", null);
      } else {
        assertThat(reply).isNotInstanceOf(Failed.class);
        assertThat(negotiation.leftOut()).isEmpty();
      }
      paints();
      assertThat(bytes(bench.ask(backend, request(null)))).isEqualTo(png);
      assertThat(bench.ask(backend, from(one())) instanceof Unfit).isEqualTo(isOwnPath);
      assertThat(painter.calls()).hasSize(isOwnPath ? 1 : 2);
      now.set(Duration.ofHours(1).toNanos());
      assertThat(bytes(bench.ask(backend, from(one())))).isEqualTo(png);
    }
  }

  @Test
  void model_thatTakesNoInput_isUnfitAndNotRemembered() throws Exception {
    paints();
    declinesOnce(404, "{\"error\":{\"message\":\"No endpoints found that support image input\"}}");
    try (var bench = bench()) {
      var reply = bench.ask(taught(bench, bench.negotiation()), from(one()));

      assertThat(reply)
          .isInstanceOfSatisfying(
              Unfit.class, unfit -> assertThat(unfit.kind()).isEqualTo("input not taken"));
    }
  }

  @Test
  void model_thatIsUnknown_saysNothingOfInputs() throws Exception {
    paints();
    declinesOnce(404, "{\"error\":{\"code\":\"model_not_found\"}}");
    try (var bench = bench()) {
      var negotiation = bench.negotiation();
      var backend = taught(bench, negotiation);

      assertThat(bench.ask(backend, from(one())))
          .isInstanceOfSatisfying(
              Unfit.class, unfit -> assertThat(unfit.lack()).isEqualTo(Lack.MODEL));
      assertThat(negotiation.leftOut()).isEmpty();
      assertThat(bytes(bench.ask(backend, from(one())))).isEqualTo(png);
    }
  }
}
