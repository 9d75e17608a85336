package dev.nectar.web.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.image.InvalidImageRequestException;
import dev.nectar.observe.Traces;
import dev.nectar.web.PercentText;
import dev.nectar.web.RawRequest;
import java.lang.reflect.Proxy;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.apache.coyote.Adapter;
import org.apache.coyote.InputBuffer;
import org.apache.coyote.Request;
import org.apache.coyote.Response;

/** Whatever stands in a request line, the prompt is what was encoded, or there is none. */
class RawTargetFuzzTest {

  private static final Pattern PREFIX = Pattern.compile("/+((prompt|image|p)/)");

  private final RawTarget target =
      new RawTarget(
          doingNothing(Adapter.class), Traces.NONE, new AnswersAtHand(Ticker.systemTicker()));

  private static <T> T doingNothing(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> method.getReturnType() == int.class ? -1 : null));
  }

  @FuzzTest
  void prompt(byte[] path) throws Exception {
    var request = new Request();
    var response = new Response();
    request.setResponse(response);
    request.setInputBuffer(doingNothing(InputBuffer.class));
    request.requestURI().setBytes(path, 0, path.length);

    target.service(request, response);

    var raw = new String(path, ISO_8859_1);
    var prompt = request.getAttribute(RawRequest.PROMPT_ATTRIBUTE);
    var prefix = PREFIX.matcher(raw);
    var api = ApiPath.of(raw, false);
    if (prefix.lookingAt() && !PlainPath.of(raw).equals("/image/models")) {
      assertThat(prompt).isEqualTo(raw.substring(prefix.end()));
      assertThat(request.requestURI().toString() + "/").isEqualTo("/" + prefix.group(1));
      assertDecodedOnce((String) prompt);
    } else {
      assertThat(prompt).isNull();
      assertThat(request.requestURI().toString())
          .isEqualTo(api.map(ApiPath::path).orElseGet(() -> PlainPath.of(raw)));
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
