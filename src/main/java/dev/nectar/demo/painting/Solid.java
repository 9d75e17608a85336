package dev.nectar.demo.painting;

/** A thing in a still life. */
interface Solid {

  /** Holds all of it. */
  Ball ball();

  /**
   * At most the distance from a point to the surface; negative inside. Asked twenty million times a
   * picture, and so without an object a point.
   */
  double distance(double x, double y, double z);

  /** What the surface is like at a point on it. */
  Material material(Vec point);

  record Ball(Vec middle, double radius) {

    /** Whether nothing within is nearer to the point than that; no root need be drawn for it. */
    boolean beyond(double x, double y, double z, double distance) {
      var reach = radius + distance;
      return reach < 0 || middle.squaredDistance(x, y, z) > reach * reach;
    }
  }

  /**
   * What a surface does with light.
   *
   * @param colour the share of each colour that it throws back, in linear light
   * @param gloss from 0, dull, to 1, a mirror under lacquer
   * @param bump added to the normal
   */
  record Material(Rgb colour, double gloss, Vec bump) {

    static final Vec SMOOTH = new Vec(0, 0, 0);
  }
}
