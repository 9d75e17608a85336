package dev.nectar.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of its own that runs a class of the tests until it is killed. */
public record ChildJvm(Process process) implements AutoCloseable {

  /**
   * Starts it.
   *
   * @param output takes what the process tells; what is in the pipe when it is killed would be lost
   */
  public static ChildJvm start(Class<?> main, Redirect output, String... arguments)
      throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return new ChildJvm(new ProcessBuilder(command).redirectOutput(output).start());
  }

  /** Waits until it says that it is at work, and for as long as it may go on after that. */
  public void awaitWork(int millis) throws IOException, InterruptedException {
    assertThat(process.errorReader().readLine()).isEqualTo("writing");
    assertThat(process.waitFor(millis, TimeUnit.MILLISECONDS)).as("ended by itself").isFalse();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
