package dev.nectar.web;

import java.net.InetAddress;

/** Whose word about clients is believed; they are no clients themselves. */
@FunctionalInterface
public interface TrustedProxies {

  boolean trust(InetAddress address);
}
