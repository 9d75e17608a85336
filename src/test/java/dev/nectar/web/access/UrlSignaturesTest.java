package dev.nectar.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UrlSignaturesTest {

  private static final String TEXT = "/prompt/a?seed=1";

  /** Made with openssl. */
  private static final String SIGNATURE = "IvVez79OZLJsritmtjRNl4s8HKf58mCtN0cPquBRBOs";

  @Test
  void signature_isThatOfTheFirstKey() {
    var signatures = new UrlSignatures(List.of("a-signing-key-16", "another-key-of-16"));

    assertThat(signatures.sign(TEXT)).isEqualTo(SIGNATURE);
  }

  @Test
  void signature_ofAnyKey_isVerified() {
    var signatures = new UrlSignatures(List.of("another-key-of-16", "a-signing-key-16"));

    assertThat(signatures.verify(TEXT, SIGNATURE)).isTrue();
    assertThat(signatures.verify(TEXT, signatures.sign(TEXT))).isTrue();
    assertThat(signatures.verify(TEXT + " ", SIGNATURE)).isFalse();
    assertThat(signatures.verify(TEXT, SIGNATURE + "=")).isFalse();
    assertThat(signatures.verify(TEXT, "")).isFalse();
  }

  @Test
  void signature_withoutKeys_isNeverVerified() {
    var signatures = new UrlSignatures(List.of());

    assertThat(signatures.isOn()).isFalse();
    assertThat(signatures.verify(TEXT, SIGNATURE)).isFalse();
  }
}
