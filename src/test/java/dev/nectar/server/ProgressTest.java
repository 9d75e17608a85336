package dev.nectar.server;

import static dev.nectar.server.EventWatcher.watch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.image.SampleImages;
import dev.nectar.server.EventWatcher.Event;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever asks for an event stream watches the generation. */
@Tag("slow")
class ProgressTest extends PatientCase {

  private static final String EVENTS = "text/event-stream";

  private static final byte[] PNG = SampleImages.png(3_000, 1);

  ProgressTest(@TempDir Path cache) throws IOException {
    super(cache, PNG, Map.of());
  }

  @Test
  void generation_isToldStepByStepUntilItsImageCanBeFetched() throws Exception {
    backend.release(1);
    var events = watch(nectar, NectarServer.target("a lake / 湖 #1?") + "&width=64&seed=-1");

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
    assertThat(image.body()).isEqualTo(PNG);
  }

  @Test
  void hit_isDoneAtOnce() throws Exception {
    backend.release(1);
    nectar.image("known");
    var events = watch(nectar, NectarServer.target("known"));

    assertThat(events).extracting(Event::name).containsExactly("done");
    assertThat(events.getFirst().data().get("cache").asString()).isEqualTo("HIT");
  }

  @Test
  void image_fetchedByTheTagItWasToldWith_isCountedOnce() throws Exception {
    var before = nectar.status().get("cache");
    var saved = saved();
    backend.release(1);
    var done = watch(nectar, NectarServer.target("told")).getLast().data();
    var tag = done.get("etag").asString();

    var image = nectar.get(NectarServer.target("told"), "If-Match", tag);

    assertThat(image.statusCode()).isEqualTo(200);
    assertThat(image.body()).isEqualTo(PNG);
    assertThat(NectarServer.header(image, "ETag")).isEqualTo(tag);
    var cache = nectar.status().get("cache");
    assertThat(cache.get("misses").asInt()).isEqualTo(before.get("misses").asInt() + 1);
    assertThat(cache.get("hits")).isEqualTo(before.get("hits"));
    assertThat(saved()).isEqualTo(saved);
    var history = NectarServer.json(nectar.get("/status/history"));
    assertThat(history.get("minutes").valueStream().mapToInt(m -> m.get("generating").asInt()))
        .contains(1);
  }

  private int saved() throws Exception {
    return NectarServer.json(nectar.get("/status/history")).at("/saved/images").asInt();
  }

  @Test
  void image_fetchedByAnotherTag_isNeitherSentNorMade() throws Exception {
    var misses = nectar.status().at("/cache/misses").asInt();
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
    assertThat(nectar.status().at("/cache/misses").asInt()).isEqualTo(misses + 1);
  }

  @Test
  void failure_isToldAsItsProblem() throws Exception {
    backend.answersWith(500);
    backend.release(1);
    var events = watch(nectar, NectarServer.target("unlucky"));

    assertThat(events).extracting(Event::name).containsExactly("queued", "generating", "failed");
    var problem = events.getLast().data();
    assertThat(problem.get("status").asInt()).isEqualTo(502);
    assertThat(problem.get("title").asString()).isNotEmpty();
    assertThat(problem.get("requestId").asString()).isNotEmpty();
  }

  @Test
  void watcher_whoComesLate_joinsTheFlightAndHearsItsLatestStep() throws Exception {
    try (var first = new EventWatcher(nectar, NectarServer.target("shared"))) {
      assertThat(first.next().name()).isEqualTo("queued");
      assertThat(first.next().name()).isEqualTo("generating");
      try (var late = new EventWatcher(nectar, NectarServer.target("shared"))) {
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
    try (var watcher = new EventWatcher(nectar, NectarServer.target("gone"))) {
      watcher.next();
    }
    await().until(() -> backend.calls() == 1);
    backend.release(1);

    assertThat(nectar.image("gone").body()).isEqualTo(PNG);
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
          .contains("\"data:image/png;base64," + Base64.getEncoder().encodeToString(PNG) + "\"}");
    }
  }

  @Test
  void faults_ofTheRequest_areNoStream() throws Exception {
    assertThat(nectar.get("/prompt/x", "Accept", EVENTS).statusCode()).isEqualTo(401);
    assertThat(nectar.get(NectarServer.target("x") + "&width=1", "Accept", EVENTS).statusCode())
        .isEqualTo(400);
  }
}
