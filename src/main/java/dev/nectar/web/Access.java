package dev.nectar.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Says who may ask for what; what it throws is the answer to everyone else. */
public interface Access {

  /** By what a request was let in. */
  sealed interface Pass {}

  record ByKey() implements Pass {}

  /**
   * By a signed link.
   *
   * @param left how long the link is still good; null: for ever
   */
  record ByLink(@Nullable Duration left) implements Pass {}

  /** Lets in with the key only. */
  void checkKey(HttpServletRequest request, QueryParameters parameters);

  /**
   * A request that opens one of our links, as the request of whoever signed that; as it is if the
   * link is signed by nobody, or good no longer.
   *
   * @param path of the link, without the prompt
   */
  HttpServletRequest opening(
      String path, String prompt, QueryParameters parameters, HttpServletRequest request);

  /** Lets in to an image: with the key, or by a signed link to it. */
  Pass check(HttpServletRequest request, QueryParameters parameters);
}
