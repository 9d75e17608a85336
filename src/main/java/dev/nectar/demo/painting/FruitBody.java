package dev.nectar.demo.painting;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A fruit's flesh and skin, standing on the table. */
final class FruitBody implements Solid {

  private static final int ANGLES = 1024;

  private static final Map<Fruit, Outline> OUTLINES = new ConcurrentHashMap<>();

  private final Fruit fruit;
  private final Vec middle;
  private final Vec axis;

  /** The middle's, along the axis. */
  private final double height;

  private final Vec across;
  private final Vec behind;
  private final Ball ball;
  private final Noise noise;
  private final Skin skin;

  private final Outline outline;

  /**
   * @param x where it stands, as is {@code z}
   * @param axis from the middle to the stem, of length 1
   */
  FruitBody(Fruit fruit, double x, double z, Vec axis, Skin skin, Noise noise) {
    this.fruit = fruit;
    this.axis = axis;
    this.across = axis.cross(new Vec(0.3, 0.1, 1)).unit();
    this.behind = axis.cross(across);
    this.noise = noise;
    this.skin = skin;
    this.outline = OUTLINES.computeIfAbsent(fruit, Outline::new);
    this.middle = new Vec(x, lowest(), z);
    this.height = middle.dot(axis);
    this.ball = new Ball(middle, Arrays.stream(outline.profile).max().orElseThrow());
  }

  /** The bottom of the dimple that the stem grows from. */
  Vec crown() {
    return middle.plus(axis.times(fruit.profile(0)));
  }

  Vec axis() {
    return axis;
  }

  @Override
  public Ball ball() {
    return ball;
  }

  @Override
  public double distance(double x, double y, double z) {
    var length = Math.sqrt(middle.squaredDistance(x, y, z));
    if (length < 1e-6) {
      return -1;
    }
    var at = ((axis.dot(x, y, z) - height) / length + 1) * ANGLES / 2;
    var i = (int) at;
    var surface = Curve.lerp(outline.profile[i], outline.profile[i + 1], at - i);
    return (length - surface) * outline.slant[i];
  }

  @Override
  public Material material(Vec point) {
    var from = point.minus(middle).unit();
    var polar = Math.acos(Math.clamp(from.dot(axis), -1, 1));
    var around = Math.atan2(from.dot(across), from.dot(behind));
    return new Material(skin.colour(polar, around, from, noise), fruit.gloss(), pores(from));
  }

  private Vec pores(Vec from) {
    if (fruit.pores() == 0) {
      return Material.SMOOTH;
    }
    var fine = 22;
    var u = from.x() * fine + from.z() * 7;
    var v = from.y() * fine + from.z() * 19;
    return new Vec(noise.at(u, v), noise.at(u + 40, v), noise.at(u, v + 40)).times(fruit.pores());
  }

  /** How far the surface reaches below the middle, with the axis inclined as it is. */
  private double lowest() {
    var lean = Math.sqrt(1 - axis.y() * axis.y());
    var lowest = 0.0;
    for (var i = 0; i <= 180; i++) {
      var angle = Math.toRadians(i);
      var below = Math.sin(angle) * lean - Math.cos(angle) * axis.y();
      lowest = Math.max(lowest, fruit.profile(angle) * below);
    }
    return lowest;
  }

  /**
   * The same for every fruit of a kind, by the cosine of the angle from the stem, which costs no
   * arc cosine at every step.
   */
  private static final class Outline {

    private final double[] profile = new double[ANGLES + 2];

    /** What a height over the surface is to be multiplied by to be no more than the distance. */
    private final double[] slant = new double[ANGLES + 2];

    Outline(Fruit fruit) {
      for (var i = 0; i < profile.length; i++) {
        var angle = Math.acos(Math.clamp(2.0 * i / ANGLES - 1, -1, 1));
        profile[i] = fruit.profile(angle);
        slant[i] = slant(fruit, angle);
      }
    }

    /** By the steepest place nearby. */
    private static double slant(Fruit fruit, double angle) {
      var steepest = 0.0;
      for (var i = -8; i <= 8; i++) {
        var at = angle + i * 0.05;
        var slope = (fruit.profile(at + 0.01) - fruit.profile(at - 0.01)) / 0.02;
        steepest = Math.max(steepest, Math.abs(slope) / fruit.profile(at));
      }
      return 1 / Math.sqrt(1 + steepest * steepest);
    }
  }
}
