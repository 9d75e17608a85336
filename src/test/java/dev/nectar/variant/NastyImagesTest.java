package dev.nectar.variant;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process with a small heap, which the first allocation that fails ends. */
class NastyImagesTest {

  @Test
  void images_thatWouldTakeTheHeapSeveralTimes_costTheProcessNothing(
      @TempDir Path images, @TempDir Path output) throws Exception {
    for (var image : NastyImages.all().entrySet()) {
      Files.write(images.resolve(image.getKey()), image.getValue());
    }
    var told = output.resolve("told");

    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                DecodingChild.class.getName(),
                images.toString())
            .redirectErrorStream(true)
            .redirectOutput(told.toFile())
            .start();

    assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
    assertThat(told).content(UTF_8).as("what it told").doesNotContain("OutOfMemoryError");
    assertThat(process.exitValue()).isZero();
    assertThat(Files.readAllLines(told))
        .hasSizeGreaterThanOrEqualTo(2 * NastyImages.all().size())
        .allSatisfy(line ->
            assertThat(line).contains(line.startsWith("fine") ? ": Decoded" : ": Undecodable"));
  }
}
