package dev.nectar.web;

import jakarta.servlet.http.HttpServletRequest;

/** Tells clients apart, whatever proxies stand before the server. */
@FunctionalInterface
public interface Clients {

  /** The client's IPv4 address or IPv6 network, any address of which one subscriber may take. */
  String network(HttpServletRequest request);
}
