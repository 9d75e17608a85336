package dev.nectar.generation;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.account.Accounts;
import dev.nectar.account.Accounts.Charge;
import dev.nectar.account.CostMeters;
import dev.nectar.account.Painters;
import dev.nectar.account.Prices;
import dev.nectar.account.sqlite.SqliteLedger;
import dev.nectar.backend.BackendReply;
import dev.nectar.backend.BackendReply.Painted;
import dev.nectar.backend.BackendRound;
import dev.nectar.backend.FailedAttempts;
import dev.nectar.backend.Fallback;
import dev.nectar.backend.ImageBackend;
import dev.nectar.cache.CacheEntry;
import dev.nectar.cache.CacheKey;
import dev.nectar.cache.Expiry;
import dev.nectar.cache.KeyLeases;
import dev.nectar.cache.file.FileCacheStore;
import dev.nectar.hosting.ImageHost;
import dev.nectar.http.Deadline;
import dev.nectar.image.ImageRequest;
import dev.nectar.image.SampleImages;
import dev.nectar.image.staging.StagingArea;
import dev.nectar.observe.StageTimes;
import dev.nectar.prompt.PromptOptimizer;
import dev.nectar.prompt.SafetyRewriter;
import dev.nectar.storage.WarningLimit;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One generation without back ends, whose fallback paints or not. */
class GenerationTest {

  private static final ImageRequest REQUEST = new ImageRequest("an apple", null, null, 42, false);
  private static final CacheKey KEY = CacheKey.of(REQUEST);
  private static final byte[] PNG = SampleImages.png(300, 1);
  private static final URI LINK = URI.create("https://images.example/apple.png");

  private final Clock clock = Clock.systemUTC();
  private final Random random = new Random(1);
  private final StagingArea area;
  private final FileCacheStore cache;
  private final Flight flight = new Flight();
  private final List<String> uploads = new ArrayList<>();
  private final Admission admission =
      new Admission(
          KeyLeases.NONE,
          new GenerationSettings(Duration.ofMinutes(1), 1, Duration.ZERO),
          Ticker.systemTicker());

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final StageTimes times = new StageTimes(registry, Ticker.systemTicker());

  private final SqliteLedger ledger;
  private final Till till;

  GenerationTest(@TempDir Path directory) {
    ledger = new SqliteLedger(directory.resolve("ledger/ledger.db"));
    till =
        new Till(
            new Accounts(ledger, Map.of(), clock),
            new Prices(Map.of()),
            new Painters(Map.of(), null, null, Set.of()),
            new CostMeters(new Painters(Map.of(), null, null, Set.of()), registry));
    area = new StagingArea(directory, 1_000);
    cache =
        new FileCacheStore(
            area,
            10_000,
            new Expiry(Duration.ofHours(1), Duration.ofHours(1), clock),
            random,
            () -> {});
  }

  @AfterEach
  void stop() {
    ledger.close();
    cache.close();
  }

  private GenerationResult run(ImageBackend fallback, ImageKeeper.Place place) {
    var stages =
        new Generation.Stages(
            PromptOptimizer.NONE,
            new BackendRound(List.of(), 2, Duration.ofMinutes(1), Ticker.systemTicker(), random),
            SafetyRewriter.NONE,
            0,
            new Fallback(Optional.of(fallback)),
            new FailedAttempts(clock),
            times);
    var story =
        new GenerationStory(
            REQUEST,
            KEY,
            new Caller("id", Allowance.UNLIMITED, Presence.ASSUMED),
            flight,
            stages.failures(),
            till,
            till.new Bill(Charge.free("id")),
            clock,
            Ticker.systemTicker());
    var outcome =
        new Generation(
                stages,
                new ImageKeeper(place, cache, notes()),
                admission,
                story,
                flight,
                Deadline.in(Duration.ofMinutes(1), Ticker.systemTicker()))
            .run();
    return outcome.result();
  }

  private Notes notes() {
    return new Notes(cache, new WarningLimit());
  }

  private ImageKeeper.Place files() {
    return ImageKeeper.Place.in(cache, times);
  }

  private ImageKeeper.Place host(Runnable meanwhile) {
    return new HostPlace(
        (name, image, deadline) -> {
          uploads.add(name);
          meanwhile.run();
          return new ImageHost.Hosting.Published(LINK);
        },
        notes(),
        times,
        random);
  }

  private Painted painted() {
    try {
      return new Painted(SampleImages.stage(area, PNG), null, null);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void fallback_failing_isRemembered() {
    var result = run((request, deadline) -> new BackendReply.Failed("500"), files());

    assertThat(result).isInstanceOf(GenerationResult.Failed.class);
    assertThat(cache.find(KEY)).get().isInstanceOf(CacheEntry.FallbackFailed.class);
  }

  @Test
  void fallback_cutOffByAStop_isNotRemembered() {
    var result =
        run(
            (request, deadline) -> {
              admission.close();
              return new BackendReply.Failed("cut off");
            },
            files());

    assertThat(result).isEqualTo(new GenerationResult.ShuttingDown());
    assertThat(cache.find(KEY)).isEmpty();
  }

  @Test
  void image_paintedDuringAStop_isKept() {
    var result =
        run(
            (request, deadline) -> {
              admission.close();
              return painted();
            },
            files());

    assertThat(result).isInstanceOf(GenerationResult.Made.class);
    assertThat(cache.find(KEY)).isPresent();
  }

  @Test
  void image_hosted_hasANameOfItsOwnAtEachUpload() {
    for (var upload = 0; upload < 2; upload++) {
      var result = run((request, deadline) -> painted(), host(() -> {}));
      assertThat(result).isInstanceOf(GenerationResult.Hosted.class);
      assertThat(deleted()).isTrue();
    }

    assertThat(uploads)
        .hasSize(2)
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches(KEY + "-[0-9a-f]{8}"));
  }

  private boolean deleted() {
    try {
      return cache.delete(KEY);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void image_forgottenBeforeItsUpload_isNotUploadedAndAnAnswerAllTheSame() {
    var result =
        run(
            (request, deadline) -> {
              flight.forget();
              return painted();
            },
            host(() -> {}));

    assertNotLinked(result);
    assertThat(uploads).isEmpty();
  }

  @Test
  void image_forgottenDuringItsUpload_isNotLinkedAndAnAnswerAllTheSame() {
    assertNotLinked(run((request, deadline) -> painted(), host(flight::forget)));
    assertThat(uploads).hasSize(1);
  }

  @Test
  void image_revokedByAnotherNode_isNeitherUploadedNorLinked() {
    var revoked = new AtomicBoolean();
    flight.begin(
        new KeyLeases.Lease() {
          @Override
          public boolean isRevoked() {
            return revoked.get();
          }

          @Override
          public void close() {}
        });
    assertNotLinked(run((request, deadline) -> painted(), host(() -> revoked.set(true))));
    assertThat(uploads).hasSize(1);

    assertNotLinked(run((request, deadline) -> painted(), host(() -> {})));
    assertThat(uploads).hasSize(1);
  }

  private void assertNotLinked(GenerationResult result) {
    assertThat(result).isInstanceOf(GenerationResult.Made.class);
    var made = (GenerationResult.Made) result;
    assertThat(made.kept()).isFalse();
    assertThat(made.image().open()).hasBinaryContent(PNG);
    made.discard();
    assertThat(cache.find(KEY)).isEmpty();
  }
}
