package dev.nectar.backend.protocol;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.nectar.backend.BackendReply.Busy;
import dev.nectar.backend.BackendReply.Declined;
import dev.nectar.backend.BackendReply.Evidence;
import dev.nectar.backend.BackendReply.Failed;
import dev.nectar.backend.BackendReply.Painted;
import dev.nectar.backend.BackendReply.Refused;
import dev.nectar.backend.BackendReply.Unfit;
import dev.nectar.backend.PaintRequest;
import dev.nectar.backend.PollinationsSettings;
import dev.nectar.backend.protocol.Pollinations.Placeholders;
import dev.nectar.http.Deadline;
import dev.nectar.http.HttpCalls;
import dev.nectar.http.RemoteFiles;
import dev.nectar.image.ImageExtras;
import dev.nectar.image.ImageSize;
import dev.nectar.image.SampleImages;
import dev.nectar.image.Sha256;
import dev.nectar.image.staging.InputImages;
import dev.nectar.image.staging.StagingArea;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PollinationsTest {

  private static final byte[] PNG = SampleImages.png(80, 1);

  /** Of two other pictures. */
  private static final String MD5 = md5(SampleImages.png(64, 2));

  private static final String SHA256 =
      HexFormat.of().formatHex(Sha256.newDigest().digest(SampleImages.png(64, 3)));

  @RegisterExtension
  static final WireMockExtension SERVICE =
      WireMockExtension.newInstance().options(options().dynamicPort()).build();

  @TempDir Path directory;

  private final HttpCalls http = new HttpCalls(4);
  private final RemoteFiles files = new RemoteFiles(4);
  private final List<Duration> pauses = new ArrayList<>();

  @AfterEach
  void close() {
    http.close();
    files.close();
  }

  @Test
  void paint_appendsThePromptAsOneSegment() throws Exception {
    SERVICE.stubFor(any(anyUrl()).willReturn(image()));
    var request = new PaintRequest("a/b? 50% ü", new ImageSize(640, 480), "theirs", 7);
    try (var image = ((Painted) service("token").paint(request, soon())).image()) {
      assertThat(image.size()).isEqualTo(PNG.length);
    }
    SERVICE.verify(
        getRequestedFor(
                WireMock.urlEqualTo(
                    "/p/a%2Fb%3F%2050%25%20%C3%BC?width=640&height=480&seed=7&model=flux"))
            .withHeader("Authorization", equalTo("Bearer token")));
  }

  @Test
  void paint_withoutToken_sendsNone() throws Exception {
    SERVICE.stubFor(any(anyUrl()).willReturn(image()));
    try (var image = ((Painted) service(null).paint(plain(), soon())).image()) {
      assertThat(image.format().extension()).isEqualTo("png");
    }
    SERVICE.verify(
        getRequestedFor(WireMock.urlEqualTo("/p/apple?seed=42&model=flux"))
            .withoutHeader("Authorization"));
  }

  @Test
  void inputs_byUrl_arePassedOn() throws Exception {
    SERVICE.stubFor(any(anyUrl()).willReturn(image()));
    var inputs = inputs(List.of(URI.create("https://a/b,c.png?d=1&e"), URI.create("https://f/g")));
    try (inputs;
        var painted = (Painted) service(null).paint(from(inputs), soon())) {
      assertThat(painted.image().size()).isEqualTo(PNG.length);
    }
    SERVICE.verify(
        getRequestedFor(
            WireMock.urlEqualTo(
                "/p/apple?seed=42&model=flux&image="
                    + "https%3A%2F%2Fa%2Fb%252Cc.png%3Fd%3D1%26e,https%3A%2F%2Ff%2Fg")));
  }

  @Test
  void inputs_withoutUrls_areDeclinedWithoutACall() throws Exception {
    try (var inputs = inputs(List.of())) {
      assertThat(service(null).paint(from(inputs), soon()))
          .isEqualTo(new Unfit(Unfit.Lack.INPUTS, Evidence.NONE));
    }
    SERVICE.verify(0, anyRequestedFor(anyUrl()));
  }

  private InputImages inputs(List<URI> urls) throws IOException {
    var area = new StagingArea(directory, 1_000_000);
    return new InputImages(List.of(area.stage(new ByteArrayInputStream(PNG))), null, urls);
  }

  private static PaintRequest from(InputImages inputs) {
    return new PaintRequest("apple", null, null, 42, ImageExtras.NONE, inputs);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>busy</html>", "{\"error\":\"busy\"}", ""})
  void paint_okButNoImage_isAFailureWhateverItsType(String body) {
    SERVICE.stubFor(
        any(anyUrl())
            .willReturn(aResponse().withHeader("Content-Type", "image/jpeg").withBody(body)));
    assertThat(service(null).paint(plain(), soon())).isInstanceOf(Failed.class);
  }

  @Test
  void paint_refusal_isARefusal() {
    SERVICE.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse()
                    .withStatus(422)
                    .withBody("{\"error\":{\"type\":\"safety_error\",\"message\":\"blocked\"}}")));
    assertThat(service(null).paint(plain(), soon()))
        .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.certain()).isTrue());
  }

  @Test
  void paint_tooManyRequests_comesBackWhenTold() throws Exception {
    SERVICE.stubFor(
        any(anyUrl())
            .inScenario("busy")
            .whenScenarioStateIs(Scenario.STARTED)
            .willSetStateTo("free")
            .willReturn(aResponse().withStatus(429).withHeader("Retry-After", "3")));
    SERVICE.stubFor(
        any(anyUrl()).inScenario("busy").whenScenarioStateIs("free").willReturn(image()));
    try (var image = ((Painted) service(null).paint(plain(), soon())).image()) {
      assertThat(image.size()).isEqualTo(PNG.length);
    }
    assertThat(pauses).containsExactly(Duration.ofSeconds(3));
  }

  @Test
  void paint_toldToComeBackAfterTheDeadline_givesUpAtOnce() {
    SERVICE.stubFor(
        any(anyUrl()).willReturn(aResponse().withStatus(429).withHeader("Retry-After", "3600")));
    assertThat(service(null).paint(plain(), soon()))
        .isInstanceOfSatisfying(
            Busy.class, busy -> assertThat(busy.retryAfter()).isEqualTo(Duration.ofHours(1)));
    assertThat(pauses).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"402, Queue full for this IP", "429, you are in the QUEUE"})
  void paint_queueing_comesBackLaterAndLater(int status, String words) throws Exception {
    var busy = aResponse().withStatus(status).withBody("{\"error\":\"" + words + "\"}");
    answerInTurn(busy, busy, image());
    try (var image = ((Painted) service(null).paint(plain(), soon())).image()) {
      assertThat(image.size()).isEqualTo(PNG.length);
    }
    assertThat(pauses).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4));
  }

  @Test
  void paint_queueingForTooLong_givesUpInTime() {
    SERVICE.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(402).withBody("queue full")));
    Ticker ticker = () -> pauses.stream().reduce(Duration.ZERO, Duration::plus).toNanos();

    assertThat(service(null).paint(plain(), Deadline.in(Duration.ofMinutes(2), ticker)))
        .isInstanceOfSatisfying(
            Declined.class, declined -> assertThat(declined.evidence().status()).isEqualTo(402));
    assertThat(pauses).extracting(Duration::toSeconds).containsExactly(2L, 4L, 8L, 16L, 30L, 30L);
  }

  @Test
  void paint_outOfCredit_isNotTriedAgain() {
    SERVICE.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(402).withBody("pay first")));
    assertThat(service(null).paint(plain(), soon())).isInstanceOf(Declined.class);
    assertThat(pauses).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void paint_placeholder_isAFailureAndLeavesNothing(int picture) throws Exception {
    SERVICE.stubFor(any(anyUrl()).willReturn(aResponse().withBody(SampleImages.png(64, picture))));
    assertThat(service(null).paint(plain(), soon())).isEqualTo(new Failed("placeholder picture"));
    try (var left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
  }

  private static void answerInTurn(ResponseDefinitionBuilder... answers) {
    var state = Scenario.STARTED;
    for (var turn = 0; turn < answers.length; turn++) {
      var next = "turn " + turn;
      SERVICE.stubFor(
          any(anyUrl())
              .inScenario("turns")
              .whenScenarioStateIs(state)
              .willSetStateTo(next)
              .willReturn(answers[turn]));
      state = next;
    }
  }

  private static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private Pollinations service(@Nullable String token) {
    var settings =
        new PollinationsSettings(true, token, URI.create(SERVICE.baseUrl() + "/p/"), "flux");
    var staging = new StagingArea(directory, 1_000_000);
    return new Pollinations(
        settings,
        new Exchange(http, files, _ -> false, staging, Clock.systemUTC(), pauses::add),
        new Placeholders(Set.of(MD5, SHA256)));
  }

  private static PaintRequest plain() {
    return new PaintRequest("apple", null, null, 42);
  }

  private static ResponseDefinitionBuilder image() {
    return aResponse().withHeader("Content-Type", "text/plain").withBody(PNG);
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(20), Ticker.systemTicker());
  }
}
