package dev.nectar.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.hosting.ImageHost.Hosting;
import dev.nectar.hosting.ImageHost.Hosting.Failed;
import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.SdkHttpMethod;

/** Against a real S3 server, and where a real one does not do what is needed, a feigned one. */
@Tag("slow")
class S3HostTest extends ImageHostContract {

  @TempDir private static Path directory;

  private static S3Server store;

  @BeforeAll
  static void startStore() throws Exception {
    store = S3Server.start(directory);
    assertThat(store.send(SdkHttpMethod.PUT, "/pictures").statusCode()).isEqualTo(200);
  }

  @AfterAll
  static void stopStore() {
    store.close();
  }

  @Override
  HostingSettings settings(URI server) {
    return HostingCase.settings(variables(server));
  }

  private static Map<String, String> variables(URI server) {
    return HostingCase.s3(server, S3Server.ACCESS_KEY, S3Server.SECRET_KEY);
  }

  @Override
  URI workingServer() {
    return store.url();
  }

  @Override
  URI publishedUrl(String fileName) {
    return URI.create("https://cdn.example.com/pictures/" + fileName);
  }

  @Override
  void assertStored(String fileName, String mediaType, byte[] bytes) throws Exception {
    var object = store.send(SdkHttpMethod.GET, "/pictures/" + fileName);
    assertThat(object.statusCode()).isEqualTo(200);
    assertThat(object.headers().firstValue("Content-Type")).contains(mediaType);
    assertThat(object.headers().firstValue("Cache-Control"))
        .contains("public, max-age=31536000, immutable");
    assertThat(object.body()).isEqualTo(bytes);
  }

  @Test
  void wrongSecretKey_isAFailure() throws IOException {
    assertThat(publishWith("S3_SECRET_KEY", "another-key")).isEqualTo(new Failed("status 403"));
  }

  @Test
  void bucketThatIsNotThere_isAFailure() throws IOException {
    assertThat(publishWith("S3_BUCKET", "no-such-bucket")).isEqualTo(new Failed("status 404"));
  }

  private Hosting publishWith(String variable, String value) throws IOException {
    var settings = HostingCase.with(variables(store.url()), variable, value);
    try (var image = stage(SampleImages.png(300, 1))) {
      return publish(HostingCase.settings(settings), image, late());
    }
  }
}
