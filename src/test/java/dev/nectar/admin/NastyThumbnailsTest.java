package dev.nectar.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.variant.NastyImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a process with a small heap, which the first allocation that fails ends. */
@Tag("slow")
class NastyThumbnailsTest {

  @Test
  void thumbnails_thatWouldTakeTheHeapSeveralTimes_costTheProcessNothing(
      @TempDir Path images, @TempDir Path output) throws Exception {
    var nasty = NastyImages.all();
    for (var image : nasty.entrySet()) {
      Files.write(images.resolve(image.getKey()), image.getValue());
    }
    var told = output.resolve("told");

    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                ThumbnailsChild.class.getName(),
                images.toString())
            .redirectErrorStream(true)
            .redirectOutput(told.toFile())
            .start();

    assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
    assertThat(told).content(UTF_8).doesNotContain("OutOfMemoryError");
    assertThat(process.exitValue()).isZero();
    for (var name : nasty.keySet()) {
      var outcome = name.startsWith("fine") ? ": Decoded" : ": Undecodable";
      assertThat(Files.readAllLines(told))
          .filteredOn(line -> line.startsWith(name + ": "))
          .hasSize(2)
          .allSatisfy(line -> assertThat(line).startsWith(name + outcome));
    }
  }
}
