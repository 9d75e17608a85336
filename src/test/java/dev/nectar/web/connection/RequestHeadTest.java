package dev.nectar.web.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /p/a?key=b HTTP/1.1\r\n\r\n",
        "HEAD /p/a?key=b HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /p/a?key=b HTTP/1.1\r\nHost: a\r\nConnection: Keep-Alive\r\nAccept: */*\r\n\r\n",
        "GET /p/a?key=b HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
        "GET /p/a?key=b HTTP/1.1\r\nhost:a\r\nif-none-match: \"a\"\r\n\r\n"
      })
  void head_thatIsWholeAndPlain_tellsItsTarget(String head) {
    assertThat(RequestHead.target(bytes(head))).contains("/p/a?key=b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\r\n\r\n",
        "\r\nGET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\n\r\nX",
        "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\nHost: a\n\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        "GET / HTTP/1.0\r\nHost: a\r\n\r\n",
        "GET /\r\n\r\n",
        "get / HTTP/1.1\r\n\r\n",
        "POST / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nContent-Length: 0\r\n\r\n",
        "GET / HTTP/1.1\r\ncontent-length : 5\r\n\r\n",
        "GET / HTTP/1.1\r\nTRANSFER-ENCODING: chunked\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\n Content-Length: 5\r\n\r\n",
        "GET / HTTP/1.1\r\nExpect: 100-continue\r\n\r\n",
        "GET / HTTP/1.1\r\nUpgrade: h2c\r\n\r\n",
        "GET / HTTP/1.1\r\nHTTP2-Settings: a\r\n\r\n",
        "GET / HTTP/1.1\r\nRange: bytes=0-1\r\n\r\n",
        "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nConnection: keep-alive, Upgrade\r\n\r\n"
      })
  void head_thatIsMoreOrLess_tellsNothing(String head) {
    assertThat(RequestHead.target(bytes(head))).isEmpty();
  }

  @Test
  void bytes_thatWereLookedAt_areStillToBeRead() {
    var arrived = bytes("GET /a HTTP/1.1\r\n\r\n");
    assertThat(RequestHead.target(arrived)).contains("/a");
    assertThat(arrived.remaining()).isEqualTo(19);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
  }
}
