package dev.nectar.demo.painting;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Mountain ranges that fade into the distance under a sky, often with a lake that mirrors them. */
final class Landscape implements Canvas.Scene {

  private static final int RANGES = 5;

  private final Frame frame;
  private final Palette palette;
  private final Sky sky;
  private final Noise noise;
  private final List<Ridge> ranges;
  private final Birds birds;
  private final Woods woods;
  private final double shore;
  private final boolean lake;
  private final double snow;
  private final double steepness;

  Landscape(Frame frame, Words words, RandomGenerator random) {
    this.frame = frame;
    this.palette = Palette.of(words, random);
    var flat = words.names("sea", "ocean", "beach", "desert", "plain", "meadow");
    this.shore = -frame.top() * random.nextDouble(0.24, 0.4);
    this.lake =
        words.names("lake", "sea", "ocean", "water", "river", "beach", "reflection")
            || (random.nextDouble() < 0.6 && !words.names("desert", "plain", "meadow"));
    this.sky = new Sky(frame, palette, shore, random);
    this.noise = new Noise(random);
    this.steepness = flat ? 0.35 : random.nextDouble(0.8, 1.25);
    var cold = words.names("snow", "snowy", "winter", "ice", "alp", "mountain");
    this.snow = cold ? 0.16 : random.nextDouble(0.3, 0.7);
    this.ranges =
        IntStream.range(0, RANGES)
            .mapToObj(range -> new Ridge(frame, x -> crest(range, x)))
            .toList();
    this.birds = new Birds(frame, palette.night() ? 0 : random.nextInt(3, 8), random);
    var wooded = words.names("forest", "wood", "tree", "pine");
    this.woods = new Woods(frame, shore, wooded ? 1 : random.nextDouble(0.35, 0.8), random);
  }

  @Override
  public Rgb at(double x, double y) {
    var colour = y < shore && lake ? water(x, y) : land(x, y);
    colour = birds.over(colour, x, y, palette.near());
    var ground = woods.cover(x, y);
    if (ground > 0) {
      var mist = 0.12 * Curve.step(-frame.top(), shore + 0.3, y);
      colour = colour.mix(palette.near().mix(palette.far(), mist), ground);
    }
    return colour.times(frame.vignette(x, y, 0.22));
  }

  /** Sky and ranges, the nearest that covers the point. */
  private Rgb land(double x, double y) {
    for (var i = RANGES - 1; i >= 0; i--) {
      var crest = ranges.get(i).at(x);
      if (y < crest) {
        return slope(i, x, y, crest);
      }
    }
    return sky.at(x, y);
  }

  /** The height of a range; 0 is the furthest and the highest. */
  private double crest(int range, double x) {
    var near = range / (RANGES - 1.0);
    var wide = Curve.lerp(0.55, 1.1, near);
    var shape = noise.crest(x * wide + range * 31.7, range * 7.3, 6);
    var tall = Curve.lerp(0.86, 0.22, near) * steepness;
    var lowest = lake ? -0.1 : -0.7 * (shore + frame.top());
    return shore - 0.02 + Curve.lerp(0.14, lowest, near) + (shape - 0.18) * tall;
  }

  private Rgb slope(int range, double x, double y, double crest) {
    var near = range / (RANGES - 1.0);
    var body = palette.far().mix(palette.near(), Math.pow(near, 1.15) * 0.88);
    var depth = crest - y;
    // Facets run down the slope, lit from the side of the sun.
    var grain = 3.4 + 2 * near;
    var gully = noise.cloud(x * grain + depth * 2.2 * side(x), y * grain * 0.7 + range * 13, 5);
    var facet = Math.clamp(gully * 2.6 + 0.08, -1, 1);
    var bright = palette.horizon().mix(palette.light(), 0.4);
    var colour =
        facet > 0
            ? body.mix(bright, facet * 0.4 * (1 - 0.75 * near))
            : body.mix(palette.near(), -facet * 0.35 * (1 - 0.5 * near));
    if (range < 3) {
      var line = shore + snow * steepness + gully * 0.5;
      var cover = Curve.step(line, line + 0.06, y) * (0.9 - 0.2 * range);
      var shaded = palette.sky().mix(palette.far(), 0.45).mix(Rgb.WHITE, 0.2);
      var white = shaded.mix(bright.mix(Rgb.WHITE, 0.4), Curve.step(-0.45, 0.5, facet));
      colour = colour.mix(white, cover);
    }
    var low = lake ? Curve.step(0.36, -0.02, y - shore) : Curve.step(0.02, 0.6, depth);
    var mist = low * Curve.lerp(0.6, 0.16, near);
    var air = Curve.lerp(0.3, 0, near);
    return colour.mix(palette.horizon().mix(palette.sky(), 0.3), Math.max(mist, air));
  }

  private double side(double x) {
    return Math.clamp((sky.lightX() - x) * 1.5, -1, 1);
  }

  /** The land upside down, torn by waves that grow towards the viewer. */
  private Rgb water(double x, double y) {
    var depth = shore - y;
    var far = 1 / (depth + 0.06);
    var ripple = noise.at(x * 3 + far * 0.4, far * 5) + 0.6 * noise.at(x * 9, far * 13 + 4);
    var sway = ripple * (0.012 + depth * 0.05);
    var mirrored = land(x + sway, shore + depth * 1.05 + Math.abs(sway) * 1.2);
    var own = palette.sky().mix(palette.near(), 0.55);
    var colour = mirrored.mix(own, Math.clamp(0.14 + depth * 0.32, 0, 0.6)).times(0.96);
    var path = Curve.bell(x - sky.lightX(), 0.08 + depth * 0.32);
    var sparkle = Curve.step(0.08, 0.5, ripple) * path;
    var shoreline = 0.5 * Curve.bell(depth, 0.008);
    return colour
        .mix(palette.light(), Math.min(sparkle * 0.75 + path * 0.1, 1))
        .mix(palette.horizon(), shoreline);
  }

  /** A loose flock, far off: two curved wings each. */
  private static final class Birds {

    private record Bird(double x, double y, double span, double lift) {}

    private final Frame frame;
    private final List<Bird> flock;

    Birds(Frame frame, int count, RandomGenerator random) {
      this.frame = frame;
      var middleX = random.nextDouble(-0.5, 0.5) * frame.right();
      var middleY = random.nextDouble(0.25, 0.65) * frame.top();
      this.flock =
          IntStream.range(0, count)
              .mapToObj(i ->
                  new Bird(
                      middleX + random.nextDouble(-0.3, 0.3),
                      middleY + random.nextDouble(-0.14, 0.14),
                      random.nextDouble(0.022, 0.05),
                      random.nextDouble(0.5, 1.1)))
              .toList();
    }

    Rgb over(Rgb colour, double x, double y, Rgb ink) {
      for (var bird : flock) {
        var out = Math.abs(x - bird.x) / bird.span;
        if (out < 1 && Math.abs(y - bird.y) < bird.span) {
          var wing = bird.y + bird.span * bird.lift * (out * (1 - out) * 1.7 - out * 0.15);
          var thick = bird.span * 0.075 * (1.1 - out);
          var cover =
              Curve.step(thick + frame.pixel(), thick - frame.pixel() * 0.5, Math.abs(y - wing));
          colour = colour.mix(ink, cover * 0.85);
        }
      }
      return colour;
    }
  }
}
