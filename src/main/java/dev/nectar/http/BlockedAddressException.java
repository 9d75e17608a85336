package dev.nectar.http;

import java.net.UnknownHostException;

/** A host whose addresses are not all public. */
public class BlockedAddressException extends UnknownHostException {

  private static final long serialVersionUID = 1L;

  public BlockedAddressException(String host) {
    super(host + " has an address that is not public");
  }
}
