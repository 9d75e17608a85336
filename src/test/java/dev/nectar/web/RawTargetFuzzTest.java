package dev.nectar.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.nectar.image.InvalidImageRequestException;
import java.lang.reflect.Proxy;
import java.util.HexFormat;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;

/** Whatever stands in a request line, the prompt is what was encoded, or there is none. */
class RawTargetFuzzTest {

  private static final String PROMPT = RawTarget.class.getName() + ".prompt";

  private final RawTarget target =
      new RawTarget(
          (Adapter)
              Proxy.newProxyInstance(
                  Adapter.class.getClassLoader(),
                  new Class<?>[] {Adapter.class},
                  (proxy, method, arguments) -> null));

  @FuzzTest
  void prompt(byte[] path) throws Exception {
    var request = new Request();
    request.requestURI().setBytes(path, 0, path.length);

    target.service(request, new Response());

    var raw = new String(path, ISO_8859_1);
    var prompt = request.getAttribute(PROMPT);
    if (raw.startsWith("/prompt/")) {
      assertThat(prompt).isEqualTo(raw.substring("/prompt/".length()));
      assertThat(request.requestURI().toString()).isEqualTo("/prompt");
      assertDecodedOnce((String) prompt);
    } else {
      assertThat(prompt).isNull();
      assertDecodedOnce(raw);
    }
  }

  private static void assertDecodedOnce(String encoded) {
    String text;
    try {
      text = PercentText.decode(encoded);
    } catch (InvalidImageRequestException e) {
      assertThat(e).hasMessageStartingWith("The URL");
      return;
    }
    if (encoded.indexOf('%') < 0) {
      assertThat(text).isEqualTo(new String(encoded.getBytes(ISO_8859_1), UTF_8));
    }
    var escapes = HexFormat.ofDelimiter("%").formatHex(text.getBytes(UTF_8));
    assertThat(PercentText.decode(text.isEmpty() ? "" : "%" + escapes)).isEqualTo(text);
  }
}
