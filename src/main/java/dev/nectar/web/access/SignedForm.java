package dev.nectar.web.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.web.util.UriUtils;

/**
 * The one way to write a request for an image, which is what a signature covers: browsers and
 * proxies may escape what they pass on in another way, and order parameters anew.
 */
final class SignedForm {

  private SignedForm() {}

  /**
   * {@code path/prompt?name=value&…}: whatever RFC 3986 does not call unreserved is escaped, and
   * the pairs are sorted as they stand.
   */
  static String of(String path, String prompt, List<Map.Entry<String, String>> parameters) {
    return parameters.stream()
        .map(parameter -> escaped(parameter.getKey()) + "=" + escaped(parameter.getValue()))
        .sorted()
        .collect(Collectors.joining("&", path + "/" + escaped(prompt) + "?", ""));
  }

  private static String escaped(String text) {
    return UriUtils.encode(text, UTF_8);
  }
}
