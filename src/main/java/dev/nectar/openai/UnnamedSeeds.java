package dev.nectar.openai;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.cache.CacheKey;
import dev.nectar.generation.Presence;
import dev.nectar.image.ImageRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The seeds of orders that name none. Where they are drawn, every picture is a new one, but for
 * those whose asker went away before it had them, as clients do that give up and try again: whoever
 * orders the same next gets them, as long as they are made and for a while after.
 */
public final class UnnamedSeeds {

  /** Of orders that were left. */
  private static final int MAX_ORDERS = 10_000;

  private static final int MAX_EQUAL_ORDERS = 100;

  private final OptionalInt fixed;
  private final Predicate<ImageRequest> isThere;
  private final RandomGenerator random;
  private final Cache<Wish, List<Order>> orders;

  /** What makes orders equal; the seed in the key is none. */
  private record Wish(CacheKey key, int count) {}

  /**
   * @param fixed the seed of the first picture; empty: seeds are drawn
   * @param isThere whether a picture is being made, or was not long ago
   * @param memory for how long an order that was left can be of use at all
   */
  public UnnamedSeeds(
      OptionalInt fixed,
      Predicate<ImageRequest> isThere,
      Duration memory,
      RandomGenerator random,
      Ticker ticker) {
    this.fixed = fixed;
    this.isThere = isThere;
    this.random = random;
    this.orders =
        Caffeine.newBuilder()
            .maximumSize(MAX_ORDERS)
            .expireAfterWrite(memory)
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  /**
   * An order; to be closed when its asker has been answered, or can't be.
   *
   * @param asker who gets the answer
   */
  public Order order(ImageRequest picture, int count, Presence asker) {
    if (fixed.isPresent()) {
      return named(picture.withSeed(fixed.getAsInt()), count, asker);
    }
    var wish = new Wish(CacheKey.of(picture.withSeed(0)), count);
    var order = new Order(wish, pictures(wish, picture), asker);
    orders
        .asMap()
        .compute(
            wish,
            (_, known) -> {
              var all = known == null ? new ArrayList<Order>() : new ArrayList<>(known);
              all.add(order);
              return all.size() > MAX_EQUAL_ORDERS ? all.subList(1, all.size()) : all;
            });
    return order;
  }

  /** An order that names the seed of its first picture. */
  public Order named(ImageRequest first, int count, Presence asker) {
    return new Order(null, successive(first, count), asker);
  }

  /** These pictures, by this seed and those after it; after the last one comes the first. */
  private static List<ImageRequest> successive(ImageRequest first, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> first.withSeed((first.seed() + i) & Integer.MAX_VALUE))
        .toList();
  }

  private List<ImageRequest> pictures(Wish wish, ImageRequest picture) {
    for (var left = takeLeft(wish); left != null; left = takeLeft(wish)) {
      var there = left.pictures.stream().filter(isThere).toList();
      if (!there.isEmpty()) {
        return left.pictures.stream()
            .map(each -> there.contains(each) ? each : drawn(picture))
            .toList();
      }
    }
    return IntStream.range(0, wish.count).mapToObj(_ -> drawn(picture)).toList();
  }

  private ImageRequest drawn(ImageRequest picture) {
    return picture.withSeed(ImageRequest.drawSeed(random));
  }

  /** Takes an order out whose asker is gone by now; null if there is none. */
  private @Nullable Order takeLeft(Wish wish) {
    for (var order : orders.asMap().getOrDefault(wish, List.of())) {
      if (!order.asker.isHere() && remove(order)) {
        return order;
      }
    }
    return null;
  }

  /** Whether it was still there to be removed. */
  private boolean remove(Order order) {
    var removed = new boolean[1];
    if (order.wish != null) {
      orders
          .asMap()
          .computeIfPresent(
              order.wish,
              (_, known) -> {
                var rest = new ArrayList<>(known);
                removed[0] = rest.remove(order);
                return rest.isEmpty() ? null : rest;
              });
    }
    return removed[0];
  }

  /** One order, while it waits for its answer or was left. */
  public final class Order implements AutoCloseable {

    private final @Nullable Wish wish;
    private final List<ImageRequest> pictures;
    private volatile Presence asker;
    private boolean answered;

    private Order(@Nullable Wish wish, List<ImageRequest> pictures, Presence asker) {
      this.wish = wish;
      this.pictures = pictures;
      this.asker = asker;
    }

    public List<ImageRequest> pictures() {
      return pictures;
    }

    /** The asker has all that it asked for. */
    public void answered() {
      answered = true;
    }

    /** Leaves the pictures to the next one if the asker is gone without an answer. */
    @Override
    public void close() {
      if (answered || asker.isHere()) {
        remove(this);
      } else {
        // It is gone for good, and its connection need not be kept in memory.
        asker = () -> false;
      }
    }
  }
}
