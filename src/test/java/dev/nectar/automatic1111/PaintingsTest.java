package dev.nectar.automatic1111;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import com.github.tomakehurst.wiremock.client.WireMock;
import dev.nectar.cache.CacheEntry;
import dev.nectar.cache.Provenance;
import dev.nectar.generation.GenerationResult;
import dev.nectar.generation.ImageAnswer;
import dev.nectar.http.RemoteFiles;
import dev.nectar.image.ImageFacts;
import dev.nectar.image.ImageFormat;
import dev.nectar.image.ImageRequest;
import dev.nectar.image.ImageSize;
import dev.nectar.image.ImageSource;
import dev.nectar.image.SampleImages;
import dev.nectar.image.staging.StagingArea;
import dev.nectar.server.Painter;
import dev.nectar.web.HostedImages;
import dev.nectar.web.ImageAnswers;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.ErrorResponseException;
import tools.jackson.databind.json.JsonMapper;

/** Pictures at a host, whose bytes these clients want. */
class PaintingsTest {

  private static final ImageRequest IMAGE =
      new ImageRequest("an apple", new ImageSize(512, 256), null, 1, false);

  private final byte[] png = SampleImages.png(3_000, 1);
  private final Painter host = Painter.start();
  private final RemoteFiles files = new RemoteFiles(10);
  private final Path directory;
  private final HostedImages hosted;

  PaintingsTest(@TempDir Path directory) {
    this.directory = directory;
    this.hosted =
        new HostedImages(
            files, new StagingArea(directory, 1 << 20), _ -> true, Ticker.systemTicker());
  }

  @AfterEach
  void stop() {
    files.close();
    host.close();
  }

  private ImageAnswers.Each each() {
    var story =
        new Provenance(IMAGE, "an apple", null, null, ImageSource.BACKEND, null, Instant.EPOCH);
    var facts = new ImageFacts(ImageFormat.PNG, png.length, "ab".repeat(32), null);
    var entry = new CacheEntry.Hosted(story, facts, URI.create(host.url() + "/a.png"));
    return new ImageAnswers.Each(
        new ImageAnswer(new GenerationResult.Hosted(entry), ImageAnswer.CacheUse.HIT, () -> {}),
        null);
  }

  @Test
  void picture_atAHost_isBroughtBack_withTheSizeThatIsKnown() throws Exception {
    host.answers(aResponse().withBody(png));
    var out = new ByteArrayOutputStream();
    try (var paintings = new Paintings()) {
      paintings.add(IMAGE, each(), hosted);
      paintings.writeTo(out);
    }

    var answer = JsonMapper.shared().readTree(out.toByteArray());
    assertThat(Base64.getDecoder().decode(answer.at("/images/0").asString())).isEqualTo(png);
    var info = JsonMapper.shared().readTree(answer.get("info").asString());
    assertThat(info.get("width").asInt()).isEqualTo(512);
    assertThat(info.get("height").asInt()).isEqualTo(256);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void host_thatLostThePicture_isAProblem502() throws Exception {
    host.answers(WireMock.notFound());
    try (var paintings = new Paintings()) {
      assertThatThrownBy(() -> paintings.add(IMAGE, each(), hosted))
          .isInstanceOfSatisfying(
              ErrorResponseException.class,
              problem -> assertThat(problem.getStatusCode().value()).isEqualTo(502));
    }
  }
}
