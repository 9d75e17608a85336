package dev.nectar.demo.painting;

/** The few curves everything is shaped with. */
final class Curve {

  private Curve() {}

  static double lerp(double from, double to, double share) {
    return from + (to - from) * share;
  }

  /** 0 up to {@code from}, 1 beyond {@code to}, smooth between; {@code from} may be the greater. */
  static double step(double from, double to, double at) {
    var t = Math.clamp((at - from) / (to - from), 0, 1);
    return t * t * (3 - 2 * t);
  }

  /** A hill of height 1 and the given half-width around 0. */
  static double bell(double at, double width) {
    var t = at / width;
    return Math.exp(-t * t);
  }

  /** The length of a line; Math.hypot guards against overflow, at many times the cost. */
  static double length(double x, double y) {
    return Math.sqrt(x * x + y * y);
  }

  /** The part after the point, never negative. */
  static double fraction(double value) {
    return value - Math.floor(value);
  }

  /** A number from 0 to 1 (exclusive) that looks random but belongs to the cell. */
  static double chance(int cellX, int cellY) {
    var h = (cellX * 0x9E3779B1) ^ (cellY * 0x85EBCA77 + 0x165667B1);
    h = (h ^ (h >>> 15)) * 0x2C1B3C6D;
    h = (h ^ (h >>> 12)) * 0x297A2D39;
    return ((h ^ (h >>> 15)) >>> 8) / (double) (1 << 24);
  }
}
