package dev.nectar.demo.painting;

/** A point or direction in a still life: x to the right, y up, z away from the viewer. */
record Vec(double x, double y, double z) {

  Vec plus(Vec other) {
    return new Vec(x + other.x, y + other.y, z + other.z);
  }

  Vec minus(Vec other) {
    return new Vec(x - other.x, y - other.y, z - other.z);
  }

  Vec times(double factor) {
    return new Vec(x * factor, y * factor, z * factor);
  }

  double dot(Vec other) {
    return dot(other.x, other.y, other.z);
  }

  double dot(double otherX, double otherY, double otherZ) {
    return x * otherX + y * otherY + z * otherZ;
  }

  Vec cross(Vec other) {
    return new Vec(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x);
  }

  /** The point reached from here, so far along a direction. */
  Vec ahead(Vec direction, double way) {
    return new Vec(x + direction.x * way, y + direction.y * way, z + direction.z * way);
  }

  double squaredDistance(double toX, double toY, double toZ) {
    var dx = x - toX;
    var dy = y - toY;
    var dz = z - toZ;
    return dx * dx + dy * dy + dz * dz;
  }

  double distance(Vec other) {
    return Math.sqrt(squaredDistance(other.x, other.y, other.z));
  }

  double length() {
    return Math.sqrt(dot(this));
  }

  /** The same direction with length 1. */
  Vec unit() {
    return times(1 / length());
  }

  /** Thrown back by a surface with this normal. */
  Vec mirrored(Vec normal) {
    return minus(normal.times(2 * dot(normal)));
  }
}
