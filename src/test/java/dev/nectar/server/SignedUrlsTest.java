package dev.nectar.server;

import static dev.nectar.server.NectarServer.header;
import static dev.nectar.server.NectarServer.json;
import static dev.nectar.server.NectarServer.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Links to images that need no key. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignedUrlsTest {

  private static final String NEW_KEY = "the-newer-signing-key";
  private static final String OLD_KEY = "the-older-signing-key";

  private final byte[] png = SampleImages.png(500, 1);
  private final Painter painter = Painter.start();
  private final Path cache;
  private final NectarServer nectar;

  SignedUrlsTest(@TempDir Path cache) {
    this.cache = cache;
    nectar = start(Map.of("URL_SIGNING_KEYS", NEW_KEY + "," + OLD_KEY));
  }

  @BeforeEach
  void paint() {
    painter.paints(png);
  }

  @AfterAll
  void stop() {
    nectar.close();
    painter.close();
  }

  @Test
  void url_signed_needsNoKeyAndIsPublic() throws Exception {
    var url = sign("{\"prompt\":\"a/red apple, 100%\",\"width\":64,\"quality\":\"hd\"}");

    assertThat(url.getAuthority()).isEqualTo("localhost:" + nectar.port());
    var answer = nectar.get(target(url));
    assertThat(answer.body()).isEqualTo(png);
    assertThat(header(answer, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    var keyed =
        nectar.get(NectarServer.target("a/red apple, 100%") + "&width=64&quality=hd&seed=42");
    assertThat(header(keyed, "X-Cache")).isEqualTo("HIT");
    assertThat(header(keyed, "Cache-Control")).startsWith("private");
    assertThat(nectar.send("HEAD", target(url), "").statusCode()).isEqualTo(200);
  }

  @Test
  void url_thatSomebodyEncodedAnew_staysSigned() throws Exception {
    var target = target(sign("{\"prompt\":\"é/(a) b~\",\"negative_prompt\":\"no + c\"}"));
    assertThat(target).startsWith("/prompt/%C3%A9%2F%28a%29%20b~?negative_prompt=no%20%2B%20c&");

    for (var same :
        new String[] {
          target.replace("%C3%A9", "%c3%a9"),
          target.replace("%2F", "/"),
          target.replace("%28a%29", "(a)"),
          target.replace("b~", "%62%7E"),
          target.replace("no%20%2B%20c", "no+%2b+c"),
          target.replaceFirst("[?](negative[^&]*)&(.*)", "?$2&&$1")
        }) {
      assertThat(same).isNotEqualTo(target);
      assertThat(RawExchange.get(nectar.port(), same).status()).as(same).isEqualTo(200);
    }
  }

  @Test
  void url_changedInAnyWay_is401() throws Exception {
    var target = target(sign("{\"prompt\":\"an apple\",\"width\":64,\"height\":64}"));

    for (var other :
        new String[] {
          target.replace("apple", "pear"),
          target.replace("/prompt/", "/image/"),
          target.replace("width=64", "width=65"),
          target.replace("&width=64", ""),
          target.replace("width=64", "%77idth=64"),
          target + "&model=other",
          target + "&seed=7",
          target + "&no-cache",
          target.replace("sig=", "sig=A"),
          target.replaceFirst("&sig=.*", "&sig="),
          target + "&key=wrong"
        }) {
      var answer = nectar.get(other);
      assertThat(answer.statusCode()).as(other).isEqualTo(401);
      assertThat(json(answer).get("detail").asString()).containsIgnoringCase("sign");
    }
    assertThat(nectar.send("POST", target, "{\"prompt\":\"a\"}").statusCode()).isEqualTo(401);
    assertThat(RawExchange.get(nectar.port(), target + "&model=%zz").status()).isEqualTo(401);
  }

  @Test
  void url_thatExpires_endsAtItsTime() throws Exception {
    var target = target(sign("{\"prompt\":\"for a while\",\"expiresIn\":600}"));

    var caching = header(nectar.get(target), "Cache-Control");
    var age = Pattern.compile("public, max-age=(\\d+), immutable").matcher(caching);
    assertThat(age.matches()).as(caching).isTrue();
    assertThat(Integer.parseInt(age.group(1))).isBetween(500, 600);
    var later = Pattern.compile("exp=\\d+").matcher(target).replaceFirst("exp=9999999999");
    assertThat(nectar.get(later).statusCode()).isEqualTo(401);
    var past = nectar.get(target(sign("{\"prompt\":\"for a while\",\"exp\":1700000000}")));
    assertThat(past.statusCode()).isEqualTo(401);
    assertThat(json(past).get("detail").asString()).contains("expired at 2023-11-14T22:13:20Z");
  }

  @Test
  void sign_withALife_tellsWhenItEnds() throws Exception {
    var now = Instant.now().getEpochSecond();

    var answer = json(ask("{\"prompt\":\"a\",\"expiresIn\":600}"));

    assertThat(answer.get("expires").asLong()).isBetween(now + 600, now + 660);
    assertThat(answer.get("url").asString()).contains("exp=" + answer.get("expires").asLong());
    assertThat(json(ask("{\"prompt\":\"a\"}")).has("expires")).isFalse();
  }

  @Test
  void keys_rotated_areVerifiedUntilTheyLeave() throws Exception {
    var newer = target(sign("{\"prompt\":\"rotated\"}"));

    try (var before = start(Map.of("URL_SIGNING_KEYS", OLD_KEY));
        var after = start(Map.of("URL_SIGNING_KEYS", "the-newest-signing-key," + NEW_KEY))) {
      var older = target(url(before, "{\"prompt\":\"rotated\"}"));
      assertThat(older).isNotEqualTo(newer);
      assertThat(nectar.get(older).statusCode()).isEqualTo(200);
      assertThat(before.get(newer).statusCode()).isEqualTo(401);
      assertThat(after.get(newer).statusCode()).isEqualTo(200);
      assertThat(after.get(older).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void seed_drawnWhenSigned_staysTheSame() throws Exception {
    var target = target(sign("{\"prompt\":\"drawn\",\"seed\":-1}"));

    assertThat(target).doesNotContain("seed=-1");
    assertThat(header(nectar.get(target), "X-Cache")).isEqualTo("MISS");
    assertThat(header(nectar.get(target), "X-Cache")).isEqualTo("HIT");
  }

  /** Signed by hand: {@code POST /sign} never gives such a URL. */
  @Test
  void noCache_ofASignedUrl_isNotHeard() throws Exception {
    var text = "/prompt/signed?no-cache=true";
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(NEW_KEY.getBytes(UTF_8), "HmacSHA256"));
    var signature =
        Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(text.getBytes(UTF_8)));

    assertThat(header(nectar.get(text + "&sig=" + signature), "X-Cache")).isEqualTo("MISS");
    assertThat(header(nectar.get(text + "&sig=" + signature), "X-Cache")).isEqualTo("HIT");
  }

  @Test
  void publicUrl_isTheBaseOfLinks() throws Exception {
    var settings = Map.of("URL_SIGNING_KEYS", NEW_KEY, "PUBLIC_URL", "https://images.example/n/");
    try (var named = start(settings)) {
      var url = url(named, "{\"prompt\":\"a\"}");

      assertThat(url.toString()).startsWith("https://images.example/n/prompt/a?");
      assertThat(nectar.get(target(url).substring(2)).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void events_askedByALink_tellThatVeryLinkHoweverOldItsKey() throws Exception {
    try (var before = start(Map.of("URL_SIGNING_KEYS", OLD_KEY))) {
      for (var body :
          new String[] {
            "{\"prompt\":\"told / again\"}", "{\"prompt\":\"told / again\",\"expiresIn\":600}"
          }) {
        var older = target(url(before, body));

        var events = text(nectar.get(older, "Accept", "text/event-stream"));

        assertThat(events).contains("\"url\":\"http://localhost:" + nectar.port() + older + "\"");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"prompt\":\"\"};prompt",
        "{\"prompt\":\"a\",\"width\":1};'width'",
        "{\"prompt\":\"a\",\"exp\":0};'exp'",
        "{\"prompt\":\"a\",\"exp\":1.5};'exp'",
        "{\"prompt\":\"a\",\"expiresIn\":-1};'expiresIn'",
        "{\"prompt\":\"a\",\"expiresIn\":\"1h\"};'expiresIn'",
        "{\"prompt\":\"a\",\"expiresIn\":9999999999999999999};'expiresIn'",
        "{\"prompt\":\"a\",\"exp\":1,\"expiresIn\":1};'exp'",
        "[];JSON"
      })
  void sign_ofWhatIsFaulty_is400ThatSaysWhy(String body, String why) throws Exception {
    var answer = ask(body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).get("detail").asString()).contains(why);
  }

  @Test
  void prompt_tooLongForAUrl_is400() throws Exception {
    var answer = ask("{\"prompt\":\"" + "语".repeat(32_000) + "\"}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).get("detail").asString()).contains("too long for a URL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?key=wrong", "?sig=x"})
  void sign_withoutTheKey_is401(String query) throws Exception {
    assertThat(nectar.send("POST", "/sign" + query, "{").statusCode()).isEqualTo(401);
  }

  private NectarServer start(Map<String, String> settings) {
    return NectarServer.start(cache, painter.url(), settings);
  }

  private HttpResponse<byte[]> ask(String body) throws IOException, InterruptedException {
    return nectar.send("POST", "/sign?key=" + NectarServer.KEY, body);
  }

  private URI sign(String body) throws IOException, InterruptedException {
    return url(nectar, body);
  }

  private static URI url(NectarServer server, String body)
      throws IOException, InterruptedException {
    var answer = server.send("POST", "/sign?key=" + NectarServer.KEY, body);
    return URI.create(json(answer).get("url").asString());
  }

  private static String target(URI url) {
    return url.getRawPath() + "?" + url.getRawQuery();
  }
}
