package dev.nectar.server;

import static dev.nectar.server.NectarServer.header;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Pictures that the thread which polls all connections answers itself, and what it must not. */
@ExtendWith(OutputCaptureExtension.class)
@Tag("slow")
class AtHandTest extends PatientCase {

  private static final String AT_ONCE = "Answered by the thread that polls";
  private static final String WARM = NectarServer.target("warm");

  /** More than the kernel takes in for a client that reads nothing. */
  private static final byte[] LARGE = SampleImages.png(8_000_000, 1);

  private final Path cache;
  private final List<Socket> sockets = new ArrayList<>();

  AtHandTest(@TempDir Path cache) throws IOException {
    super(cache, LARGE, Map.of("logging.level.dev.nectar.web.prompt.AtHandFilter", "trace"));
    this.cache = cache;
  }

  @BeforeEach
  void warm() throws Exception {
    if (nectar.get(WARM, "If-Match", "*").statusCode() == 412) {
      backend.release(1);
      assertThat(header(nectar.get(WARM), "X-Cache")).isEqualTo("MISS");
      backend.startAnew();
    }
    assertThat(header(nectar.get(WARM, "Range", "bytes=0-9"), "X-Cache")).isEqualTo("HIT");
  }

  @AfterEach
  void hangUp() throws IOException {
    for (var socket : sockets) {
      socket.close();
    }
    sockets.clear();
  }

  @Test
  void pictures_thatWereJustSent_areSentAtOnce(CapturedOutput output) throws Exception {
    var hits = nectar.status().at("/cache/hits").asInt();
    var socket = open();
    var etag = header(nectar.get(WARM), "ETag");
    assertThat(ask(socket, "GET", "X-Request-Id: whole\r\n").body()).isEqualTo(LARGE);
    assertThat(ask(socket, "HEAD", "X-Request-Id: head\r\n").head())
        .contains(" 200 ", "Content-Length: " + LARGE.length, "X-Request-Id: head");
    assertThat(ask(socket, "GET", "X-Request-Id: unchanged\r\nIf-None-Match: " + etag + "\r\n"))
        .satisfies(answer -> assertThat(answer.head()).contains(" 304 "));
    assertThat(ask(socket, "GET", "X-Request-Id: again\r\n").head()).contains("X-Cache: HIT");

    for (var id : List.of("whole", "head", "unchanged", "again")) {
      assertThat(output.getOut()).contains("[" + id + "] " + AT_ONCE);
    }
    assertThat(nectar.status().at("/cache/hits").asInt()).isEqualTo(hits + 5);
  }

  @Test
  void answer_isTheSameAsThatOfAThreadOfItsOwn(CapturedOutput output) throws Exception {
    var socket = open();
    var other = ask(socket, "GET", "X-Request-Id: other\r\nContent-Length: 0\r\n").head();
    var atOnce = ask(socket, "GET", "X-Request-Id: at-once\r\n").head();

    assertThat(output.getOut()).contains("[at-once] " + AT_ONCE).doesNotContain("[other] ");
    assertThat(fields(atOnce)).isEqualTo(fields(other));
  }

