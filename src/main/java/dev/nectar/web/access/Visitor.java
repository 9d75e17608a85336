package dev.nectar.web.access;

import dev.nectar.account.ClientKey;
import dev.nectar.account.Payer;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Whose key a request was let in by.
 *
 * @param key null: that of the settings
 */
public record Visitor(@Nullable ClientKey key) {

  private static final String ATTRIBUTE = Visitor.class.getName();

  private static final Visitor MAIN = new Visitor(null);

  /** Remembers it for the rest of the request. */
  public void enter(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /** Of a request that was let in. */
  public static Visitor of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Visitor visitor ? visitor : MAIN;
  }

  public Payer payer() {
    return key == null ? Payer.MAIN : new Payer(key);
  }
}
