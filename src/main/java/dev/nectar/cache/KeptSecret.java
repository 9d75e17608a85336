package dev.nectar.cache;

import java.io.IOException;

/** A secret that is drawn once, and the same from then on for all who share the place it is in. */
@FunctionalInterface
public interface KeptSecret {

  /**
   * The secret that was kept first.
   *
   * @param drawn kept from now on, if none is yet
   * @throws IOException if it can neither be read nor kept
   */
  String keep(String drawn) throws IOException;
}
