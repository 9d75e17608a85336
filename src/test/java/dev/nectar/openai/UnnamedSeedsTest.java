package dev.nectar.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.SettableClock;
import dev.nectar.image.ImageRequest;
import dev.nectar.image.ImageSize;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnnamedSeedsTest {

  private static final ImageRequest APPLE = new ImageRequest("an apple", null, null, 42, false);

  private final Set<ImageRequest> there = new HashSet<>();
  private final SettableClock clock = new SettableClock();
  private final UnnamedSeeds seeds = seeds(OptionalInt.empty());
  private boolean isHere = true;

  private UnnamedSeeds seeds(OptionalInt fixed) {
    return new UnnamedSeeds(fixed, there::contains, Duration.ofMinutes(16), new Random(5), clock);
  }

  private UnnamedSeeds.Order order(int count) {
    return seeds.order(APPLE, count, () -> isHere);
  }

  private List<ImageRequest> leave(UnnamedSeeds.Order order) {
    isHere = false;
    order.close();
    there.addAll(order.pictures());
    return order.pictures();
  }

  @Test
  void pictures_ofOrders_areAllDifferent() {
    var drawn = new HashSet<ImageRequest>();
    for (var i = 0; i < 20; i++) {
      drawn.addAll(order(5).pictures());
    }

    assertThat(drawn).hasSize(100).allMatch(each -> each.withSeed(42).equals(APPLE));
  }

  @Test
  void pictures_ofAFixedSeed_areThatAndThoseAfterIt() {
    var fixed = seeds(OptionalInt.of(Integer.MAX_VALUE));

    for (var i = 0; i < 2; i++) {
      assertThat(fixed.order(APPLE, 3, () -> false).pictures())
          .extracting(ImageRequest::seed)
          .containsExactly(Integer.MAX_VALUE, 0, 1);
    }
  }

  @Test
  void pictures_ofANamedSeed_areThatAndThoseAfterIt() {
    assertThat(seeds.named(APPLE, 3, () -> true).pictures())
        .extracting(ImageRequest::seed)
        .containsExactly(42, 43, 44);
  }

  @Test
  void pictures_thatWereLeft_areGivenOnce() {
    var left = leave(order(3));

    assertThat(order(3).pictures()).isEqualTo(left);
    isHere = true;
    assertThat(order(3).pictures()).isNotEqualTo(left);
  }

  /** Nobody has to have noticed before. */
  @Test
  void pictures_whoseAskerWentJustNow_areGiven() {
    var waiting = order(1);
    there.addAll(waiting.pictures());
    isHere = false;

    assertThat(order(1).pictures()).isEqualTo(waiting.pictures());
  }

  @Test
  void pictures_whoseAskerIsThere_areNotGiven() {
    var waiting = order(1);
    there.addAll(waiting.pictures());

    assertThat(order(1).pictures()).isNotEqualTo(waiting.pictures());
  }

  @Test
  void pictures_thatWereAnswered_areNotGivenWhenTheAskerIsGone() {
    var order = order(1);
    order.answered();
    var answered = leave(order);

    assertThat(order(1).pictures()).isNotEqualTo(answered);
  }

  @Test
  void failure_thatTheAskerHeardOf_leavesNothing() {
    var order = order(1);
    order.close();
    var failed = leave(order);

    assertThat(order(1).pictures()).isNotEqualTo(failed);
  }

  @Test
  void pictures_ofWhichOneIsGone_areGivenWithANewOne() {
    var left = leave(order(3));
    there.remove(left.get(1));

    var given = order(3).pictures();

    assertThat(given.get(0)).isEqualTo(left.get(0));
    assertThat(given.get(1)).isNotIn(left);
    assertThat(given.get(2)).isEqualTo(left.get(2));
  }

  @Test
  void orders_ofWhichTheFirstFailed_giveTheSecond() {
    var first = order(1);
    var second = order(1);
    leave(first);
    leave(second);
    there.removeAll(first.pictures());

    assertThat(order(1).pictures()).isEqualTo(second.pictures());
  }

  @Test
  void order_thatIsAnother_getsNothing() {
    var left = leave(order(2));

    assertThat(order(1).pictures()).doesNotContainAnyElementsOf(left);
    var larger = new ImageRequest("an apple", new ImageSize(64, 64), null, 42, false);
    assertThat(seeds.order(larger, 2, () -> true).pictures())
        .allMatch(each -> larger.size() != null && larger.size().equals(each.size()));
    assertThat(order(2).pictures()).isEqualTo(left);
  }

  @Test
  void order_thatWasLeftLongAgo_isForgotten() {
    var left = leave(order(1));
    clock.advance(Duration.ofMinutes(17));

    assertThat(order(1).pictures()).isNotEqualTo(left);
  }
}
