package dev.nectar.account.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.account.Ledger;
import dev.nectar.account.LedgerContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLedgerTest extends LedgerContract {

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("new/ledger.db");
  }

  @Override
  protected Ledger open() {
    return new SqliteLedger(file());
  }

  @Override
  protected Ledger again() {
    return new SqliteLedger(file());
  }

  @Test
  void file_isForItsOwnerAlone() throws Exception {
    ledger().version();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }
}
