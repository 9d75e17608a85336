package dev.nectar.demo.painting;

import java.util.random.RandomGenerator;

/** A city after dark across the water, its windows lit. */
final class Skyline implements Canvas.Scene {

  private static final int ROWS = 4;
  private static final Rgb LAMP = Rgb.of(0xFFCF86);
  private static final Rgb COLD_LAMP = Rgb.of(0xCFE4FF);

  private final Frame frame;
  private final Palette palette;
  private final Sky sky;
  private final Noise noise;
  private final double shore;
  private final int salt;

  Skyline(Frame frame, Words words, RandomGenerator random) {
    this.frame = frame;
    this.palette = Palette.of(words, random).dimmed();
    this.shore = -frame.top() * random.nextDouble(0.42, 0.55);
    this.sky = new Sky(frame, palette, shore, random);
    this.noise = new Noise(random);
    this.salt = random.nextInt(10_000);
  }

  @Override
  public Rgb at(double x, double y) {
    return (y < shore ? water(x, y) : city(x, y)).times(frame.vignette(x, y, 0.25));
  }

  private Rgb city(double x, double y) {
    for (var row = ROWS - 1; row >= 0; row--) {
      var wide = Curve.lerp(0.1, 0.19, row / (ROWS - 1.0));
      var cell = (int) Math.floor(x / wide + row * 0.37);
      var inside = Curve.fraction(x / wide + row * 0.37);
      var key = salt + row * 101;
      var roof = roof(row, cell, inside, key);
      if (y < roof) {
        return facade(row, cell, inside, y, wide, key);
      }
    }
    return haze(sky.at(x, y), y, 0.35);
  }

  /** The height of a building where it is cut at {@code inside}, from 0 to 1 of its width. */
  private double roof(int row, int cell, double inside, int key) {
    var near = row / (ROWS - 1.0);
    var district = 0.6 + 0.8 * noise.at(cell * 0.23 + row * 9.1, 0.5);
    var tall = Curve.lerp(0.95, 0.34, near) * (0.35 + 0.65 * Curve.chance(cell, key)) * district;
    var top = shore + 0.1 + tall * Math.min(1.15, frame.top());
    var gap = Curve.chance(cell, key + 1) * 0.1;
    if (inside < gap || inside > 1 - gap) {
      return shore + 0.05;
    }
    var fromMiddle = Math.abs(inside - 0.5);
    var style = Curve.chance(cell, key + 2);
    if (style < 0.16) {
      return top + 0.12 - fromMiddle * 0.5;
    }
    if (style < 0.38) {
      return fromMiddle < 0.2 ? top : fromMiddle < 0.32 ? top - 0.06 : top - 0.12;
    }
    if (style < 0.55 && fromMiddle < 0.012) {
      return top + 0.14;
    }
    return style < 0.7 && inside > 0.6 ? top - 0.035 : top;
  }

  private Rgb facade(int row, int cell, double inside, double y, double wide, int key) {
    var near = row / (ROWS - 1.0);
    var wall = palette.far().mix(palette.near(), 0.3 + 0.6 * near);
    var round = wall.times(1.12 - 0.3 * inside);
    var pitch = Curve.lerp(0.016, 0.026, near);
    var columns = Math.max(3, Math.round(wide * 0.85 / pitch));
    var column = inside * columns;
    var floor = (y - shore) / (pitch * 1.35);
    var here = cell * 64 + (int) column;
    var lit = Curve.chance(here, (int) Math.floor(floor) + key * 7);
    var busy = 0.14 + 0.5 * Curve.chance(cell, key + 5);
    var pane = pane(Curve.fraction(column), 0.26) * pane(Curve.fraction(floor), 0.3);
    var colour = round;
    if (lit < busy) {
      var lamp = LAMP.mix(COLD_LAMP, Curve.step(0.75, 0.95, Curve.chance(here, key + 9)));
      colour = round.mix(lamp, pane * (0.3 + 0.7 * lit / busy) * Curve.lerp(0.6, 0.95, near));
    }
    return haze(colour, y, Curve.lerp(0.7, 0.14, near));
  }

  private static double pane(double at, double margin) {
    return at > margin && at < 1 - margin ? 1 : 0;
  }

  /** The glow of the streets, caught in the air. */
  private Rgb haze(Rgb colour, double y, double strength) {
    var low = Math.exp(-(y - shore) * 3.2);
    return colour.mix(palette.horizon().mix(LAMP, 0.35), Math.min(low * strength, 0.8));
  }

  private Rgb water(double x, double y) {
    var depth = shore - y;
    var far = 1 / (depth + 0.08);
    var ripple = noise.at(x * 4, far * 6) + 0.6 * noise.at(x * 12 + 7, far * 15);
    // Lamps on moving water draw out downwards: a mean over heights stands for that.
    var sum = Rgb.BLACK;
    for (var i = 0; i < 5; i++) {
      var stretch = 0.8 + 0.16 * i + ripple * 0.12;
      sum = sum.plus(city(x + ripple * (0.006 + 0.03 * depth), shore + depth * stretch));
    }
    var fading = Math.clamp(0.1 + depth * 0.3, 0, 0.6);
    var crest = palette.horizon().times(0.12 * Curve.step(0.1, 0.7, ripple));
    return sum.times(0.25).plus(crest).mix(palette.near().mix(palette.zenith(), 0.5), fading);
  }
}
