package dev.nectar.web.access;

import dev.nectar.account.ClientKey;
import dev.nectar.account.Payer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
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

  /** The request as if it had been let in by this key. */
  HttpServletRequest as(HttpServletRequest request) {
    return new HttpServletRequestWrapper(request) {
      @Override
      public @Nullable Object getAttribute(String name) {
        return name.equals(ATTRIBUTE) ? Visitor.this : super.getAttribute(name);
      }
    };
  }

  /** Of a request that was let in. */
  public static Visitor of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Visitor visitor ? visitor : MAIN;
  }

  public Payer payer() {
    return key == null ? Payer.MAIN : new Payer(key);
  }
}
