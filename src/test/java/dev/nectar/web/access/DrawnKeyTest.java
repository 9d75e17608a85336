package dev.nectar.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.cache.KeptSecret;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DrawnKeyTest {

  private final AtomicReference<@Nullable String> kept = new AtomicReference<>();
  private boolean broken;

  private String keep(String drawn) throws IOException {
    if (broken) {
      throw new IOException("out of order");
    }
    var first = kept.compareAndExchange(null, drawn);
    return first == null ? drawn : first;
  }

  private DrawnKey drawn(int chance) {
    KeptSecret place = this::keep;
    return new DrawnKey(place, new Random(chance));
  }

  @Test
  void key_isTheOneThatWasKeptFirst() {
    var first = drawn(1);
    var second = drawn(2);

    assertThat(first.get()).singleElement().asString().hasSize(43).isEqualTo(kept.get());
    assertThat(second.get().getFirst()).isEqualTo(kept.get());
  }

  @Test
  void key_thatCannotBeKept_isKeptLaterAndStaysGood() {
    broken = true;
    var keys = drawn(1);
    var provisional = keys.get();
    assertThat(provisional).hasSize(1);
    assertThat(keys.get()).isEqualTo(provisional);
    broken = false;

    assertThat(keys.get()).isEqualTo(provisional);
    assertThat(kept.get()).isEqualTo(provisional.getFirst());
  }

  @Test
  void key_ofAnotherNode_signsAsSoonAsItIsKnownAndBothVerify() {
    broken = true;
    var keys = new UrlSignatures(drawn(1));
    var provisional = keys.sign("a link");
    kept.set("the key of another node");
    broken = false;

    assertThat(keys.sign("a link"))
        .isEqualTo(new UrlSignatures(List.of("the key of another node")).sign("a link"));
    assertThat(keys.verify("a link", provisional)).isTrue();
  }
}
