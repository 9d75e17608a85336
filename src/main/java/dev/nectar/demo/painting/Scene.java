package dev.nectar.demo.painting;

/** A picture without pixels: a colour for every point. Safe for use by many threads. */
interface Scene {

  /**
   * The colour at a point.
   *
   * @param x to the right, 0 in the middle; the shorter edge of the picture runs from -1 to 1
   * @param y upwards, in the same unit
   */
  Rgb at(double x, double y);
}
