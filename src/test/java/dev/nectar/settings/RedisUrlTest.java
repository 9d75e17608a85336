package dev.nectar.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisUrlTest {

  @ParameterizedTest
  @CsvSource({
    "redis://localhost,                             false,       ,            , localhost,  6379, 0",
    "redis://cache.example:6380/3,                  false,       ,            , cache.example, 6380, 3",
    "rediss://my_host/,                             true,        ,            , my_host,    6379, 0",
    "redis://:secret@h,                             false,       , secret,      h,          6379, 0",
    "redis://secret@h,                              false,       , secret,      h,          6379, 0",
    "rediss://user:secret@h:1/15,                   true,  user,   secret,      h,          1,    15",
    "redis://us%3Aer:p%40s%2Fs%3Aw%25%2B+%C3%A4@h,  false, us:er,  p@s/s:w%++ä, h,          6379, 0",
    "redis://user:a:b=c@h,                          false, user,   a:b=c,       h,          6379, 0",
    "redis://user:@h,                               false, user,   ,            h,          6379, 0",
    "redis://[::1]:6380/1,                          false,       ,            , ::1,        6380, 1",
  })
  void url_isTakenApart(
      String text,
      boolean tls,
      @Nullable String user,
      @Nullable String password,
      String host,
      int port,
      int database) {
    assertThat(RedisUrl.parse(text))
        .contains(new RedisUrl(tls, user, password, host, port, database));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:6379",
        "http://h",
        "redis-sentinel://h",
        "redis://",
        "redis://:6379",
        "redis://h:0",
        "redis://h:65536",
        "redis://h:port",
        "redis://h/cache",
        "redis://h/1/2",
        "redis://h?timeout=1s",
        "redis://h#1",
        "redis://a:1,b:2",
        "redis://user:p@ss@h",
        "redis://user:pa/ss@h",
        "redis://user:p%zz@h",
        "redis://user:p ss@h",
      })
  void text_ofAnyOtherForm_isNone(String text) {
    assertThat(RedisUrl.parse(text)).isEmpty();
  }

  @Test
  void text_ofTheUrl_holdsNoPassword() {
    assertThat(RedisUrl.parse("rediss://someone:pass-word@h:1/2").orElseThrow())
        .hasToString("rediss://h:1/2");
  }
}
