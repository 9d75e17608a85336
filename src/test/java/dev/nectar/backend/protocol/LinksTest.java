package dev.nectar.backend.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nectar.http.BlockedAddressException;
import dev.nectar.http.DeadlineExceededException;
import dev.nectar.http.HttpCalls;
import dev.nectar.http.RemoteFiles;
import dev.nectar.http.UnexpectedStatusException;
import dev.nectar.image.NotAnImageException;
import dev.nectar.image.staging.StagingArea;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinksTest {

  private final HttpCalls http = new HttpCalls(1);
  private final RemoteFiles files = new RemoteFiles(1);
  private final Links links =
      new Links(
          URI.create("https://api.test:8443/v1/images/generations?key=1"),
          Map.of(),
          new Exchange(
              http,
              files,
              _ -> false,
              new StagingArea(Path.of("/dev/null/images"), 1),
              Clock.systemUTC(),
              _ -> {}));

  @AfterEach
  void close() {
    http.close();
    files.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "https://a.test/b.png | https://a.test/b.png",
        "^ \n https://a.test/b.png \r\n^ | https://a.test/b.png",
        "//a.test/b.png | https://a.test/b.png",
        "/b.png | https://api.test:8443/b.png",
        "b.png?c=d | https://api.test:8443/v1/images/b.png?c=d",
        "../b.png | https://api.test:8443/v1/b.png",
        "img/p 1.png | https://api.test:8443/v1/images/img/p%201.png",
        "out/b.png?x=a b | https://api.test:8443/v1/images/out/b.png?x=a%20b",
        "?id=a 3 | https://api.test:8443/v1/images/generations?id=a%203",
        "https://a.test/一只猫.png | https://a.test/%E4%B8%80%E5%8F%AA%E7%8C%AB.png",
        "https://a.test/b?name=🍎 | https://a.test/b?name=%F0%9F%8D%8E",
        "https://a.test/a b\"<>`.png | https://a.test/a%20b%22%3C%3E%60.png",
        "https://a.test/{a}[0]\\b | https://a.test/%7Ba%7D%5B0%5D%5Cb",
        "https://a.test/a%20b%2Fc d%e4?q=%e4%b8%80 | https://a.test/a%20b%2Fc%20d%e4?q=%e4%b8%80",
        "https://a.test/100%.png?50%2 | https://a.test/100%25.png?50%252",
        "https://a.test/b?sig=a+b/c==&se=2026-01-01T00:00:00Z | https://a.test/b?sig=a+b/c==&se=2026-01-01T00:00:00Z",
        "https://[2001:db8::1]:8080/b.png | https://[2001:db8::1]:8080/b.png"
      })
  void link_asItWasWritten_becomesAUrl(String link, String url) throws IOException {
    assertThat(links.resolved(link)).hasToString(url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://[::1/", "http:"})
  void link_thatIsNone_isSaidToBe(String link) {
    assertThatThrownBy(() -> links.resolved(link)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 408, 425, 429, 500, 502, 503, 504, 529})
  void status_thatMayPass_isTransient(int status) {
    assertThat(Links.isTransient(new UnexpectedStatusException(status))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 405, 410, 451})
  void status_thatStays_isNotTransient(int status) {
    assertThat(Links.isTransient(new UnexpectedStatusException(status))).isFalse();
  }

  @Test
  void connection_brokenOrRefused_isTransient() {
    assertThat(
            new IOException[] {
              new ConnectException(),
              new SocketException(),
              new SocketTimeoutException(),
              new NoHttpResponseException("none"),
              new ConnectionClosedException(),
              new EOFException()
            })
        .allMatch(Links::isTransient);
    assertThat(
            new IOException[] {
              new UnknownHostException(),
              new BlockedAddressException("a"),
              new DeadlineExceededException(),
              new SSLHandshakeException("expired"),
              new NotAnImageException(),
              new IOException("a URL with user info")
            })
        .noneMatch(Links::isTransient);
  }
}
