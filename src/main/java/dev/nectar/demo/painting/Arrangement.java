package dev.nectar.demo.painting;

import dev.nectar.demo.painting.Solid.Ball;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Fruits on a table, with all that grows on them. */
final class Arrangement {

  /** The part of a ray that may meet something; empty, its end being first, if none may. */
  record Span(double from, double to) {}

  private static final Rgb WOOD = Rgb.of(0x6B4A26).linear();
  private static final Rgb STALK = Rgb.of(0x6E8A32).linear();

  private final boolean many;
  private final List<Solid> solids = new ArrayList<>();

  /** One in the middle, or two or three when the prompt speaks of many. */
  Arrangement(Fruit fruit, Words words, RandomGenerator random) {
    var skin = Skin.of(fruit, words);
    var sway = random.nextDouble(-0.08, 0.08);
    var apart = fruit.radius();
    var two = words.names("two", "pair");
    this.many = fruit != Fruit.CHERRY && (two || words.namesMany(fruit.word()));
    if (fruit == Fruit.CHERRY) {
      addCherries(skin, sway, random);
    } else if (!many) {
      add(fruit, sway, 0, true, skin, random);
    } else if (two) {
      add(fruit, -apart * 1.06, 0.35 + sway, true, skin, random);
      add(fruit, apart * 0.8, -apart * 0.6 - sway, false, skin, random);
    } else {
      add(fruit, -apart * 1.06, 0.35 + sway, true, skin, random);
      add(fruit, apart * 1.08, 0.2 - sway, true, skin, random);
      add(fruit, sway, -apart * 1.15, false, skin, random);
    }
  }

  boolean many() {
    return many;
  }

  double distance(double x, double y, double z) {
    var nearest = solids.getFirst().distance(x, y, z);
    for (var i = 1; i < solids.size(); i++) {
      var solid = solids.get(i);
      if (!solid.ball().beyond(x, y, z, nearest)) {
        nearest = Math.min(nearest, solid.distance(x, y, z));
      }
    }
    return nearest;
  }

  /** The solid whose surface is nearest. */
  Solid at(Vec point) {
    var nearest = solids.getFirst();
    var least = Double.MAX_VALUE;
    for (var solid : solids) {
      var distance = solid.distance(point.x(), point.y(), point.z());
      if (distance < least) {
        nearest = solid;
        least = distance;
      }
    }
    return nearest;
  }

  /** The part of a ray that comes within a margin of the fruits. */
  Span span(Vec from, Vec ray, double margin) {
    var begin = Double.MAX_VALUE;
    var end = 0.0;
    for (var i = 0; i < solids.size(); i++) {
      var ball = solids.get(i).ball();
      var radius = ball.radius() + margin;
      var to = ball.middle().minus(from);
      var closest = to.dot(ray);
      var square = radius * radius - to.dot(to) + closest * closest;
      if (square > 0) {
        var half = Math.sqrt(square);
        begin = Math.min(begin, closest - half);
        end = Math.max(end, closest + half);
      }
    }
    return new Span(begin, end);
  }

  /** How much of the sky a point on the table sees past the fruits, from 0 to 1. */
  double openness(Vec point) {
    var open = 1.0;
    for (var i = 0; i < solids.size(); i++) {
      open *= open(solids.get(i).ball(), point);
    }
    return open;
  }

  private static double open(Ball ball, Vec point) {
    var away = point.distance(ball.middle());
    var hidden = ball.radius() * ball.radius() * ball.middle().y() / (away * away * away);
    return 1 - 0.9 * Math.clamp(hidden, 0, 1);
  }

  private void add(
      Fruit fruit, double x, double z, boolean leafy, Skin skin, RandomGenerator random) {
    var lying = fruit == Fruit.LEMON || fruit == Fruit.LIME;
    var turn = random.nextDouble(-0.5, 0.5) + (random.nextBoolean() ? 0 : Math.PI);
    var tilt = lying ? 1.5 : random.nextDouble(0.06, 0.2);
    var axis =
        new Vec(
            Math.sin(tilt) * Math.cos(turn),
            Math.cos(tilt),
            lying ? Math.sin(tilt) * Math.sin(turn) : -0.12);
    var body = new FruitBody(fruit, x, z, axis.unit(), skin, new Noise(random));
    solids.add(body);
    var side = random.nextBoolean() ? 1 : -1;
    var along = new Vec(-side, random.nextDouble(0.2, 0.42), -0.22);
    var towards = new Vec(0, 0.75, -0.7);
    if (fruit == Fruit.ORANGE) {
      if (leafy) {
        solids.add(new Leaf(body.crown(), along, towards, 0.8));
      }
    } else if (!lying) {
      var tip = body.crown().ahead(body.axis(), 0.5).plus(new Vec(0.13 * side, 0, -0.03));
      var stem = new Stem(body.crown(), tip, new Vec(-0.05 * side, 0, 0), 0.03, WOOD);
      solids.add(stem);
      if (leafy) {
        solids.add(new Leaf(stem.along(0.5), along, towards, 0.72));
      }
    }
  }

  /** A pair of them on long stalks that meet under a leaf. */
  private void addCherries(Skin skin, double sway, RandomGenerator random) {
    var noise = new Noise(random);
    var side = random.nextBoolean() ? 1 : -1;
    var joint = new Vec(0.12 * side + sway, 2.0, 0);
    var left = new FruitBody(Fruit.CHERRY, -0.56, 0, new Vec(0.18, 0.95, -0.2).unit(), skin, noise);
    var right =
        new FruitBody(Fruit.CHERRY, 0.5, -0.3, new Vec(-0.12, 0.95, -0.2).unit(), skin, noise);
    solids.add(left);
    solids.add(right);
    solids.add(new Stem(left.crown(), joint, new Vec(-0.16, 0.05, 0), 0.022, STALK));
    solids.add(new Stem(right.crown(), joint, new Vec(0.14, 0.05, 0), 0.022, STALK));
    solids.add(new Leaf(joint, new Vec(side, -0.1, -0.2), new Vec(0, 0.75, -0.7), 0.95));
  }

  /** A bent stalk from one point to another, thicker at its end. */
  private record Stem(Vec from, Vec to, Vec bend, double radius, Rgb colour, Ball ball)
      implements Solid {

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
}
