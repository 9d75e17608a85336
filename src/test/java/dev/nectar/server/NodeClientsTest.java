package dev.nectar.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients from the npm registry work unchanged against the demo. */
@Tag("slow")
class NodeClientsTest {

  private static final Path CLIENTS = Path.of("src/test/clients");

  @TempDir Path cache;

  @Test
  void clients_ofTheRegistry_workUnchanged() throws Exception {
    assumeTrue(Command.exists("node"), "no Node on the path; .ci/run installs it");
    assumeTrue(
        Files.isDirectory(CLIENTS.resolve("node_modules")),
        "no src/test/clients/node_modules; .ci/run runs 'npm ci' there");
    try (var nectar =
        NectarServer.start(cache, "http://unused", Map.of("spring.profiles.active", "demo"))) {
      var run =
          Command.run(
              CLIENTS,
              Map.of("NECTAR", "http://localhost:" + nectar.port()),
              List.of("node", "--test", "openai.test.js", "pollinations.test.js"));

      assertThat(run.exitCode()).as(run.output()).isZero();
      assertThat(run.output()).containsPattern("pass 1[0-9]");
    }
  }
}
