package dev.nectar.demo.painting;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * An abstract: folds of silk in the colours of a sky, each casting its shadow on the one behind.
 */
final class Silk implements Canvas.Scene {

  private final Frame frame;
  private final Palette palette;
  private final Noise noise;
  private final List<Rgb> colours;
  private final double cosine;
  private final double sine;
  private final double reach;
  private final double swell;
  private final double threads;

  Silk(Frame frame, Words words, RandomGenerator random) {
    this.frame = frame;
    this.palette = Palette.of(words, random);
    this.noise = new Noise(random);
    var folds = random.nextInt(7, 12);
    this.colours = IntStream.range(0, folds).mapToObj(i -> ramp(1 - i / (folds - 1.0))).toList();
    var angle = random.nextDouble(-0.9, 0.9);
    this.cosine = Math.cos(angle);
    this.sine = Math.sin(angle);
    this.reach = frame.top() * cosine + frame.right() * Math.abs(sine);
    this.swell = random.nextDouble(0.5, 0.85);
    this.threads = random.nextDouble(70, 120);
  }

  @Override
  public Rgb at(double x, double y) {
    var u = x * cosine + y * sine;
    var v = y * cosine - x * sine;
    var bend = noise.cloud(u * 0.6 + 3, v * 0.6, 2);
    u += bend * 0.7;
    var above = Double.MAX_VALUE;
    for (var i = colours.size() - 1; i >= 0; i--) {
      var inside = edge(i, u) - v;
      if (inside > 0) {
        return fold(i, u, inside, above).times(frame.vignette(x, y, 0.22));
      }
      above = -inside;
    }
    var depth = Curve.step(reach, -reach, v);
    var back = palette.skyAt(0.25 + depth * 0.5).mix(palette.light(), 0.25);
    return shadowed(back, above).times(frame.vignette(x, y, 0.22));
  }

  /** How high the fold reaches; neighbours move together, and apart at places. */
  private double edge(int fold, double u) {
    var share = (fold + 0.6) / colours.size();
    var level = Curve.lerp(reach * 0.86, -reach * 0.95, share);
    return level
        + swell * noise.at(u * 0.55 + fold * 0.13, fold * 0.31)
        + swell * 0.3 * noise.at(u * 1.3 + 40, fold * 0.57 + 11);
  }

  /**
   * @param inside how far the point lies below the fold's edge
   * @param above how far it lies above the edge of the fold in front
   */
  private Rgb fold(int fold, double u, double inside, double above) {
    var colour = colours.get(fold);
    var sheen = 0.5 + 0.5 * noise.at(u * 0.9 + fold * 3.7, inside * 1.4 + fold);
    var lit = Math.exp(-inside * 3.2) * (0.25 + 0.75 * sheen);
    colour = colour.mix(palette.light().mix(palette.horizon(), 0.4), lit * 0.55);
    colour = colour.mix(palette.near(), Curve.step(0.15, 1.1, inside) * 0.35);
    var thread = Math.sin(inside * threads + 3 * noise.at(u * 0.7, fold));
    colour = colour.times(1 + 0.035 * thread * Math.exp(-inside * 2) * sheen);
    colour = colour.mix(palette.light(), 0.6 * Curve.bell(inside, 0.005) * sheen);
    return shadowed(colour, above);
  }

  private Rgb shadowed(Rgb colour, double above) {
    return colour.mix(palette.near(), 0.55 * Math.exp(-above * 9));
  }

  private Rgb ramp(double height) {
    if (height < 0.35) {
      return palette.near().mix(palette.zenith(), 0.35 + 0.65 * height / 0.35);
    }
    if (height < 0.7) {
      return palette.zenith().mix(palette.sky(), (height - 0.35) / 0.35);
    }
    return palette.sky().mix(palette.horizon(), (height - 0.7) / 0.3);
  }
}
