package dev.nectar.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * S3Proxy, in a process of its own because its libraries would not get on with ours. It checks
 * signatures, and keeps what it gets in memory.
 */
final class S3Server implements AutoCloseable {

  static final String ACCESS_KEY = "hidden-access-key";
  static final String SECRET_KEY = "hidden-secret-key";

  private static final Path JAR = Path.of("target", "s3proxy", "s3proxy.jar");
  private static final Pattern ADDRESS =
      Pattern.compile("Started ServerConnector.*\\{127\\.0\\.0\\.1:(\\d+)}");
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final Process process;
  private final URI url;

  private S3Server(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /**
   * A server with no bucket yet.
   *
   * @param directory for its settings and its log
   */
  static S3Server start(Path directory) throws IOException {
    assertThat(JAR).as("copied there by Maven's process-test-resources").exists();
    var settings = directory.resolve("s3proxy.conf");
    Files.write(
        settings,
        List.of(
            "s3proxy.endpoint=http://127.0.0.1:0",
            "s3proxy.authorization=aws-v4",
            "s3proxy.identity=" + ACCESS_KEY,
            "s3proxy.credential=" + SECRET_KEY,
            "jclouds.provider=transient-nio2",
            "jclouds.identity=none",
            "jclouds.credential=none"));
    var log = directory.resolve("s3proxy.log");
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                JAR.toString(),
                "org.gaul.s3proxy.Main",
                "--properties",
                settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new S3Server(process, await().atMost(TIMEOUT).until(() -> url(log), Objects::nonNull));
  }

  private static @Nullable URI url(Path log) throws IOException {
    var address = ADDRESS.matcher(Files.readString(log));
    return address.find() ? URI.create("http://127.0.0.1:" + address.group(1)) : null;
  }

  URI url() {
    return url;
  }

  /** Sends a signed request without a body. */
  HttpResponse<byte[]> send(SdkHttpMethod method, String path)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(url.resolve(path));
    signed(method, path)
        .forEachHeader((name, values) -> {
          if (!name.equals("Host")) {
            request.header(name, values.getFirst());
          }
        });
    try (var client = HttpClient.newHttpClient()) {
      return client.send(
          request.method(method.name(), HttpRequest.BodyPublishers.noBody()).build(),
          HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  private SdkHttpRequest signed(SdkHttpMethod method, String path) {
    return AwsV4HttpSigner.create()
        .sign(signing ->
            signing
                .identity(AwsCredentialsIdentity.create(ACCESS_KEY, SECRET_KEY))
                .request(SdkHttpRequest.builder().method(method).uri(url.resolve(path)).build())
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-central-1"))
        .request();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
