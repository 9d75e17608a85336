package dev.nectar.demo.painting;

import java.util.random.RandomGenerator;

/** Gradient noise (Perlin's), its permutation drawn at random: smooth, around 0, within -1 to 1. */
final class Noise {

  private static final int SIZE = 256;

  private final int[] order = new int[2 * SIZE];

  Noise(RandomGenerator random) {
    for (var i = 0; i < SIZE; i++) {
      var j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    System.arraycopy(order, 0, order, SIZE, SIZE);
  }

  double at(double x, double y) {
    var cellX = floor(x);
    var cellY = floor(y);
    var dx = x - cellX;
    var dy = y - cellY;
    var left = order[cellX & 255];
    var right = order[(cellX + 1) & 255];
    var low = cellY & 255;
    var high = (cellY + 1) & 255;
    var shareX = fade(dx);
    var below =
        Curve.lerp(
            gradient(order[left + low], dx, dy), gradient(order[right + low], dx - 1, dy), shareX);
    var above =
        Curve.lerp(
            gradient(order[left + high], dx, dy - 1),
            gradient(order[right + high], dx - 1, dy - 1),
            shareX);
    return Curve.lerp(below, above, fade(dy));
  }

  /** Noise upon noise, each octave twice as fine and half as strong. */
  double cloud(double x, double y, int octaves) {
    var sum = 0.0;
    var strength = 0.5;
    for (var i = 0; i < octaves; i++) {
      sum += strength * at(x, y);
      // An odd factor and an offset, so that the octaves' grids never fall together.
      x = x * 2.03 + 17.1;
      y = y * 2.03 + 5.7;
      strength /= 2;
    }
    return sum;
  }

  /** Sharp crests, as mountains have, from 0 to 1. */
  double crest(double x, double y, int octaves) {
    var sum = 0.0;
    var strength = 0.5;
    for (var i = 0; i < octaves; i++) {
      var ridge = 1 - Math.abs(at(x, y)) * 1.6;
      sum += strength * ridge * ridge;
      x = x * 2.07 + 9.3;
      y = y * 2.07 + 3.1;
      strength /= 2;
    }
    return Math.min(sum, 1);
  }

  /** Math.floor takes longer where the optimizing compiler has not been. */
  private static int floor(double x) {
    var towardsZero = (int) x;
    return x < towardsZero ? towardsZero - 1 : towardsZero;
  }

  private static double fade(double t) {
    return t * t * t * (t * (t * 6 - 15) + 10);
  }

  private static double gradient(int hash, double x, double y) {
    return switch (hash & 7) {
      case 0 -> x + y;
      case 1 -> x - y;
      case 2 -> -x + y;
      case 3 -> -x - y;
      case 4 -> 1.4 * x;
      case 5 -> -1.4 * x;
      case 6 -> 1.4 * y;
      default -> -1.4 * y;
    };
  }
}
