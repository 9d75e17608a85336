package dev.nectar.account.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.account.ClientKeys;
import dev.nectar.account.ClientKeys.Found;
import dev.nectar.account.LedgerFaultsContract;
import dev.nectar.account.Spender;
import dev.nectar.storage.Tmpfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;

@Tag("slow")
class SqliteLedgerFaultsTest extends LedgerFaultsContract {

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("ledger.db");
  }

  private Server server() {
    return new Server(new SqliteLedger(file()));
  }

  @Test
  void fileLocked_servesAndCatchesUp(CapturedOutput output) throws Exception {
    try (var server = server();
        var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        var statement = connection.createStatement()) {
      assertServesAndCatchesUp(
          server,
          output,
          () -> {
            statement.execute("PRAGMA busy_timeout = 10000");
            statement.execute("BEGIN IMMEDIATE");
            return () -> statement.execute("ROLLBACK");
          });
    }
  }

  @Test
  void fileOfAnotherKind_isLeftAsItIs_andLetsNobodyIn() throws Exception {
    var text = "The only copy of a novel. ".repeat(100);
    Files.writeString(file(), text);

    try (var server = server()) {
      assertUnreadable(server, "nk-any");
    }
    assertThat(file()).hasContent(text);
  }

  @Test
  void fileDamagedAtTheStart_isLeftAsItIs_andLetsNobodyIn() throws Exception {
    String secret;
    try (var server = server()) {
      secret = server.key("1/day").secret();
    }
    Files.write(file(), Arrays.copyOf(Files.readAllBytes(file()), 4_096 + 100));
    var bytes = Files.readAllBytes(file());

    try (var server = server()) {
      assertUnreadable(server, secret);
    }
    assertThat(file()).hasBinaryContent(bytes);
  }

  /** As a server leaves them that is killed. */
  private ClientKeys.Made killed() throws Exception {
    var crash = directory.resolve("crash");
    Files.createDirectory(crash);
    ClientKeys.Made made;
    try (var server = server()) {
      made = server.key("1/day");
      for (var picture = 0; picture < 20; picture++) {
        server.paintsForMain();
      }
      Files.copy(file(), crash.resolve("ledger.db"));
      Files.copy(log(), crash.resolve("ledger.db-wal"));
    }
    Files.move(crash.resolve("ledger.db"), file(), StandardCopyOption.REPLACE_EXISTING);
    Files.move(crash.resolve("ledger.db-wal"), log());
    return made;
  }

  private Path log() {
    return directory.resolve("ledger.db-wal");
  }

  @Test
  void killed_isAsItWas() throws Exception {
    var made = killed();

    try (var server = server()) {
      assertThat(server.keys.find(made.secret())).isEqualTo(new Found(made.key()));
      assertThat(server.spent(Spender.backend("https://a"))).isEqualTo("20");
    }
  }

  @ParameterizedTest
  @CsvSource({"true, false", "false, true", "true, true"})
  void damagedWithALog_areLeftAsTheyAre_andLetNobodyIn(boolean fileToo, boolean logToo)
      throws Exception {
    var made = killed();
    if (fileToo) {
      Files.write(file(), "damaged".repeat(2_000).getBytes(UTF_8));
    }
    if (logToo) {
      Files.write(log(), "damaged".repeat(2_000).getBytes(UTF_8));
    }
    var bytes = Files.readAllBytes(file());
    var logged = Files.readAllBytes(log());

    try (var server = server()) {
      assertUnreadable(server, made.secret());
    }
    assertThat(file()).hasBinaryContent(bytes);
    assertThat(log()).hasBinaryContent(logged);
  }

  @Test
  void fileGone_letsNobodyIn_andIsCaughtUpWhenItIsBack() throws Exception {
    var away = directory.resolve("away");
    Files.createDirectory(away);
    try (var server = server()) {
      var made = server.key("1/day");
      assertThat(server.paints(made.key())).isTrue();
      move(directory, away);

      assertUnreadable(server, made.secret());
      assertThat(server.paints(made.key())).isFalse();
      assertThat(file()).doesNotExist();

      move(away, directory);
      await()
          .atMost(PATIENCE)
          .until(() -> server.keys.find(made.secret()).equals(new Found(made.key())));
      await().atMost(PATIENCE).until(server.accounts::isWritable);
      assertThat(server.spent(Spender.backend("https://a"))).isEqualTo("1.1");
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try (var files = Files.list(from)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        Files.move(file, to.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void diskFull_servesAndCatchesUp(CapturedOutput output) throws Exception {
    try (var _ = Tmpfs.mount(directory);
        var server = server()) {
      assertServesAndCatchesUp(
          server,
          output,
          () -> {
            var filler = fill();
            return () -> Files.delete(filler);
          });
    }
  }

  private Path fill() throws IOException {
    var filler = directory.resolve("filler");
    try (var rest = Files.newOutputStream(filler)) {
      for (var pages = 0; pages < 1_000; pages++) {
        rest.write(new byte[4_096]);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space");
    }
    return filler;
  }

  @Test
  void diskReadOnlyAtTheStart_knowsKeys_andCatchesUp() throws Exception {
    try (var disk = Tmpfs.mount(directory)) {
      ClientKeys.Made made;
      try (var server = server()) {
        made = server.key("1/day");
        assertThat(server.paints(made.key())).isTrue();
      }
      disk.makeReadOnly();
      try (var server = server()) {
        assertThat(server.keys.find(made.secret())).isEqualTo(new Found(made.key()));
        for (var picture = 0; picture < 9; picture++) {
          assertThat(server.paints(made.key())).isTrue();
        }
        assertThat(server.paints(made.key())).isFalse();

        disk.makeWritable();
        await().atMost(PATIENCE).until(server.accounts::isWritable);
        assertThat(server.spent(Spender.key(made.key().id()))).isEqualTo("1");
      }
    }
  }
}
