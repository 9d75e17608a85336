package dev.nectar.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.hosting.ImageHost.Hosting;
import dev.nectar.hosting.ImageHost.Hosting.Published;
import dev.nectar.hosting.UploadServer.Upload;
import dev.nectar.http.Deadline;
import dev.nectar.http.HttpCalls;
import dev.nectar.image.SampleImages;
import dev.nectar.image.staging.StagedImage;
import dev.nectar.image.staging.StagingArea;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes over the wire to a store, which may be anybody's. */
class S3RequestTest {

  private static final byte[] BYTES = SampleImages.png(100_000, 1);

  @TempDir private Path directory;

  private final HttpCalls http = new HttpCalls(1);
  private StagedImage image;
  private UploadServer store;

  @BeforeEach
  void start() throws IOException {
    image = SampleImages.stage(new StagingArea(directory, 1_000_000), BYTES);
    store = UploadServer.answering(200, "");
  }

  @AfterEach
  void stop() throws IOException {
    store.close();
    image.close();
    http.close();
  }

  @Test
  void upload_isOnePieceWithNothingThatStoresMayNotKnow() {
    var request = upload();
    assertThat(request.line()).isEqualTo("PUT /storage/v1/s3/pictures/name.png HTTP/1.1");
    assertThat(request.head().lines().skip(1).filter(line -> !line.isEmpty()))
        .extracting(line -> line.replaceFirst(":.*", ""))
        .containsExactlyInAnyOrder(
            "Host",
            "Connection",
            "User-Agent",
            "Content-Length",
            "Content-Type",
            "Cache-Control",
            "Authorization",
            "X-Amz-Date",
            "x-amz-content-sha256");
    assertThat(request.header("Content-Length")).isEqualTo("100000");
    assertThat(request.header("Content-Type")).isEqualTo("image/png");
    assertThat(request.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(request.header("x-amz-content-sha256")).isEqualTo(image.sha256());
    assertThat(request.header("Authorization"))
        .matches(
            "AWS4-HMAC-SHA256 Credential=an-access-key/\\d{8}/eu-central-1/s3/aws4_request, .*")
        .contains("SignedHeaders=cache-control;content-type;host;x-amz-content-sha256;x-amz-date,");
    assertThat(request.body()).isEqualTo(BYTES);
  }

  @Test
  void settingsOfTheMachine_areNotRead() throws IOException {
    var malformed = Files.writeString(directory.resolve("config"), "[default\nnonsense").toString();
    var surroundings =
        Map.of(
            "aws.configFile", malformed,
            "aws.sharedCredentialsFile", malformed,
            "aws.region", "us-gov-west-1",
            "aws.accessKeyId", "another",
            "aws.secretAccessKey", "another",
            "aws.sessionToken", "another",
            "aws.endpointUrl", "http://127.0.0.1:1",
            "aws.requestChecksumCalculation", "WHEN_SUPPORTED",
            "http.proxyHost", "127.0.0.1",
            "http.proxyPort", "1");
    var alone = upload();
    surroundings.forEach(System::setProperty);
    try {
      assertThat(lasting(upload())).isEqualTo(lasting(alone));
    } finally {
      surroundings.keySet().forEach(System::clearProperty);
    }
  }

  /** All of the head that does not depend on the time. */
  private static String lasting(Upload request) {
    return request.head().replaceAll("X-Amz-Date: .*|/\\d{8}/|Signature=.*", "");
  }

  private Upload upload() {
    assertThat(publish(HostingCase.s3(store.url("/storage/v1/s3/"), "an-access-key", "a-secret")))
        .isInstanceOf(Published.class);
    return store.uploads().getLast();
  }

  @ParameterizedTest
  @CsvSource({
    "https://cdn.example.com, https://cdn.example.com/name.png",
    "https://cdn.example.com/, https://cdn.example.com/name.png",
    "http://cdn.example.com:9000/a/b//, http://cdn.example.com:9000/a/b/name.png",
    "https://cdn.example.com/图/, https://cdn.example.com/%E5%9B%BE/name.png"
  })
  void publicUrl_isTheBaseOfTheLink(String base, String link) {
    var variables = HostingCase.s3(store.url("/"), "an-access-key", "a-secret");
    assertThat(publish(HostingCase.with(variables, "S3_PUBLIC_URL", base)))
        .isEqualTo(new Published(URI.create(link)));
  }

  private Hosting publish(Map<String, String> variables) {
    return new S3Host(HostingCase.settings(variables), http)
        .host("name", image, Deadline.in(Duration.ofMinutes(10), Ticker.systemTicker()));
  }
}
