package dev.nectar.server;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.nectar.image.SampleImages;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whoever asks for an event stream watches the generation. */
@Tag("slow")
class ProgressTest {

  private static final String EVENTS = "text/event-stream";

  private final byte[] png = SampleImages.png(3_000, 1);
  private final PatientBackend backend;
  private final NectarServer nectar;

  ProgressTest(@TempDir Path cache) throws IOException {
    backend = PatientBackend.start(png);
    nectar = NectarServer.start(cache, backend.url());
  }

  @AfterEach
  void stop() {
    backend.close();
    nectar.close();
  }

  private record Event(String name, JsonNode data) {}

  /** Events as they arrive. */
  private final class Watcher implements AutoCloseable {

    private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), nectar.port());
    private final BufferedReader lines =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));

    Watcher(String target) throws IOException {
      var head =
          "GET %s HTTP/1.0\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
              .formatted(target);
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(head.getBytes(UTF_8));
      assertThat(lines.readLine()).contains(" 200");
      assertThat(lines.lines().takeWhile(line -> !line.isEmpty()))
          .anyMatch(line -> line.startsWith("Content-Type: text/event-stream"))
          .anyMatch(line -> line.equals("Cache-Control: no-store"));
    }

    Event next() throws IOException {
      var name = Objects.requireNonNull(lines.readLine()).substring("event: ".length());
      var data = Objects.requireNonNull(lines.readLine()).substring("data: ".length());
      assertThat(lines.readLine()).isEmpty();
      return new Event(name, JsonMapper.shared().readTree(data));
    }

    List<Event> rest() throws IOException {
      var events = new ArrayList<Event>();
      do {
        events.add(next());
      } while (!List.of("done", "failed").contains(events.getLast().name()));
      assertThat(lines.readLine()).isNull();
      return events;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private List<Event> watch(String target) throws IOException {
    try (var watcher = new Watcher(target)) {
      return watcher.rest();
    }
  }

  @Test
  void generation_isToldStepByStepUntilItsImageCanBeFetched() throws Exception {
    backend.release(1);
    var events = watch(NectarServer.target("a lake / 湖 #1?") + "&width=64&seed=-1");

    assertThat(events)
        .extracting(Event::name)
        .containsExactly("queued", "generating", "storing", "done");
    assertThat(events.get(1).data().get("attempt").asInt()).isEqualTo(1);
    assertThat(events.get(1).data().get("of").asInt()).isEqualTo(1);
    var done = events.getLast().data();
    assertThat(done.get("source").asString()).isEqualTo("backend");
    assertThat(done.get("cache").asString()).isEqualTo("MISS");
    assertThat(done.get("milliseconds").asInt()).isNotNegative();
    assertThat(done.get("size").asString()).isEqualTo("640x480");
    var url = done.get("url").asString();
    assertThat(url).doesNotContain(NectarServer.KEY).contains("seed=" + done.get("seed").asInt());
    var link = URI.create(url);
    var image = nectar.get(link.getRawPath() + "?" + link.getRawQuery());
    assertThat(NectarServer.header(image, "X-Cache")).isEqualTo("HIT");
    assertThat(image.body()).isEqualTo(png);
  }

  @Test
  void hit_isDoneAtOnce() throws Exception {
    backend.release(1);
    nectar.image("known");
    var events = watch(NectarServer.target("known"));

    assertThat(events).extracting(Event::name).containsExactly("done");
    assertThat(events.getFirst().data().get("cache").asString()).isEqualTo("HIT");
  }

  @Test
  void image_fetchedByTheTagItWasToldWith_isCountedOnce() throws Exception {
    backend.release(1);
    var done = watch(NectarServer.target("told")).getLast().data();
    var tag = done.get("etag").asString();

    var image = nectar.get(NectarServer.target("told"), "If-Match", tag);

    assertThat(image.statusCode()).isEqualTo(200);
    assertThat(image.body()).isEqualTo(png);
    assertThat(NectarServer.header(image, "ETag")).isEqualTo(tag);
    var cache = NectarServer.json(nectar.get("/status")).get("cache");
    assertThat(cache.get("misses").asInt()).isEqualTo(1);
    assertThat(cache.get("hits").asInt()).isZero();
    var history = NectarServer.json(nectar.get("/status/history"));
    assertThat(history.get("saved").get("images").asInt()).isZero();
    assertThat(history.get("minutes").valueStream().mapToInt(m -> m.get("generating").asInt()))
        .contains(1);
  }

  @Test
  void image_fetchedByAnotherTag_isNeitherSentNorMade() throws Exception {
    backend.release(1);
    nectar.image("another");

    var tag = NectarServer.header(nectar.get(NectarServer.target("another")), "ETag");
    for (var wrong : List.of("\"0123\"", "W/" + tag, tag.substring(1), "")) {
      var answer = nectar.get(NectarServer.target("another"), "If-Match", wrong);
      assertThat(answer.statusCode()).as(wrong).isEqualTo(412);
    }
    for (var right : List.of("\"0123\", " + tag, "*")) {
      var answer = nectar.get(NectarServer.target("another"), "If-Match", right);
      assertThat(answer.statusCode()).as(right).isEqualTo(200);
    }
    assertThat(nectar.get(NectarServer.target("nobody's"), "If-Match", "*").statusCode())
        .isEqualTo(412);
    assertThat(NectarServer.json(nectar.get("/status")).get("cache").get("misses").asInt())
        .isEqualTo(1);
  }

  @Test
  void failure_isToldAsItsProblem() throws Exception {
    backend.answersWith(500);
    backend.release(1);
    var events = watch(NectarServer.target("unlucky"));

    assertThat(events).extracting(Event::name).containsExactly("queued", "generating", "failed");
    var problem = events.getLast().data();
    assertThat(problem.get("status").asInt()).isEqualTo(502);
    assertThat(problem.get("title").asString()).isNotEmpty();
    assertThat(problem.get("requestId").asString()).isNotEmpty();
  }

  @Test
  void watcher_whoComesLate_joinsTheFlightAndHearsItsLatestStep() throws Exception {
    try (var first = new Watcher(NectarServer.target("shared"))) {
      assertThat(first.next().name()).isEqualTo("queued");
      assertThat(first.next().name()).isEqualTo("generating");
      try (var late = new Watcher(NectarServer.target("shared"))) {
        assertThat(late.next().name()).isEqualTo("generating");
        backend.release(1);

        assertThat(late.rest()).extracting(Event::name).containsExactly("storing", "done");
      }
      assertThat(first.rest().getLast().data().get("cache").asString()).isEqualTo("MISS");
    }
    assertThat(backend.calls()).isEqualTo(1);
  }

  @Test
  void watcher_whoGoesAway_endsNothing() throws Exception {
    try (var watcher = new Watcher(NectarServer.target("gone"))) {
      watcher.next();
    }
    await().until(() -> backend.calls() == 1);
    backend.release(1);

    assertThat(nectar.image("gone").body()).isEqualTo(png);
    assertThat(backend.calls()).isEqualTo(1);
  }

  @Test
  void image_thatCouldNotBeKept_goesAlong(@TempDir Path directory) throws Exception {
    var noDirectory = Files.writeString(directory.resolve("file"), "in the way");
    try (var poor = NectarServer.start(noDirectory, backend.url())) {
      backend.release(1);
      var answer = NectarServer.text(poor.get(NectarServer.target("homeless"), "Accept", EVENTS));

      assertThat(answer)
          .contains("event: done")
          .contains("\"data:image/png;base64," + Base64.getEncoder().encodeToString(png) + "\"}");
    }
  }

  @Test
  void stages_ofAPromptThatAllRefuse_areEachTold(@TempDir Path directory) throws Exception {
    try (var painter = Painter.start();
        var llm = Painter.start()) {
      painter.fails(400, "{\"error\":{\"code\":\"moderation_blocked\"}}");
      painter.server().stubFor(get(anyUrl()).willReturn(aResponse().withBody(png)));
      llm.answers(says("a calm scene"));
      llm.server()
          .stubFor(
              post(anyUrl())
                  .withRequestBody(containing("a calm scene"))
                  .willReturn(says("a calmer scene")));
      var settings =
          Map.of(
              "POLLINATIONS_ENABLED",
              "true",
              "POLLINATIONS_URL",
              painter.url() + "/prompt",
              "LLM_OPTIMIZATION_ENABLED",
              "true",
              "LLM_OPTIMIZATION_API_URL",
              llm.url(),
              "LLM_OPTIMIZATION_TOKEN",
              "a-token",
              "DE_NSFW_ENABLED",
              "true",
              "DE_NSFW_MAX_ATTEMPTS",
              "1");
      try (var server = NectarServer.start(directory, painter.url(), settings)) {
        assertThat(steps(server))
            .containsExactly(
                "queued",
                "optimizing",
                "generating 1 of 1",
                "refused",
                "rewriting",
                "generating 1 of 1",
                "refused",
                "fallback",
                "storing",
                "done");
      }
    }
  }

  @Test
  void attempts_atOtherBackEnds_areCounted(@TempDir Path directory) throws Exception {
    backend.answersWith(500);
    backend.release(3);
    var three = backend.url() + "/a," + backend.url() + "/b," + backend.url() + "/c";
    try (var server = NectarServer.start(directory, three)) {
      assertThat(steps(server))
          .containsExactly(
              "queued", "generating 1 of 3", "generating 2 of 3", "generating 3 of 3", "failed");
    }
  }

  private static ResponseDefinitionBuilder says(String prompt) {
    return okJson(
        "{\"choices\":[{\"message\":{\"content\":\"<prompt>" + prompt + "</prompt>\"}}]}");
  }

  /** The events of a generation, with the attempt where one is told. */
  private static List<String> steps(NectarServer server) throws Exception {
    var events =
        NectarServer.text(server.get(NectarServer.target("a wild scene"), "Accept", EVENTS));
    return Pattern.compile("event: (.*)\ndata: (.*)\n")
        .matcher(events)
        .results()
        .map(event -> {
          var data = JsonMapper.shared().readTree(event.group(2));
          return data.has("attempt")
              ? "%s %s of %s".formatted(event.group(1), data.get("attempt"), data.get("of"))
              : event.group(1);
        })
        .toList();
  }

  @Test
  void faults_ofTheRequest_areNoStream() throws Exception {
    assertThat(nectar.get("/prompt/x", "Accept", EVENTS).statusCode()).isEqualTo(401);
    assertThat(nectar.get(NectarServer.target("x") + "&width=1", "Accept", EVENTS).statusCode())
        .isEqualTo(400);
  }
}
