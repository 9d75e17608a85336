package dev.nectar.variant;

/** Which rows and columns are decoded of an image that is to be made smaller. */
final class Subsampling {

  private Subsampling() {}

  /**
   * Every so many rows and columns one, so that the longer edge is at least twice what it is to
   * become.
   */
  static int step(int longerEdge, int target) {
    return (int) Math.max(1, longerEdge / (2L * target));
  }

  /** The longer edge of what is decoded, whatever that of the image is. */
  static long maxEdge(int target) {
    return 4L * target;
  }
}
