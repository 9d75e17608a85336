package dev.nectar.demo.painting;

/** A leaf, folded along its midrib and bent downwards. */
final class Leaf implements Solid {

  private static final double THICKNESS = 0.008;
  private static final Rgb GREEN = Rgb.of(0x46802A).linear();
  private static final Rgb VEIN = Rgb.of(0x9DBB62).linear();

  private final Vec base;
  private final Vec along;
  private final Vec across;
  private final Vec up;
  private final double length;
  private final Ball ball;

  /**
   * @param along where it points
   * @param towards where its upper side looks, roughly
   */
  Leaf(Vec base, Vec along, Vec towards, double length) {
    this.base = base;
    this.along = along.unit();
    this.across = this.along.cross(towards).unit();
    this.up = across.cross(this.along);
    this.length = length;
    this.ball = new Ball(base.ahead(this.along, length / 2), length * 0.58);
  }

  @Override
  public Ball ball() {
    return ball;
  }

  @Override
  public double distance(double x, double y, double z) {
    var dx = x - base.x();
    var dy = y - base.y();
    var dz = z - base.z();
    var a = along.dot(dx, dy, dz);
    var b = Math.abs(across.dot(dx, dy, dz));
    var inside = Math.clamp(a, 0, length);
    var beyond = a - inside;
    var beside = Math.max(b - width(inside / length), 0);
    var over = Math.max(Math.abs(up.dot(dx, dy, dz) - surface(inside, b)) - THICKNESS, 0);
    return Math.sqrt(beyond * beyond + beside * beside + over * over) * 0.75 - 0.003;
  }

  @Override
  public Material material(Vec point) {
    var from = point.minus(base);
    var a = from.dot(along) / length;
    var b = Math.abs(from.dot(across)) / length;
    var midrib = Curve.bell(b, 0.014);
    var side = Curve.fraction((a - b * 1.1) * 9);
    var veins = Curve.bell(side - 0.5, 0.09) * 0.45;
    var colour = GREEN.times(0.75 + 0.5 * a).mix(VEIN, Math.max(midrib * 0.7, veins * 0.4));
    return new Material(colour, 0.35, across.times((side - 0.5) * 0.2));
  }

  /** Half the width, with a pointed tip. */
  private double width(double share) {
    return length * 0.62 * Math.pow(share, 0.62) * (1 - share) * (1 + 0.35 * share);
  }

  private double surface(double a, double b) {
    var share = a / length;
    return length * (0.22 * share - 0.34 * share * share) + 0.3 * b;
  }
}
