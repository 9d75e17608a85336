package dev.nectar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code java -jar} begins with. */
@Tag("slow")
class LauncherTest {

  private static final Path CLASSES = Path.of("target/launcher-classes");
  private static final String LAUNCHER = "dev.nectar.launcher.Launcher";

  /** Made by {@code ./mvnw package}. */
  private static final File JAR = new File("target/nectar.jar");

  /** Of class files, by the JVM's specification. */
  private static final int JAVA_8 = 52;

  private record Run(int exitCode, List<String> lines) {}

  private static Run run(Path java, String... arguments) throws Exception {
    var command = new ProcessBuilder(java.toString()).redirectErrorStream(true);
    command.command().addAll(List.of(arguments));
    var process = command.start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Run(process.waitFor(), output.lines().toList());
  }

  private static Optional<Path> olderJava() throws IOException {
    var machines = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(machines)) {
      return Optional.empty();
    }
    try (var homes = Files.list(machines)) {
      return homes
          .filter(home -> home.getFileName().toString().matches(".*\\b(8|11|17|21)\\b.*"))
          .map(home -> home.resolve("bin/java"))
          .filter(Files::isExecutable)
          .findFirst();
    }
  }

  @Test
  void launcher_isUnderstoodByJava8() throws IOException {
    var bytes = Files.readAllBytes(CLASSES.resolve(LAUNCHER.replace('.', '/') + ".class"));

    assertThat(bytes[6] << 8 | bytes[7]).isEqualTo(JAVA_8);
  }

  @Test
  void olderJava_isToldInOneLineWhichIsNeeded() throws Exception {
    var java = olderJava();
    assumeThat(java).isPresent();

    var run = run(java.orElseThrow(), "-cp", CLASSES.toString(), LAUNCHER);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.lines()).hasSize(1);
    assertThat(run.lines().getFirst()).startsWith("Nectar needs Java 25 or later; this is Java ");
  }

  @Test
  void jar_beginsThere_andGoesOn() throws Exception {
    assumeThat(JAR).exists();
    try (var jar = new JarFile(JAR)) {
      assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class")).isEqualTo(LAUNCHER);
    }

    var run =
        run(
            Path.of(System.getProperty("java.home"), "bin", "java"),
            "-jar",
            JAR.getPath(),
            "--version");

    assertThat(run.exitCode()).isZero();
    assertThat(run.lines()).hasSize(1);
    assertThat(run.lines().getFirst()).startsWith("Nectar ");
  }
}
