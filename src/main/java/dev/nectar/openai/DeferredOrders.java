package dev.nectar.openai;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.image.ImageRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Orders whose clients did not wait, until they come again. */
final class DeferredOrders {

  /** Where they are asked for. */
  static final String PLACE = "/v1/images/generations/";

  private static final int MAX_ORDERS = 10_000;

  /** One of them, with the seeds that it has by now. */
  record Deferred(ImagesOrder order, List<ImageRequest> pictures) {}

  private final Cache<String, Deferred> orders;

  /**
   * @param memory since they were last asked for
   */
  DeferredOrders(Duration memory, Ticker ticker) {
    this.orders =
        Caffeine.newBuilder()
            .maximumSize(MAX_ORDERS)
            .expireAfterAccess(memory)
            .ticker(ticker)
            .build();
  }

  void put(String id, ImagesOrder order, List<ImageRequest> pictures) {
    orders.put(id, new Deferred(order, pictures));
  }

  Optional<Deferred> find(String id) {
    return Optional.ofNullable(orders.getIfPresent(id));
  }
}
