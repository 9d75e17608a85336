package dev.nectar.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.hc.core5.net.PercentCodec;
import org.jspecify.annotations.Nullable;

/**
 * Where an API lives, however its operator wrote it: with or without a version, with or without a
 * trailing slash, or as the whole URL of an endpoint.
 */
public record ApiBase(URI url) {

  /** {@link URI} finds no host in a name with an underscore, which is one all the same. */
  private static final Pattern AUTHORITY = Pattern.compile("(?:[^@]*@)?[\\w.-]+(?::\\d{1,5})?");

  private static final Pattern VERSION = Pattern.compile("(?:^|/)v\\d[^/]*(?:/|$)");

  private static final String AZURE_DEPLOYMENTS = "/openai/deployments/";

  /** What a URL ends in that is an endpoint, no base. */
  private static final Pattern ENDPOINT =
      Pattern.compile(
          "/(images(?:/generations|/edits)?|chat/completions|(?:models/)?[^/]+:generateContent"
              + "|sdapi/v1(?:/txt2img|/img2img)?)/*$");

  private static final String GEMINI_ENDING = ":generateContent";

  private static final Pattern AZURE =
      Pattern.compile(".+\\.(?:openai|services\\.ai|cognitiveservices)\\.azure\\.com");

  /** Whether the text is an absolute http or https URL. */
  public static boolean isValid(String text) {
    try {
      var url = URI.create(text);
      var scheme = url.getScheme();
      var authority = url.getRawAuthority();
      return authority != null
          && (url.getHost() != null || AUTHORITY.matcher(authority).matches())
          && url.getFragment() == null
          && scheme != null
          && scheme.toLowerCase(Locale.ROOT).matches("https?");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Reads a base URL.
   *
   * @throws IllegalArgumentException unless {@link #isValid}
   */
  public static ApiBase parse(String text) {
    return new ApiBase(URI.create(text));
  }

  /**
   * The URL of an endpoint such as {@code images/generations}, without user info. A base that ends
   * in this endpoint already is it; the ending of another one gives way.
   */
  public URI endpoint(String path) {
    var query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    return URI.create(origin() + path(path) + query);
  }

  private String path(String endpoint) {
    var base = url.getRawPath();
    var ending = ENDPOINT.matcher(base);
    if (ending.find()) {
      return isFor(ending.group(1), endpoint)
          ? base
          : base.substring(0, ending.start()) + "/" + endpoint;
    }
    return base.replaceFirst("/+$", "") + version(base, endpoint) + "/" + endpoint;
  }

  private static boolean isFor(String ending, String endpoint) {
    return ending.equals(endpoint)
        || (ending.equals("images") && endpoint.equals("images/generations"))
        || (ending.endsWith(GEMINI_ENDING) && endpoint.endsWith(GEMINI_ENDING));
  }

  /** What to insert where neither of them names a version. */
  private static String version(String base, String endpoint) {
    if (VERSION.matcher(base).find()
        || base.contains(AZURE_DEPLOYMENTS)
        || VERSION.matcher(endpoint).find()) {
      return "";
    }
    return endpoint.endsWith(GEMINI_ENDING) ? "/v1beta" : "/v1";
  }

  /**
   * The headers by which a request is let in: a bearer token, which Azure wants as {@code api-key}
   * too, else the URL's user info; empty if there is neither.
   */
  public Map<String, String> credentials(@Nullable String token) {
    if (token != null) {
      var bearer = "Bearer " + token;
      return AZURE.matcher(HostAndPort.of(url).host()).matches()
          ? Map.of("Authorization", bearer, "api-key", token)
          : Map.of("Authorization", bearer);
    }
    var userInfo = userInfo();
    return userInfo == null
        ? Map.of()
        : Map.of(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(UTF_8)));
  }

  /** As it may be shown: without user info and query. */
  public String publicForm() {
    return origin() + url.getRawPath();
  }

  /**
   * What each of these is called where it may be shown: its public form, with a number behind it
   * where several have the same.
   */
  public static Map<String, String> publicNames(List<String> urls) {
    var taken = new HashMap<String, Integer>();
    var names = new LinkedHashMap<String, String>();
    for (var url : urls) {
      var form = parse(url).publicForm();
      var number = taken.merge(form, 1, Integer::sum);
      names.put(url, number == 1 ? form : form + "#" + number);
    }
    return names;
  }

  /** {@code user:password}; null if there is none. */
  private @Nullable String userInfo() {
    var authority = url.getRawAuthority();
    var end = authority.lastIndexOf('@');
    return end < 0 ? null : PercentCodec.decode(authority.substring(0, end), UTF_8);
  }

  private String origin() {
    var authority = url.getRawAuthority();
    return url.getScheme() + "://" + authority.substring(authority.lastIndexOf('@') + 1);
  }
}
