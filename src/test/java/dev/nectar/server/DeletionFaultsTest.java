package dev.nectar.server;

import static dev.nectar.server.NectarServer.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.cache.CacheKey;
import dev.nectar.image.ImageRequest;
import dev.nectar.image.SampleImages;
import dev.nectar.storage.RedisProcess;
import dev.nectar.storage.Tmpfs;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever wants an image deleted is told when the cache did not do so. */
@Tag("slow")
class DeletionFaultsTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String BODY = "{\"prompt\":\"apple\"}";
  private static final CacheKey KEY = CacheKey.of(new ImageRequest("apple", null, null, 42, false));

  private final Painter painter = Painter.start();

  @TempDir private Path directory;

  @AfterEach
  void stop() {
    painter.close();
  }

  private NectarServer start() {
    painter.paints(SampleImages.png(300, 1));
    return NectarServer.start(directory, painter.url());
  }

  private NectarServer start(PublishingHost host, Map<String, String> settings) {
    painter.paints(SampleImages.png(300, 1));
    return NectarServer.start(directory.resolve("cache"), painter.url(), host.settings(settings));
  }

  private static HttpResponse<byte[]> deleteEntry(NectarServer nectar) throws Exception {
    return nectar.send(
        "DELETE", "/admin/entries/" + KEY, "", "X-Admin-Token", NectarServer.ADMIN_TOKEN);
  }

  private static void assertNotDeleted(NectarServer nectar) throws Exception {
    assertUnavailable(nectar.delete(BODY));
    assertUnavailable(deleteEntry(nectar));
  }

  private static void assertUnavailable(HttpResponse<byte[]> answer) {
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(Integer.parseInt(header(answer, "Retry-After"))).isPositive();
    assertThat(NectarServer.json(answer).get("detail").asString())
        .contains("could not be deleted", "may be served");
  }

  private static void assertServed(NectarServer nectar) throws Exception {
    assertThat(header(nectar.image("apple"), "X-Cache")).isEqualTo("HIT");
  }

  private static void assertDeletedNow(NectarServer nectar) throws Exception {
    assertThat(deleteEntry(nectar).statusCode()).isEqualTo(200);
    assertThat(deleteEntry(nectar).statusCode()).isEqualTo(404);
    assertThat(nectar.delete(BODY).statusCode()).isEqualTo(404);
  }

  @Test
  void files_onAReadOnlyDisk_stayAndThatIsTold() throws Exception {
    try (var disk = Tmpfs.mount(directory);
        var nectar = start()) {
      nectar.image("apple");
      disk.makeReadOnly();

      assertNotDeleted(nectar);

      assertServed(nectar);
      disk.makeWritable();
      assertDeletedNow(nectar);
    }
  }

  @Test
  void sqlite_locked_keepsTheEntryAndThatIsTold() throws Exception {
    var file = directory.resolve("cache.db");
    try (var host = PublishingHost.start();
        var nectar = start(host, Map.of("KV_FILE", file.toString()))) {
      nectar.image("apple");
      try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
          var statement = connection.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");

        assertNotDeleted(nectar);

        assertServed(nectar);
      }
      assertDeletedNow(nectar);
    }
  }

  @Test
  void redis_thatHangs_keepsTheEntryAndThatIsTold() throws Exception {
    try (var redis = RedisProcess.started();
        var host = PublishingHost.start();
        var nectar = start(host, Map.of("REDIS_URL", redis.url()))) {
      await().atMost(PATIENCE).until(() -> isOk(nectar));
      nectar.image("apple");
      redis.hold();
      await().atMost(PATIENCE).until(() -> !isOk(nectar));

      assertNotDeleted(nectar);

      redis.release();
      await().atMost(PATIENCE).until(() -> isOk(nectar));
      assertServed(nectar);
      assertDeletedNow(nectar);
    }
  }

  private static boolean isOk(NectarServer nectar) throws Exception {
    return nectar.status().get("status").asString().equals("ok");
  }
}
