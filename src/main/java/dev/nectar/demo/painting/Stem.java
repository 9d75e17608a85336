package dev.nectar.demo.painting;

/** A bent stalk from one point to another, thicker at its end. */
record Stem(Vec from, Vec to, Vec bend, double radius, Rgb colour, Ball ball) implements Solid {

  Stem(Vec from, Vec to, Vec bend, double radius, Rgb colour) {
    this(from, to, bend, radius, colour, around(from, to, bend.length() + 2 * radius));
  }

  private static Ball around(Vec from, Vec to, double margin) {
    return new Ball(from.plus(to).times(0.5), from.distance(to) / 2 + margin);
  }

  /** A point along it, from 0 to 1. */
  Vec along(double share) {
    return from.plus(to.minus(from).times(share)).plus(bend.times(4 * share * (1 - share)));
  }

  @Override
  public double distance(double x, double y, double z) {
    var share = share(x, y, z);
    var bent = 4 * share * (1 - share);
    var dx = x - from.x() - (to.x() - from.x()) * share - bend.x() * bent;
    var dy = y - from.y() - (to.y() - from.y()) * share - bend.y() * bent;
    var dz = z - from.z() - (to.z() - from.z()) * share - bend.z() * bent;
    var thick = radius * (0.75 + 0.7 * share * share * share * share * share);
    return Math.sqrt(dx * dx + dy * dy + dz * dz) - thick;
  }

  @Override
  public Material material(Vec point) {
    var share = share(point.x(), point.y(), point.z());
    return new Material(colour.times(0.6 + 0.8 * share), 0.15, Material.SMOOTH);
  }

  private double share(double x, double y, double z) {
    var lineX = to.x() - from.x();
    var lineY = to.y() - from.y();
    var lineZ = to.z() - from.z();
    var along = (x - from.x()) * lineX + (y - from.y()) * lineY + (z - from.z()) * lineZ;
    return Math.clamp(along / (lineX * lineX + lineY * lineY + lineZ * lineZ), 0, 1);
  }
}
