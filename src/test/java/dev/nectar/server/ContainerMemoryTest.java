package dev.nectar.server;

import static java.util.regex.Pattern.DOTALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The heap that the container's command takes of the memory that the JVM finds. */
class ContainerMemoryTest {

  private static final Pattern ENTRYPOINT = Pattern.compile("\\nENTRYPOINT (\\[.*?])", DOTALL);
  private static final Pattern MAX_HEAP = Pattern.compile("MaxHeapSize\\s*= (\\d+)");

  private static final long MEGABYTE = 1 << 20;

  @TempDir private Path directory;

  @Test
  void memory_isWhatTheJvmFinds() throws Exception {
    assertThat(flags())
        .noneMatch(flag -> flag.matches("-Xmx.*|-XX:(MaxRAM|MaxHeapSize)=.*"))
        .noneMatch(flag -> flag.equals("-XX:-UseContainerSupport"));

    var machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    assertThat((double) maxHeap(flags()))
        .isCloseTo(machine.getTotalMemorySize() * 0.6, withinPercentage(3));
  }

  /** It stands in for the limit of a container, which the JVM would find. */
  @ParameterizedTest
  @ValueSource(longs = {512, 2_048, 65_536})
  void heap_is60PercentOfTheLimit(long limitMegabytes) throws Exception {
    var flags = new ArrayList<>(flags());
    flags.add("-XX:MaxRAM=" + limitMegabytes * MEGABYTE);

    assertThat((double) maxHeap(flags))
        .isCloseTo(limitMegabytes * MEGABYTE * 0.6, withinPercentage(3));
  }

  /** The command's options but the archive, which is in the image alone. */
  private static List<String> flags() throws Exception {
    var command = ENTRYPOINT.matcher(Files.readString(Path.of("Dockerfile")));
    assertThat(command.find()).isTrue();
    var words = JsonMapper.shared().readValue(command.group(1).replace("\\\n", ""), String[].class);
    var flags =
        List.of(words).stream()
            .skip(1)
            .takeWhile(word -> !word.equals("-jar"))
            .filter(word -> !word.startsWith("-XX:AOTCache="))
            .toList();
    assertThat(flags).isNotEmpty();
    return flags;
  }

  private long maxHeap(List<String> flags) throws Exception {
    var command = new ArrayList<>(flags);
    command.addFirst(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+PrintFlagsFinal", "-version"));
    var run = Command.run(directory, Map.of(), command);
    assertThat(run.exitCode()).as(run.output()).isZero();
    var heap = MAX_HEAP.matcher(run.output());
    assertThat(heap.find()).isTrue();
    return Long.parseLong(heap.group(1));
  }
}