  private static List<String> fields(String head) {
    return head.lines()
        .filter(line -> !line.startsWith("X-Request-Id:") && !line.startsWith("Date:"))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Range: bytes=0-9\r\n",
        "Content-Length: 0\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Accept: text/event-stream\r\nConnection: close\r\n",
        "X-Api-Key: wrong\r\nIf-Match: \"another\"\r\n",
        "Connection: close\r\n"
      })
  void request_thatIsMore_isAnsweredByAThreadOfItsOwn(String fields, CapturedOutput output)
      throws Exception {
    var rest = fields.startsWith("Transfer") ? "0\r\n\r\n" : "";
    var socket = open();
    send(socket, request("GET", fields) + rest);
    var status = Answer.head(socket.getInputStream()).substring(9, 12);

    assertThat(status)
        .isEqualTo(
            fields.startsWith("Range") ? "206" : fields.contains("If-Match") ? "412" : "200");
    assertThat(output.getOut()).doesNotContain(AT_ONCE);
  }

  @Test
  void requests_sentTogether_areAnsweredInTurn() throws Exception {
    var socket = open();
    var hit = request("GET", "");
    send(socket, hit + hit + "HEAD /status HTTP/1.1\r\nHost: a\r\n\r\n" + hit + "HEAD /nothing");
    var input = socket.getInputStream();
    for (var isPicture : List.of(true, true, false, true)) {
      var answer = Answer.read(input, isPicture);
      assertThat(answer.head()).startsWith("HTTP/1.1 200");
      assertThat(answer.body()).hasSize(isPicture ? LARGE.length : 0);
    }
    send(socket, " HTTP/1.1\r\nHost: a\r\n\r\n" + hit);
    assertThat(Answer.read(input, false).head()).startsWith("HTTP/1.1 404");
    assertThat(Answer.read(input, true).body()).isEqualTo(LARGE);
  }

  @Test
  void clients_thatReadNothing_holdUpNobody() throws Exception {
    for (var i = 0; i < 20; i++) {
      send(open(), request("GET", ""));
    }
    for (var round = 0; round < 50; round++) {
      var start = System.nanoTime();
      assertThat(ask(open(), "HEAD", "").head()).contains("X-Cache: HIT");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
    // One asks for more before it reads.
    send(sockets.getFirst(), request("HEAD", ""));
    assertThat(Answer.read(sockets.getFirst().getInputStream(), true).body()).isEqualTo(LARGE);
    assertThat(Answer.read(sockets.getFirst().getInputStream(), false).head()).contains(" 200 ");
  }

  /**
   * What was at hand is not any more: that costs its client the time that it takes, and no other.
   */
  @Test
  void guess_thatIsWrong_costsNobodyElse(CapturedOutput output) throws Exception {
    backend.release(1);
    nectar.image("other");
    nectar.image("other");
    nectar.delete("{\"prompt\":\"warm\"}");
    var waiting = open();
    send(waiting, request("GET", "X-Request-Id: wrong-guess\r\n"));
    await().until(() -> backend.calls() == 2);

    assertThat(output.getOut()).contains("[wrong-guess] Left to a thread of its own");
    assertThat(header(nectar.image("other"), "X-Cache")).isEqualTo("HIT");
    assertThat(nectar.status().get("generating").asInt()).isEqualTo(1);
    backend.release(1);
    var answer = Answer.read(waiting.getInputStream(), true);
    assertThat(answer.head())
        .contains(" 200 ", "X-Cache: MISS", "X-Request-Id: wrong-guess")
        .containsOnlyOnce("Access-Control-Allow-Origin: *");
    assertThat(answer.body()).isEqualTo(LARGE);
  }

  /** Its description left the memory: it is read again, and the picture sent whole. */
  @Test
  void picture_thatIsOnlyOnTheDisk_isSentByAThreadOfItsOwn() throws Exception {
    try (var files = Files.list(cache)) {
      for (var file : files.filter(each -> each.toString().endsWith(".data")).toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
      }
    }
    var answer = ask(open(), "GET", "");
    assertThat(answer.head()).contains(" 200 ", "X-Cache: HIT");
    assertThat(answer.body()).isEqualTo(LARGE);
    assertThat(backend.calls()).isZero();
  }

  @Test
  void client_thatHangsUpAfterAWrongGuess_givesItsConnectionBack() throws Exception {
    nectar.delete("{\"prompt\":\"warm\"}");
    send(open(), request("GET", ""));
    await().until(() -> backend.calls() == 1);
    var ports = HeldConnections.ports(sockets);
    sockets.getFirst().close();

    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> HeldConnections.count(nectar.port(), ports) == 0);
    backend.release(1);
  }

  private Socket open() throws IOException {
    var socket = RawExchange.open(nectar.port());
    sockets.add(socket);
    return socket;
  }

  private static String request(String method, String fields) {
    return method + " " + WARM + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
  }

  private static Answer ask(Socket socket, String method, String fields) throws IOException {
    send(socket, request(method, fields));
    return Answer.read(socket.getInputStream(), method.equals("GET"));
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Answer(String head, byte[] body) {

    static Answer read(InputStream input, boolean withBody) throws IOException {
      var head = head(input);
      var length = head.indexOf("Content-Length: ");
      if (!withBody || length < 0 || head.contains(" 304 ")) {
        return new Answer(head, new byte[0]);
      }
      var size = head.substring(length + 16, head.indexOf('\r', length));
      return new Answer(head, input.readNBytes(Integer.parseInt(size)));
    }

    static String head(InputStream input) throws IOException {
      var head = new StringBuilder();
      while (!head.toString().endsWith("\r\n\r\n")) {
        var next = input.read();
        if (next < 0) {
          break;
        }
        head.append((char) next);
      }
      return head.toString();
    }
  }
}
