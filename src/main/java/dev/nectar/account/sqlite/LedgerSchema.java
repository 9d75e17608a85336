package dev.nectar.account.sqlite;

import dev.nectar.storage.SqliteFile;
import dev.nectar.storage.SqliteFile.Durability;
import dev.nectar.storage.SqliteFile.Loss;
import dev.nectar.storage.SqliteSchema;
import java.nio.file.Path;
import java.util.List;

/**
 * The tables of the ledger. Sums are whole units of the currency and 10<sup>-12</sup> of one, so
 * that they are exact; times are milliseconds since 1970; days are UTC, {@code 2026-11-26}.
 */
final class LedgerSchema {

  /** "Nldg". */
  private static final int APPLICATION_ID = 0x4e6c6467;

  private static final SqliteSchema SCHEMA =
      new SqliteSchema(
          APPLICATION_ID,
          List.of(
              List.of(
                  """
                  CREATE TABLE keys (
                    id       TEXT PRIMARY KEY,
                    revision INTEGER NOT NULL,
                    key      TEXT NOT NULL -- all there is to know, as JSON; no key itself
                  ) WITHOUT ROWID\
                  """,
                  "CREATE TABLE changes (version INTEGER NOT NULL)",
                  "INSERT INTO changes VALUES (0)",
                  """
                  CREATE TABLE spend (
                    day             TEXT NOT NULL,
                    key             TEXT NOT NULL,
                    backend         TEXT NOT NULL,
                    model           TEXT NOT NULL,
                    source          TEXT NOT NULL,
                    pictures        INTEGER NOT NULL,
                    unpriced        INTEGER NOT NULL,
                    cost_units      INTEGER NOT NULL,
                    cost_picos      INTEGER NOT NULL,
                    spared          INTEGER NOT NULL, -- pictures that needed not be made
                    spared_unpriced INTEGER NOT NULL,
                    saved_units     INTEGER NOT NULL,
                    saved_picos     INTEGER NOT NULL,
                    refused         INTEGER NOT NULL, -- requests
                    failed          INTEGER NOT NULL,
                    refusals        INTEGER NOT NULL, -- attempts
                    failures        INTEGER NOT NULL,
                    PRIMARY KEY (day, key, backend, model, source)
                  ) WITHOUT ROWID\
                  """,
                  """
                  CREATE TABLE used (
                    spender    TEXT NOT NULL, -- a key or a back end
                    day        TEXT NOT NULL,
                    pictures   INTEGER NOT NULL,
                    unpriced   INTEGER NOT NULL,
                    cost_units INTEGER NOT NULL,
                    cost_picos INTEGER NOT NULL,
                    PRIMARY KEY (spender, day)
                  ) WITHOUT ROWID\
                  """,
                  """
                  CREATE TABLE held (
                    key         TEXT NOT NULL,
                    id          TEXT NOT NULL,
                    node        TEXT NOT NULL,
                    units       INTEGER NOT NULL,
                    picos       INTEGER NOT NULL,
                    PRIMARY KEY (key, id)
                  ) WITHOUT ROWID\
                  """,
                  "CREATE TABLE nodes (id TEXT PRIMARY KEY, gone_at INTEGER NOT NULL) WITHOUT ROWID",
                  "CREATE TABLE bookings (id TEXT PRIMARY KEY, day TEXT NOT NULL) WITHOUT ROWID",
                  "CREATE TABLE last_used (key TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT"
                      + " ROWID")));

  private LedgerSchema() {}

  /** Does not wait for the disk: what a power cut may take is what was under way. */
  static SqliteFile in(Path path) {
    return new SqliteFile(path, SCHEMA, Durability.KILL, Loss.WAITED_OUT);
  }
}
