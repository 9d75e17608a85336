package dev.nectar.openai;

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
import dev.nectar.image.ImageSource;
import dev.nectar.image.SampleImages;
import dev.nectar.image.staging.StagingArea;
import dev.nectar.server.Painter;
import dev.nectar.web.HostedImages;
import dev.nectar.web.ImageAnswers;
import dev.nectar.web.access.LinkBase;
import dev.nectar.web.access.SignedLinks;
import dev.nectar.web.access.UrlSignatures;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.ErrorResponseException;

/** Images at a host, for clients that want their bytes or their links. */
class OpenAiPicturesTest {

  private final byte[] png = SampleImages.png(3_000, 1);
  private final Painter host = Painter.start();
  private final RemoteFiles files = new RemoteFiles(10);
  private final Path directory;
  private final OpenAiPictures pictures;

  OpenAiPicturesTest(@TempDir Path directory) {
    this.directory = directory;
    var staging = new StagingArea(directory, 1 << 20);
    pictures =
        new OpenAiPictures(
            new HostedImages(files, staging, _ -> true, Ticker.systemTicker()),
            new SignedLinks(new UrlSignatures(List.of()), new LinkBase(null)));
  }

  @AfterEach
  void stop() {
    files.close();
    host.close();
  }

  private static ImageAnswers.Each each(GenerationResult result) {
    return new ImageAnswers.Each(new ImageAnswer(result, ImageAnswer.CacheUse.HIT, () -> {}), null);
  }

  @Test
  void bytes_ofAHostedImage_areBroughtBackAndNotKept() throws Exception {
    host.answers(aResponse().withBody(png));

    try (var picture = pictures.open(each(hosted()), ResponseForm.BYTES, null)) {
      assertThat(picture.bytes()).hasBinaryContent(png);
      assertThat(picture.url()).isNull();
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void link_ofAHostedImage_isTheHosts() throws Exception {
    try (var picture = pictures.open(each(hosted()), ResponseForm.LINK, "https://ours")) {
      assertThat(picture.url()).isEqualTo(host.url() + "/a.png");
      assertThat(picture.bytes()).isNull();
    }
    assertThat(host.calls()).isEmpty();
  }

  @Test
  void host_thatLostTheImage_isAProblem502() {
    host.answers(WireMock.notFound());

    assertThatThrownBy(() -> pictures.open(each(hosted()), ResponseForm.BYTES, null))
        .isInstanceOfSatisfying(
            ErrorResponseException.class,
            problem -> assertThat(problem.getStatusCode().value()).isEqualTo(502));
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void host_thatLostTheImage_leavesTheLinkWhereBothAreWanted() throws Exception {
    host.answers(WireMock.notFound());

    try (var picture = pictures.open(each(hosted()), ResponseForm.BOTH, null)) {
      assertThat(picture.url()).isEqualTo(host.url() + "/a.png");
      assertThat(picture.bytes()).isNull();
    }
  }

  private static ImageRequest request() {
    return new ImageRequest("an apple", null, null, 42, false);
  }

  private GenerationResult hosted() {
    var story =
        new Provenance(request(), "an apple", null, null, ImageSource.BACKEND, null, Instant.EPOCH);
    var url = URI.create(host.url() + "/a.png");
    return new GenerationResult.Hosted(
        new CacheEntry.Hosted(
            story, new ImageFacts(ImageFormat.PNG, png.length, "ab".repeat(32), null), url));
  }
}
