package dev.nectar.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nectar.image.SampleImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients from the npm registry work unchanged against the demo. */
@Tag("slow")
class NodeClientsTest {

  private static final Path CLIENTS = Path.of("src/test/clients");

  @TempDir Path cache;

  @BeforeAll
  static void findClients() {
    assumeTrue(Command.exists("node"), "no Node on the path; .ci/run installs it");
    assumeTrue(
        Files.isDirectory(CLIENTS.resolve("node_modules")),
        "no src/test/clients/node_modules; .ci/run runs 'npm ci' there");
  }

  @Test
  void clients_ofTheRegistry_workUnchanged() throws Exception {
    try (var nectar =
        NectarServer.start(cache, "http://unused", Map.of("spring.profiles.active", "demo"))) {
      var run =
          Command.run(
              CLIENTS,
              Map.of("NECTAR", "http://localhost:" + nectar.port()),
              List.of(
                  "node",
                  "--test",
                  "ai-sdk.test.js",
                  "langchain.test.js",
                  "openai.test.js",
                  "pollinations.test.js",
                  "pollinations-mcp.test.js"));

      assertThat(run.exitCode()).as(run.output()).isZero();
      assertThat(run.output()).containsPattern("pass [5-9][0-9]");
    }
  }

  @Test
  void client_thatTimesOutAndTriesAgain_costsOneCallAnImage() throws Exception {
    try (var painter = Painter.start();
        var nectar = NectarServer.start(cache, painter.url())) {
      painter.answers(Painter.painting(SampleImages.png(5_000, 1)).withFixedDelay(2_000));
      var run =
          Command.run(
              CLIENTS,
              Map.of("NECTAR", "http://localhost:" + nectar.port(), "NECTAR_KEY", NectarServer.KEY),
              List.of("node", "--test", "retry.test.js"));

      assertThat(run.exitCode()).as(run.output()).isZero();
      assertThat(painter.calls()).hasSize(2);
    }
  }
}
