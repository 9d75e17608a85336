package dev.nectar.cache;

import dev.nectar.image.ImageRequest;
import dev.nectar.image.ImageSize;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The key of a request, which every request needs before anything else, hits included. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CacheKeyBenchmark {

  @Param({"20", "200", "8000"})
  int promptLength;

  private ImageRequest request = request(1);

  @Setup
  public void prepare() {
    request = request(promptLength);
  }

  @Benchmark
  public CacheKey key() {
    return CacheKey.of(request);
  }

  private static ImageRequest request(int promptLength) {
    return new ImageRequest(
        "a red apple ".repeat(promptLength).substring(0, promptLength),
        new ImageSize(1024, 768),
        "flux",
        ImageRequest.DEFAULT_SEED,
        false);
  }
}
