package dev.nectar.cache.redis;

import static dev.nectar.cache.Samples.hosted;
import static dev.nectar.cache.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.cache.Expiry;
import dev.nectar.storage.RedisProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** {@code rediss://}, with a certificate for the name localhost only. */
@ExtendWith(OutputCaptureExtension.class)
@Tag("slow")
class RedisTlsTest {

  private static final String TRUST_STORE = "javax.net.ssl.trustStore";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Expiry EXPIRY =
      new Expiry(Duration.ofHours(24), Duration.ofMinutes(1), InstantSource.system());

  @TempDir private static Path directory;

  private static Certificate certificate;
  private static RedisProcess redis;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
    certificate = Certificate.make(directory, "localhost");
    port = RedisProcess.freePort();
    redis =
        RedisProcess.notStarted(
            "tls-port " + port,
            "tls-cert-file " + certificate.pem(),
            "tls-key-file " + certificate.keyPem(),
            "tls-ca-cert-file " + certificate.pem(),
            "tls-auth-clients no");
    try {
      redis.start();
    } catch (UncheckedIOException e) {
      Assumptions.abort("the embedded Redis of this platform has no TLS: " + e.getMessage());
    }
  }

  @AfterAll
  static void stop() throws IOException {
    redis.close();
  }

  @AfterEach
  void trustNobodyElse() {
    System.clearProperty(TRUST_STORE);
  }

  private static void trustTheCertificate() {
    System.setProperty(TRUST_STORE, certificate.trustStore().toString());
  }

  private static void assertRefused(String host, CapturedOutput output) {
    try (var client = RedisProcess.connectAnyway("rediss://" + host + ":" + port, PATIENCE)) {
      assertThat(client.isAlive()).isFalse();
      await().untilAsserted(() -> assertThat(output).contains("does not answer"));
    }
  }

  @Test
  void certificate_thatIsTrustedForTheName_isGoodEnough() throws Exception {
    trustTheCertificate();
    try (var client = RedisProcess.connect("rediss://localhost:" + port, PATIENCE)) {
      var store = new RedisCacheStore(client, EXPIRY);
      store.keep(key("apple"), hosted("apple", "1"));
      assertThat(store.find(key("apple"))).contains(hosted("apple", "1"));
    }
  }

  @Test
  void certificate_ofAnotherName_isRefused(CapturedOutput output) {
    trustTheCertificate();
    assertRefused("127.0.0.1", output);
    assertThat(output).contains("No subject alternative names");
  }

  @Test
  void certificate_thatNobodyTrusts_isRefused(CapturedOutput output) {
    assertRefused("localhost", output);
    assertThat(output).contains("unable to find valid certification path");
  }
}
