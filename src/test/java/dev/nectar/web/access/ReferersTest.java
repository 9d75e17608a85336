package dev.nectar.web.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class ReferersTest {

  private static final Referers SOME = new Referers(List.of("Blog.example.com", "*.example.org"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://blog.example.com/",
        "http://BLOG.example.com:8443/a?b#c",
        "https://blog.example.com/a|b^c",
        "https://blog.example.com",
        "https://a.example.org/",
        "https://b.a.example.org/",
        "https://images.nectar.test/"
      })
  void page_ofAnAllowedHostOrOurOwn_isAllowed(String page) {
    assertThat(SOME.allow(from("Referer", page))).isTrue();
    assertThat(SOME.allow(from("Origin", page))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com/",
        "https://www.blog.example.com/",
        "https://blog.example.com.evil.test/",
        "https://evil.test/blog.example.com",
        "https://evil.test/?https://blog.example.com/",
        "https://blog.example.com@evil.test/",
        "https://example.org/",
        "https://notexample.org/",
        "https://[::1]/",
        "app://blog.example.com/",
        "null",
        "",
        "junk"
      })
  void page_ofAnotherHost_isNot(String page) {
    assertThat(SOME.allow(from("Referer", page))).isFalse();
    assertThat(SOME.allow(from("Origin", page))).isFalse();
  }

  @Test
  void origin_ofAnotherHostThanTheReferer_isNot() {
    var request = from("Referer", "https://blog.example.com/");
    request.addHeader("Origin", "https://evil.test");

    assertThat(SOME.allow(request)).isFalse();
  }

  @Test
  void request_fromNoPage_isAllowed() {
    assertThat(SOME.allow(new MockHttpServletRequest())).isTrue();
  }

  @Test
  void page_ofAnyHost_isAllowedIfNoneIsNamed() {
    assertThat(new Referers(List.of()).allow(from("Referer", "https://evil.test/"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://example.com", "example.com/blog", "*", "a.*.com", "example.com:80"})
  void entry_noHost_isRefused(String entry) {
    assertThatThrownBy(() -> new Referers(List.of(entry)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static MockHttpServletRequest from(String header, String page) {
    var request = new MockHttpServletRequest();
    request.setServerName("images.nectar.test");
    request.addHeader(header, page);
    return request;
  }
}
