package dev.nectar.server;

import static dev.nectar.server.NectarServer.header;
import static dev.nectar.server.NectarServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.cache.CacheKey;
import dev.nectar.image.ImageRequest;
import dev.nectar.image.ImageSize;
import dev.nectar.image.SampleImages;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /cache/delete}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CacheDeleteTest {

  private final Painter painter = Painter.start();
  private final NectarServer nectar;

  CacheDeleteTest(@TempDir Path cache) {
    nectar = NectarServer.start(cache, painter.url());
  }

  @BeforeAll
  void paint() {
    painter.paints(SampleImages.png(200, 1));
  }

  @AfterAll
  void stop() {
    nectar.close();
    painter.close();
  }

  @Test
  void image_cached_isDeletedOnce() throws Exception {
    var target = NectarServer.target("a b") + "&width=640&model=m&seed=7";
    assertThat(nectar.get(target).statusCode()).isEqualTo(200);
    var body = "{\"description\":\"a b\",\"width\":640,\"model\":\"m\",\"seed\":7}";
    var key = CacheKey.of(new ImageRequest("a b", new ImageSize(640, 1024), "m", 7, false));

    var deleted = nectar.delete(body);
    assertThat(deleted.statusCode()).isEqualTo(200);
    assertThat(text(deleted)).isEqualTo("Deleted: " + key);
    var again = nectar.delete(body);
    assertThat(again.statusCode()).isEqualTo(404);
    assertThat(text(again)).isEqualTo("Not Found: " + key);
    assertThat(header(nectar.get(target), "X-Cache")).isEqualTo("MISS");
  }

  @Test
  void prompt_isTakenForDescriptionAndSeed42IsTheDefault() throws Exception {
    assertThat(nectar.image("named prompt").statusCode()).isEqualTo(200);

    assertThat(nectar.delete("{\"prompt\":\"named prompt\"}").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "{", "[]", "null", "{}", "{\"description\":\"a\",\"width\":1}"})
  void body_unreadable_isProblem400(String body) throws Exception {
    var answer = nectar.delete(body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void token_wrongOrMissing_isProblem401WhateverTheBody() throws Exception {
    var wrong = nectar.send("POST", "/cache/delete", "{", "X-Admin-Token", "wrong");
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(header(wrong, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(nectar.send("POST", "/cache/delete", "{}").statusCode()).isEqualTo(401);
    assertThat(nectar.send("POST", "/cache/delete?key=" + NectarServer.KEY, "{}").statusCode())
        .isEqualTo(401);
  }

  @Test
  void token_notSet_is403ThatNamesTheVariable(@TempDir Path cache) throws Exception {
    try (var closed = NectarServer.start(cache, painter.url(), Map.of("ADMIN_TOKEN", ""))) {
      var answer = closed.send("POST", "/cache/delete", "{}", "X-Admin-Token", "anything");

      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(NectarServer.json(answer).get("detail").asString()).contains("ADMIN_TOKEN");
    }
  }
}
