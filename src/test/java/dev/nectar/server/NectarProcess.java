package dev.nectar.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;

/** The server in a process of its own, which can be killed. */
final class NectarProcess implements AutoCloseable {

  private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

  private final Process process;
  private final int port;

  private NectarProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** With this environment alone, in this directory, writing to {@code output} there. */
  static ProcessBuilder builder(Path directory, Map<String, String> environment) {
    return builder(
        directory,
        environment,
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        "dev.nectar.NectarApplication");
  }

  private static ProcessBuilder builder(
      Path directory, Map<String, String> environment, String... program) {
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output").toFile());
    builder.command().addAll(List.of(program));
    builder.environment().putAll(environment);
    return builder;
  }

  /**
   * Started and listening on a port of its own choice.
   *
   * @param wrapper the words of a command that runs another
   */
  static NectarProcess start(Path directory, Map<String, String> environment, String... wrapper)
      throws IOException {
    var builder = builder(directory, environment);
    builder.command().addAll(0, List.of(wrapper));
    return start(directory, builder);
  }

  /** As {@code java -jar} does. */
  static NectarProcess startJar(Path jar, Path directory, Map<String, String> environment)
      throws IOException {
    return start(directory, builder(directory, environment, "-jar", jar.toString()));
  }

  private static NectarProcess start(Path directory, ProcessBuilder builder) throws IOException {
    builder.environment().put("PORT", "0");
    var process = builder.start();
    try {
      return new NectarProcess(process, awaitPort(process, directory.resolve("output")));
    } catch (ConditionTimeoutException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static int awaitPort(Process process, Path output) {
    return await()
        .atMost(Duration.ofMinutes(3))
        .until(
            () -> {
              assertThat(process.isAlive()).isTrue();
              var said = PORT.matcher(Files.readString(output));
              return said.find() ? Integer.parseInt(said.group(1)) : 0;
            },
            found -> found > 0);
  }

  int port() {
    return port;
  }

  /** As by {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** As by {@code kill}. */
  void terminate() {
    process.destroy();
  }

  /** Once it has ended, which must be soon. */
  int exitCode() throws InterruptedException {
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
