package dev.nectar.backend.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.http.RawServer;
import dev.nectar.image.SampleImages;
import dev.nectar.storage.ChildJvm;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fifty pictures at once, by each protocol in turn, in a process whose heap holds no thirty. */
@Tag("slow")
class SmallHeapTest {

  private static final int BYTES = 2_000_000;
  private static final int INPUT_BYTES = 2_500_000;

  private final List<ProtocolCase> protocols =
      List.of(
          new ImagesContractTest(),
          new ChatContractTest(),
          new GeminiContractTest(),
          new A1111ContractTest());
  private final List<RawServer> servers = new ArrayList<>();

  @TempDir private Path directory;

  @AfterEach
  void stop() throws IOException {
    for (var server : servers) {
      server.close();
    }
    protocols.forEach(ProtocolCase::stop);
  }

  private String serving(RawServer.Script script) {
    try {
      var server = new RawServer(script);
      servers.add(server);
      return "http://127.0.0.1:" + server.port();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void pictures_fiftyOfTwoMegabytesAtOnce_fit() throws Exception {
    var large = ProtocolCase.base64(SampleImages.png(BYTES, 1));

    var told =
        painted(
            0,
            protocol -> {
              var answer = RawServer.ok(protocol.painting(large)).getBytes(ISO_8859_1);
              return serving(peer -> peer.always(answer));
            });

    assertThat(told).isEqualTo(eachProtocol(BYTES));
  }

  @Test
  void inputs_fiftyOfMoreThanTwoMegabytesAtOnce_fit() throws Exception {
    var arrived = new AtomicInteger();

    var told =
        painted(
            INPUT_BYTES,
            protocol -> {
              var answer = RawServer.ok(protocol.painting(protocol.base64));
              return serving(peer -> {
                for (var head = peer.head(); !head.isEmpty(); head = peer.head()) {
                  var length = head.replaceFirst("(?is).*content-length: (\\d+).*", "$1");
                  peer.socket().getInputStream().skipNBytes(Long.parseLong(length));
                  arrived.incrementAndGet();
                  peer.send(answer);
                }
              });
            });

    assertThat(told).isEqualTo(eachProtocol(protocols.getFirst().png.length));
    assertThat(arrived).hasValue(50 * protocols.size());
  }

  private String eachProtocol(int bytes) {
    return protocols.stream()
        .map(each -> each.protocol() + ": 50 of " + bytes + " bytes\n")
        .collect(joining());
  }

  /**
   * What a process tells that has many painted at once, by one protocol after another.
   *
   * @param inputBytes of each picture's input; 0 for none
   */
  private String painted(int inputBytes, Function<ProtocolCase, String> url) throws Exception {
    var output = directory.resolve("output");
    var arguments = new ArrayList<String>();
    arguments.add(Files.createDirectory(directory.resolve("pictures")).toString());
    arguments.add(Integer.toString(inputBytes));
    for (var each : protocols) {
      arguments.addAll(List.of(each.protocol().name(), url.apply(each)));
    }
    try (var child =
        ChildJvm.start(
            ManyPictures.class, Redirect.to(output.toFile()), arguments.toArray(String[]::new))) {
      assertThat(child.process().waitFor(3, TimeUnit.MINUTES)).isTrue();
    }
    return Files.readString(output);
  }
}
