package dev.nectar.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Predicate;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class RemoteFilesTest {

  private static final Predicate<HostAndPort> NONE = new AllowedHosts(List.of());

  private final RemoteFiles files = new RemoteFiles(4, new LocalNames());

  @AfterEach
  void close() {
    files.close();
  }

  private static Deadline deadline() {
    return Deadline.in(Duration.ofSeconds(10), Ticker.systemTicker());
  }

  private String fetch(URI url, Predicate<HostAndPort> exempt) throws IOException {
    return files.fetch(url, exempt, deadline(), body -> new String(body.readAllBytes(), UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.1",
        "127.0.1",
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "017700000001",
        "0177.0.0.1",
        "0",
        "0.0.0.0",
        "[::1]",
        "[::]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "127.0.0.1.",
        "name.test",
        "name.test.",
        "NAME.test",
        "under_score.test",
      })
  void placeThatIsNotPublic_isNotConnectedTo(String host) throws IOException {
    try (var canary = RawServer.answering(RawServer.ok("secret"))) {
      assertThatThrownBy(() -> fetch(canary.url(host), NONE))
          .isInstanceOf(UnknownHostException.class);
      assertThat(canary.connections()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]", "name.test"})
  void placeThatIsNotPublic_isBlocked(String host) throws IOException {
    try (var canary = RawServer.answering(RawServer.ok("secret"))) {
      assertThatThrownBy(() -> fetch(canary.url(host), NONE))
          .isInstanceOf(BlockedAddressException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "2130706433", "[::ffff:127.0.0.1]", "name.test"})
  void samePlace_withAnExemption_isReached(String host) throws IOException {
    try (var canary = RawServer.answering(RawServer.ok("secret"))) {
      assertThat(fetch(canary.url(host), place -> true)).isEqualTo("secret");
    }
  }

  @Test
  void nameThatWasPublicBefore_isCheckedForTheConnection() throws IOException {
    var names = new Rebinding();
    try (var rebound = new RemoteFiles(1, names);
        var canary = RawServer.answering(RawServer.ok("secret"))) {
      assertThat(new AddressGuard(names).resolve("rebind.test")).hasSize(1);

      assertThatThrownBy(
              () -> rebound.fetch(canary.url("rebind.test"), NONE, deadline(), InputStream::read))
          .isInstanceOf(BlockedAddressException.class);
      assertThat(canary.connections()).isZero();
    }
  }

  @Test
  void exemptPlace_isFetchedFrom() throws IOException {
    try (var server = RawServer.answering(RawServer.ok("image"))) {
      var exempt = HostAndPort.of(server.url("Name.test"));

      assertThat(fetch(server.url("name.TEST"), exempt::equals)).isEqualTo("image");
    }
  }

  @Test
  void answerWithoutBody_isEmpty() throws IOException {
    try (var server = RawServer.answering("HTTP/1.1 204 No Content\r\n\r\n")) {
      assertThat(fetch(server.url(), HostAndPort.of(server.url())::equals)).isEmpty();
    }
  }

  @Test
  void exemptPlaceByName_doesNotExemptItsOtherNames() throws IOException {
    try (var server = RawServer.answering(RawServer.ok("image"))) {
      var exempt = HostAndPort.of(server.url("name.test"));

      assertThatThrownBy(() -> fetch(server.url(), exempt::equals))
          .isInstanceOf(BlockedAddressException.class);
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void connectionOfAnExemptFetch_isNotUsedByOneWithoutExemption() throws IOException {
    try (var server = RawServer.answering(RawServer.ok("image"))) {
      var url = server.url("name.test");
      fetch(url, HostAndPort.of(url)::equals);

      assertThatThrownBy(() -> fetch(url, NONE)).isInstanceOf(BlockedAddressException.class);
      assertThat(server.heads()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "/path",
        "http:opaque",
        "http:///path",
        "http://user@127.0.0.1/",
        "http://@127.0.0.1/",
        "http://u:p@under_score/"
      })
  void unfitUrl_isRefused(URI url) {
    assertThatThrownBy(() -> fetch(url, place -> true))
        .isExactlyInstanceOf(IOException.class)
        .hasMessageContaining("a URL");
  }

  @Test
  void otherStatus_isAFailureThatTellsOnlyTheStatus() throws IOException {
    try (var server = RawServer.answering("HTTP/1.1 404 Gone\r\nContent-Length: 6\r\n\r\nsecret")) {
      assertThatThrownBy(() -> fetch(server.url(), place -> true))
          .isInstanceOfSatisfying(
              UnexpectedStatusException.class, e -> assertThat(e.status()).isEqualTo(404))
          .hasMessage("status 404");
    }
  }

  /** Public when first asked, this machine ever after. */
  private static final class Rebinding implements DnsResolver {

    private final Queue<String> answers = new ArrayDeque<>(List.of("8.8.8.8"));

    @Override
    public InetAddress[] resolve(String host) {
      var answer = Objects.requireNonNullElse(answers.poll(), "127.0.0.1");
      return new InetAddress[] {InetAddress.ofLiteral(answer)};
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
