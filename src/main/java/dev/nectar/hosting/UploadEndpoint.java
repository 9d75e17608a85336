package dev.nectar.hosting;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where files are posted to.
 *
 * @param url without user info, with a path
 * @param credentials the user info in the form of a header; null if there was none
 */
record UploadEndpoint(URI url, @Nullable String credentials) {

  /**
   * The endpoint that its operator wrote.
   *
   * @param written absolute, with a host
   */
  static UploadEndpoint of(URI written) {
    var port = written.getPort() < 0 ? "" : ":" + written.getPort();
    var path = written.getRawPath().isEmpty() ? "/" : written.getRawPath();
    var query = written.getRawQuery() == null ? "" : "?" + written.getRawQuery();
    var url = URI.create(written.getScheme() + "://" + written.getHost() + port + path + query);
    return new UploadEndpoint(URI.create(url.toASCIIString()), credentials(written.getUserInfo()));
  }

  private static @Nullable String credentials(@Nullable String userInfo) {
    return userInfo == null
        ? null
        : "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(UTF_8));
  }

  /** The same with one parameter more. */
  UploadEndpoint with(String parameter, String value) {
    var encoded = URLEncoder.encode(value, UTF_8).replace("+", "%20");
    var separator = url.getRawQuery() == null ? "?" : "&";
    return new UploadEndpoint(URI.create(url + separator + parameter + "=" + encoded), credentials);
  }
}
