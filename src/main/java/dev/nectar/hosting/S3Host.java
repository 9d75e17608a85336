package dev.nectar.hosting;

import static java.util.Objects.requireNonNull;

import dev.nectar.http.Deadline;
import dev.nectar.http.HttpCalls;
import dev.nectar.image.ImageFormat;
import dev.nectar.image.staging.StagedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * A bucket of any store that speaks S3, published by whoever serves it at the public URL. The SDK
 * signs; its client is left out, since it reads the machine's own AWS profile whatever it is told.
 */
final class S3Host implements ImageHost {

  /** An object is named after what it was made from, so it never changes. */
  private static final String CACHE_CONTROL = "public, max-age=31536000, immutable";

  private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

  private final HttpCalls http;
  private final String bucketUrl;
  private final String publicUrl;
  private final String region;
  private final AwsCredentialsIdentity credentials;

  S3Host(HostingSettings settings, HttpCalls http) {
    this.http = http;
    this.bucketUrl = base(settings.s3Endpoint()) + "/" + requireNonNull(settings.s3Bucket());
    this.publicUrl = base(settings.s3PublicUrl());
    this.region = requireNonNull(settings.s3Region());
    this.credentials =
        AwsCredentialsIdentity.create(
            requireNonNull(settings.s3AccessKey()), requireNonNull(settings.s3SecretKey()));
  }

  private static String base(@Nullable URI url) {
    return requireNonNull(url).toASCIIString().replaceFirst("/+$", "");
  }

  @Override
  public Hosting host(String name, StagedImage image, Deadline deadline) {
    var key = name + "." + image.format().extension();
    try {
      var status = http.call(put(key, image), deadline, answer -> answer.getCode());
      return status / 100 == 2
          ? new Hosting.Published(URI.create(publicUrl + "/" + key))
          : new Hosting.Failed("status " + status);
    } catch (IOException e) {
      return new Hosting.Failed(UploadFaults.describe(e));
    }
  }

  /** In one piece: chunks with signatures and checksums in trailers are news to many stores. */
  private HttpPut put(String key, StagedImage image) throws IOException {
    var signed = sign(unsigned(key, image.format()), image);
    var put = new HttpPut(signed.getUri());
    signed.forEachHeader((name, values) -> put.setHeader(name, values.getFirst()));
    put.setEntity(new InputStreamEntity(image.open(), image.size(), null));
    return put;
  }

  private SdkHttpRequest unsigned(String key, ImageFormat format) {
    return SdkHttpRequest.builder()
        .method(SdkHttpMethod.PUT)
        .uri(URI.create(bucketUrl + "/" + key))
        .putHeader(HttpHeaders.CONTENT_TYPE, format.mediaType())
        .putHeader(HttpHeaders.CACHE_CONTROL, CACHE_CONTROL)
        .build();
  }

  private SdkHttpRequest sign(SdkHttpRequest request, StagedImage image) throws IOException {
    try {
      return SIGNER
          .sign(signing ->
              signing
                  .identity(credentials)
                  .request(request)
                  .payload(ContentStreamProvider.fromInputStreamSupplier(image::open))
                  .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                  .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                  .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                  .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false))
          .request();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
