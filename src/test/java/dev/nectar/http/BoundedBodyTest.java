package dev.nectar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BoundedBodyTest {

  private static BoundedBody body(int size, long maxBytes) {
    return new BoundedBody(new ByteArrayInputStream(new byte[size]), maxBytes);
  }

  @Test
  void body_ofExactlyTheBound_isWhole() throws IOException {
    assertThat(body(10, 10).readAllBytes()).hasSize(10);
  }

  @Test
  void body_oneByteOver_throws() {
    assertThatThrownBy(() -> body(11, 10).readAllBytes())
        .isInstanceOf(BodyTooLargeException.class)
        .hasMessage("body larger than 10 bytes");
  }

  @Test
  void singleReads_pastTheBound_throw() throws IOException {
    var body = body(3, 2);
    assertThat(body.read()).isZero();
    assertThat(body.read()).isZero();

    assertThatThrownBy(body::read).isInstanceOf(BodyTooLargeException.class);
  }

  @Test
  void skip_pastTheBound_throws() {
    assertThatThrownBy(() -> body(11, 10).skipNBytes(11)).isInstanceOf(BodyTooLargeException.class);
  }

  @Test
  void body_thatHasThrown_throwsAgain() {
    var body = body(100, 10);
    assertThatThrownBy(body::readAllBytes).isInstanceOf(BodyTooLargeException.class);

    assertThatThrownBy(() -> body.read(new byte[1])).isInstanceOf(BodyTooLargeException.class);
  }

  @Test
  void largestBound_boundsNothing() throws IOException {
    assertThat(body(10, Long.MAX_VALUE).readAllBytes()).hasSize(10);
  }

  @Test
  void longBody_isReadNoFurtherThanOneByteOver() {
    var source = new ByteArrayInputStream(new byte[100]);

    assertThatThrownBy(() -> new BoundedBody(source, 5).readAllBytes())
        .isInstanceOf(BodyTooLargeException.class);
    assertThat(source.available()).isEqualTo(94);
  }
}
