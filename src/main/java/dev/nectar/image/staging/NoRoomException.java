package dev.nectar.image.staging;

import java.io.IOException;

/** Neither the disk nor, in its place, the memory takes an image. */
public final class NoRoomException extends IOException {

  private static final long serialVersionUID = 1L;

  NoRoomException() {
    super("no room for the image on the disk, nor in memory");
  }
}
