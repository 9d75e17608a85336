package dev.nectar.backend.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nectar.http.ApiBase;
import java.util.Base64;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.message.BasicHeader;
import org.jspecify.annotations.Nullable;

/** What a back end is shown so that it answers. */
final class Credentials {

  private Credentials() {}

  /** The bearer token, else the user info of the URL by Basic authentication, else nothing. */
  static List<Header> of(ApiBase api, @Nullable String token) {
    if (token != null) {
      return List.of(new BasicHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token, true));
    }
    var userInfo = api.userInfo();
    return userInfo == null
        ? List.of()
        : List.of(
            new BasicHeader(
                HttpHeaders.AUTHORIZATION,
                "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(UTF_8)),
                true));
  }
}
