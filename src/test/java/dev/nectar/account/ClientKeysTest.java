package dev.nectar.account;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.nectar.SettableClock;
import dev.nectar.account.ClientKeys.Found;
import dev.nectar.account.ClientKeys.Unknown;
import dev.nectar.account.ClientKeys.Unreadable;
import dev.nectar.account.sqlite.SqliteLedger;
import dev.nectar.observe.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientKeysTest {

  @TempDir Path directory;
  private final SettableClock clock = new SettableClock();
  private SqliteLedger ledger = new SqliteLedger(Path.of(""));
  private ClientKeys keys = keys(1);

  @BeforeEach
  void openLedger() {
    ledger = new SqliteLedger(directory.resolve("ledger.db"));
    keys = keys(1);
    keys.refresh();
  }

  @AfterEach
  void closeLedger() {
    ledger.close();
  }

  private ClientKeys keys(int seed) {
    return new ClientKeys(ledger, clock, clock, new Random(seed));
  }

  private static KeyTerms terms(String name, @Nullable Instant expiresAt) {
    return new KeyTerms(name, null, null, null, expiresAt, null);
  }

  private ClientKeys.Made make() throws IOException {
    return keys.make(terms("Alice", null));
  }

  @Test
  void key_made_isFound_andIsNowhereInTheFile() throws Exception {
    var made = make();

    assertThat(made.secret()).startsWith("nk-").hasSizeGreaterThan(40);
    assertThat(keys.find(made.secret())).isEqualTo(new Found(made.key()));
    assertThat(made.key().hash()).isEqualTo(ClientKey.hash(made.secret()));
    ledger.close();
    try (var files = Files.list(directory)) {
      for (var file : files.toList()) {
        assertThat(new String(Files.readAllBytes(file), ISO_8859_1)).doesNotContain(made.secret());
      }
    }
  }

  @Test
  void key_ofNobody_isUnknown() throws Exception {
    make();

    assertThat(keys.find("nk-guessed")).isEqualTo(new Unknown());
    assertThat(keys.find("an access key")).isEqualTo(new Unknown());
  }

  @Test
  void key_pastItsTime_isUnknown() throws Exception {
    var made = keys.make(terms("Alice", clock.instant().plusSeconds(1)));
    assertThat(keys.find(made.secret())).isInstanceOf(Found.class);

    clock.advance(Duration.ofSeconds(1));

    assertThat(keys.find(made.secret())).isEqualTo(new Unknown());
  }

  @Test
  void key_revoked_isUnknownAtOnce_andToOthersOnceTheyLook() throws Exception {
    var other = keys(2);
    var made = make();
    other.refresh();
    assertThat(other.find(made.secret())).isInstanceOf(Found.class);

    assertThat(keys.revoke(made.key().id())).isTrue();

    assertThat(keys.find(made.secret())).isEqualTo(new Unknown());
    assertThat(keys.list()).isEmpty();
    assertThat(keys.get(made.key().id())).isEmpty();
    assertThat(keys.named(made.key().id())).isPresent();
    other.refresh();
    assertThat(other.find(made.secret())).isEqualTo(new Unknown());
    assertThat(keys.revoke(made.key().id())).isFalse();
  }

  @Test
  void key_rotated_isGoodForItsGrace() throws Exception {
    var made = make();
    var id = made.key().id();

    var next = keys.rotate(id, Duration.ofSeconds(10)).orElseThrow();
    assertThat(next.secret()).isNotEqualTo(made.secret());
    assertThat(keys.find(made.secret())).isInstanceOf(Found.class);
    assertThat(keys.find(next.secret())).isInstanceOf(Found.class);

    clock.advance(Duration.ofSeconds(10));
    keys.refresh();
    assertThat(keys.find(made.secret())).isEqualTo(new Unknown());
    assertThat(keys.find(next.secret())).isInstanceOf(Found.class);

    var last = keys.rotate(id, Duration.ZERO).orElseThrow();
    assertThat(keys.find(next.secret())).as("without grace").isEqualTo(new Unknown());
    assertThat(keys.find(last.secret())).isInstanceOf(Found.class);
  }

  @Test
  void mark_isGoodAsLongAsItsKey() throws Exception {
    var made = make();
    var mark = ClientKeys.mark(made.key());
    assertThat(keys.findMarked(mark)).isEqualTo(new Found(made.key()));
    assertThat(keys.findMarked(made.key().id() + ".")).isEqualTo(new Unknown());
    assertThat(keys.findMarked(made.key().id())).isEqualTo(new Unknown());

    keys.rotate(made.key().id(), Duration.ofSeconds(10));
    assertThat(keys.findMarked(mark)).isInstanceOf(Found.class);

    clock.advance(Duration.ofSeconds(10));
    keys.refresh();
    assertThat(keys.findMarked(mark)).isEqualTo(new Unknown());
  }

  @Test
  void change_ofManyAtOnce_losesNothing() throws Exception {
    var id = make().key().id();
    var other = keys(2);
    other.refresh();

    keys.change(id, terms -> with(terms, "Alice", List.of("flux")));
    other.change(id, terms -> with(terms, "Alicia", terms.models()));

    keys.refresh();
    assertThat(keys.get(id).orElseThrow().terms())
        .isEqualTo(with(terms("Alicia", null), "Alicia", List.of("flux")));
  }

  private static KeyTerms with(KeyTerms terms, String name, @Nullable List<String> models) {
    return new KeyTerms(
        name, models, terms.rate(), terms.budget(), terms.expiresAt(), terms.referers());
  }

  @Test
  void models_areOpenedByNameOrAll() throws Exception {
    var key = keys.make(with(terms("Alice", null), "Alice", List.of("flux"))).key();
    var all = keys.make(with(terms("Bob", null), "Bob", List.of("*"))).key();

    assertThat(key.opens("flux")).isTrue();
    assertThat(key.opens("dall-e-3")).isFalse();
    assertThat(key.opens(null)).isFalse();
    assertThat(all.opens("dall-e-3")).isTrue();
    assertThat(all.opens(null)).isTrue();
    assertThat(make().key().opens(null)).isTrue();
  }

  @Test
  void ledger_goneAndNotReadSince_letsNobodyIn() throws Exception {
    var made = make();
    Files.delete(directory.resolve("ledger.db"));

    clock.advance(Duration.ofSeconds(2));

    assertThat(keys.find(made.secret())).isEqualTo(new Unreadable());
    assertThat(keys.find("nk-guessed")).isEqualTo(new Unreadable());
  }

  @Test
  void ledger_notReadForLong_isReadBeforeAnybodyIsLetIn() throws Exception {
    var made = make();
    var others = keys(2);
    others.refresh();
    others.revoke(made.key().id());

    clock.advance(Duration.ofSeconds(2));

    assertThat(keys.find(made.secret())).isEqualTo(new Unknown());
    assertThat(keys.isReadable()).isTrue();
  }

  @Test
  void thread_thatMayNotWait_doesNotReadTheLedger() throws Exception {
    var made = make();
    Waiting.forbid(() -> assertThat(keys.find(made.secret())).isInstanceOf(Found.class));

    clock.advance(Duration.ofSeconds(3));
    Waiting.forbid(() -> {
      assertThatExceptionOfType(Waiting.NotHereException.class)
          .isThrownBy(() -> keys.find(made.secret()));
      assertThatExceptionOfType(Waiting.NotHereException.class).isThrownBy(ledger::keys);
    });
    assertThat(keys.find(made.secret())).isInstanceOf(Found.class);
  }
}
