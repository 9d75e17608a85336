package dev.nectar.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogRedactionTest {

  @AfterEach
  void forgetSecrets() {
    LogRedaction.hide(Set.of());
  }

  @Test
  void secret_isHiddenAlsoEncoded() {
    LogRedaction.hide(Set.of("s3cr&t key/1", "plainsecret"));

    assertThat(line("a s3cr&t key/1 b s3cr%26t+key%2F1 c s3cr%26t%20key%2F1 d plainsecret"))
        .isEqualTo("a **** b **** c **** d ****");
  }

  @Test
  void secret_insideALongerOne_leavesNoRest() {
    LogRedaction.hide(Set.of("secret", "secret-token"));

    assertThat(line("x secret-token y")).isEqualTo("x **** y");
  }

  @Test
  void signatureAndToken_inAQuery_areHiddenToo() {
    assertThat(line("GET /image/a?token=%73ecret&seed=1&sig=abc HTTP/1.1"))
        .isEqualTo("GET /image/a?token=****&seed=1&sig=**** HTTP/1.1");
  }

  @Test
  void key_inAQuery_isHiddenHoweverEncoded() {
    assertThat(line("GET /prompt/a?key=%73ecret&seed=1 and /b?seed=1&key=x HTTP/1.1"))
        .isEqualTo("GET /prompt/a?key=****&seed=1 and /b?seed=1&key=**** HTTP/1.1");
  }

  @Test
  void published_staysReadable_whereverItStands() {
    LogRedaction.hide(Set.of("public-token", "secret"), Set.of("demo", "public-token"));

    assertThat(line("http://localhost/prompt/a?key=demo&seed=1 public-token"))
        .isEqualTo("http://localhost/prompt/a?key=demo&seed=1 public-token");
    assertThat(line("/a?key=demo2 /b?key=secret&token=dem secret"))
        .isEqualTo("/a?key=**** /b?key=****&token=**** ****");
  }

  @Test
  void authCode_inAQuery_isHiddenHoweverEncoded() {
    assertThat(line("POST /upload?authCode=s%65cret&returnFormat=full HTTP/1.1"))
        .isEqualTo("POST /upload?authCode=****&returnFormat=full HTTP/1.1");
  }

  @Test
  void password_inBasicCredentials_isHidden() {
    assertThat(line("Authorization: Basic YW55Om15LXNlY3JldA== and more"))
        .isEqualTo("Authorization: Basic **** and more");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "key=%s",
        "[key=%s",
        "a (key=%s",
        "?key=%s",
        "?k%%65y=%s",
        "?a=1&%%6b%%65%%79=%s",
        "?k%%2565y=%s",
        "tok%%65n=%s",
        "&s%%69g=%s",
        "?auth%%43ode=%s"
      })
  void parameter_ofASecret_isHiddenByItsDecodedName(String form) {
    assertThat(line(form.formatted("%53ECRET") + "&seed=1"))
        .isEqualTo(form.formatted("****") + "&seed=1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "monkey=1",
        "key-size=1",
        "my.key=1",
        "sigma=1",
        "k%zzey=1",
        "%FFkey=1",
        "tokens=7"
      })
  void parameter_ofAnotherName_isTold(String parameter) {
    assertThat(line("?" + parameter + "&seed=1")).isEqualTo("?" + parameter + "&seed=1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%73%33cr%26t+k%c3%a9y",
        "s3cr%26t%20k%C3%A9y",
        "s3cr%2526t%2520k%25C3%25A9y",
        "s3cr&t k\u00e9y",
        "%73%33%63%72%26%74%20%6b%c3%a9%79"
      })
  void secret_isHiddenHoweverItsBytesAreEncoded(String spelling) {
    LogRedaction.hide(Set.of("s3cr&t k\u00e9y"));

    assertThat(line("Header(X-Any, " + spelling + ")")).isEqualTo("Header(X-Any, ****)");
  }

  @Test
  void secret_ofRegularExpressionSigns_isTakenAsItIs() {
    LogRedaction.hide(Set.of("a.b*c$1\\E|x"));

    assertThat(line("a.b*c$1\\E|x aXbbc")).isEqualTo("**** aXbbc");
  }

  @Test
  void controlCharacters_areEscaped() {
    assertThat(line("a\r\nb\tc\u001b[31m\u0085\u2028\u2029\0"))
        .isEqualTo("a\\u000d\\u000ab\\u0009c\\u001b[31m\\u0085\\u2028\\u2029\\u0000");
  }

  @Test
  void linesForPeople_areIndentedAndEscaped() {
    LogRedaction.hide(Set.of("secret"));

    assertThat(LogRedaction.lines("a secret\r\n2026 INFO forged\n\u2028b"))
        .isEqualTo("a ****\n\t2026 INFO forged\n\t\\u2028b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Authorization: Bearer abc, and more|Authorization: Bearer ****, and more",
        "[authorization:\"Bearer wrong\", host:\"a\"]|[authorization:\"Bearer ****\", host:\"a\"]",
        "x-api-key: abc|x-api-key: ****",
        "Header(api-key, abc)|Header(api-key, ****)",
        "X-Admin-Token=[abc]|X-Admin-Token=[****]",
        "with bearer sk-0123456789abcdef|with bearer ****",
        "the bearer of a token|the bearer of a token",
        "a nk-0123456789abcdefABCDEF and nk-short|a **** and nk-short",
        "https://user:pass@a.example/b?c@d|https://****@a.example/b?c@d",
        "image=https%3A%2F%2Fuser%3Apa%73s%40a/b|image=https%3A%2F%2F****%40a/b",
        "image=https%253A%252F%252Fuser%253Apass%2540a|image=https%253A%252F%252F****%2540a",
        "https://a.example/b@c and d@e|https://a.example/b@c and d@e",
      })
  void signOfASecret_hidesIt(String text, String told) {
    assertThat(line(text)).isEqualTo(told);
  }

  private static String line(String text) {
    return LogRedaction.line(text);
  }
}
