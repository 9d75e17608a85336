package dev.nectar.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class RemoteFilesRedirectTest {

  private final RemoteFiles files = new RemoteFiles(4, new LocalNames());

  @AfterEach
  void close() {
    files.close();
  }

  private String fetch(URI url, Predicate<HostAndPort> exempt) throws IOException {
    var deadline = Deadline.in(Duration.ofSeconds(10), Ticker.systemTicker());
    return files.fetch(url, exempt, deadline, body -> new String(body.readAllBytes(), UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "/dir/file?a=b, other?signed=a%2Fb, /dir/other?signed=a%2Fb",
    "/dir/file, ../other?signed=%7E, /other?signed=%7E",
    "/dir/file, /other?signed=%7e, /other?signed=%7e",
    "/dir/file?a=b, ?signed=1, /dir/file?signed=1",
    "'', ?signed=1, /?signed=1",
    "'', other?signed=1, /other?signed=1",
  })
  void redirectWithinTheExemptPlace_isFollowed(String from, String location, String to)
      throws IOException {
    try (var server =
        new RawServer(peer -> {
          for (var head = peer.head(); !head.isEmpty(); head = peer.head()) {
            peer.send(
                head.contains("signed")
                    ? RawServer.ok("image")
                    : RawServer.redirect(URI.create(location)));
          }
        })) {
      var url = URI.create("http://under_score.test:" + server.port() + from);

      assertThat(fetch(url, HostAndPort.of(url)::equals)).isEqualTo("image");
      assertThat(server.heads().getLast()).startsWith("GET " + to + " HTTP/1.1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "name.test", "[::ffff:127.0.0.1]", "2130706433"})
  void redirectToAPlaceThatIsNotPublic_isBlocked(String host) throws IOException {
    try (var canary = RawServer.answering(RawServer.ok("secret"));
        var server = RawServer.answering(RawServer.redirect(canary.url(host)))) {
      var exempt = HostAndPort.of(server.url());

      assertThatThrownBy(() -> fetch(server.url(), exempt::equals))
          .isInstanceOf(BlockedAddressException.class);
      assertThat(canary.connections()).isZero();
    }
  }

  @Test
  void redirectToAnotherExemptPlace_isFollowed() throws IOException {
    try (var other = RawServer.answering(RawServer.ok("image"));
        var server = RawServer.answering(RawServer.redirect(other.url("name.test")))) {
      var giver = HostAndPort.of(server.url());
      var exempt = new AllowedHosts(List.of("name.test")).or(giver::equals);

      assertThat(fetch(server.url(), exempt)).isEqualTo("image");
    }
  }

  @Test
  void redirect_isFollowedWithoutAWordOfTheFirstAnswer() throws IOException {
    try (var server =
        new RawServer(peer -> {
          peer.head();
          peer.send(
              RawServer.redirect(URI.create("/image?b"))
                  .replaceFirst("\r\n", "\r\nSet-Cookie: a=b; Path=/\r\n"));
          peer.head();
          peer.send(RawServer.ok("image"));
        })) {
      assertThat(fetch(server.url(), HostAndPort.of(server.url())::equals)).isEqualTo("image");
      assertThat(server.heads().getLast().lines().filter(line -> !line.isEmpty()))
          .containsExactlyInAnyOrder(
              "GET /image?b HTTP/1.1",
              "Host: 127.0.0.1:" + server.port(),
              "Connection: keep-alive",
              "User-Agent: nectar");
    }
  }

  @Test
  void redirectLoop_ends() throws IOException {
    try (var server = RawServer.answering(RawServer.redirect(URI.create("/file")))) {
      assertThatThrownBy(() -> fetch(server.url(), HostAndPort.of(server.url())::equals))
          .isInstanceOf(IOException.class)
          .hasMessage("more than 5 redirects");
      assertThat(server.heads()).hasSize(6);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "jar:http://127.0.0.1/x!/y",
        "http://user:pass@127.0.0.1/",
        "http:///path",
        "//user@127.0.0.1/",
        "data:image/png,x"
      })
  void redirectToAnUnfitUrl_isRefused(URI location) throws IOException {
    try (var server = RawServer.answering(RawServer.redirect(location))) {
      assertThatThrownBy(() -> fetch(server.url(), place -> true)).isInstanceOf(IOException.class);
      assertThat(server.heads()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Location: http://a b/\r\n", "Location: http://[/\r\n", ""})
  void redirectToNoUrl_isAFailure(String location) throws IOException {
    try (var server =
        RawServer.answering("HTTP/1.1 302 Found\r\n" + location + "Content-Length: 0\r\n\r\n")) {
      assertThatThrownBy(() -> fetch(server.url(), place -> true))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("a redirect to no");
    }
  }
}
