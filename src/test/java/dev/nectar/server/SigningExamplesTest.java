package dev.nectar.server;

import static dev.nectar.server.NectarServer.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nectar.image.SampleImages;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the README shows about signing works as it stands there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class SigningExamplesTest {

  private static final String SIGNING_KEY = "a-signing-key-of-24-chars";

  private final Painter painter = Painter.start();
  private final NectarServer nectar;

  SigningExamplesTest(@TempDir Path cache) {
    painter.paints(SampleImages.png(300, 1));
    nectar = NectarServer.start(cache, painter.url(), Map.of("URL_SIGNING_KEYS", SIGNING_KEY));
  }

  @AfterAll
  void stop() {
    nectar.close();
    painter.close();
  }

  static Stream<Arguments> languages() {
    return Stream.of(
        Arguments.of("sh", "openssl", List.of("sh", "-c")),
        Arguments.of("js", "node", List.of("node", "--input-type=module", "-e")),
        Arguments.of("python", "python3", List.of("python3", "-c")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("languages")
  void example_signsAUrlThatOpens(
      String language, String program, List<String> command, @TempDir Path directory)
      throws Exception {
    assumeTrue(Command.exists(program), "no " + program + " on the path; .ci/run installs it");
    var server = "http://localhost:" + nectar.port();

    var run =
        Command.run(
            directory,
            Map.of("NECTAR", server, "SIGNING_KEY", SIGNING_KEY),
            Stream.concat(command.stream(), Stream.of(example(language))).toList());

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output()).startsWith(server + "/prompt/a%20red%20apple");
    var url = URI.create(run.output());
    var answer = nectar.get(url.getRawPath() + "?" + url.getRawQuery());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Cache-Control")).startsWith("public");
    assertThat(painter.lastBody().get("size").asString()).isEqualTo("256x256");
  }

  /** By the key that everybody's demo has. */
  @Test
  void image_thatIsEmbeddedFirst_isSignedByTheDemo(@TempDir Path cache) throws Exception {
    var readme = Files.readString(Path.of("README.md"));
    var source = Pattern.compile("<img src=\"http://localhost:8080([^\"]*)\"").matcher(readme);
    assertThat(source.find()).isTrue();
    assertThat(source.start()).isEqualTo(readme.indexOf("<img "));
    var target = source.group(1).replace("&amp;", "&");

    var settings = Map.of("URL_SIGNING_KEYS", "demo-key-for-signed-urls");
    try (var demo = NectarServer.start(cache, painter.url(), settings)) {
      assertThat(demo.get(target).statusCode()).isEqualTo(200);
      assertThat(demo.get(target.replace("apple", "pear")).statusCode()).isEqualTo(401);
    }
  }

  private static String example(String language) throws Exception {
    var readme = Files.readString(Path.of("README.md"));
    var section = readme.substring(readme.indexOf("\n## Signed URLs\n"));
    var block = Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(section);
    assertThat(block.find()).isTrue();
    return block.group(1);
  }
}
