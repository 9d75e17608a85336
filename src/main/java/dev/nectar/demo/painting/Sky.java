package dev.nectar.demo.painting;

import java.util.random.RandomGenerator;

/** The air over a landscape: its colours, sun or moon, clouds and stars. */
final class Sky {

  private static final double STAR_CELL = 0.045;

  private final Frame frame;
  private final Palette palette;
  private final double horizon;
  private final Noise noise;
  private final double lightX;
  private final double lightY;
  private final double radius;
  private final double cloudiness;

  Sky(Frame frame, Palette palette, double horizon, RandomGenerator random) {
    this.frame = frame;
    this.palette = palette;
    this.horizon = horizon;
    this.noise = new Noise(random);
    this.lightX = random.nextDouble(-0.62, 0.62) * frame.right();
    var room = frame.top() - horizon;
    this.lightY = horizon + room * (palette.night() ? 0.68 : random.nextDouble(0.3, 0.6));
    this.radius = palette.night() ? 0.13 : random.nextDouble(0.1, 0.17);
    this.cloudiness = random.nextDouble(palette.night() ? -0.25 : -0.08, 0.12);
  }

  double lightX() {
    return lightX;
  }

  Rgb at(double x, double y) {
    var height = (y - horizon) / (frame.top() - horizon);
    var colour = palette.skyAt(height);
    var distance = Curve.length(x - lightX, y - lightY);
    if (palette.night()) {
      colour = colour.plus(Rgb.of(0xFFF8E8).times(star(x, y) * Curve.step(0.05, 0.5, height)));
    }
    colour = glow(colour, distance);
    colour = disc(colour, x, y, distance);
    return clouded(colour, x, y, height, distance);
  }

  private Rgb glow(Rgb colour, double distance) {
    var wide = Math.exp(-distance * 1.9) * (palette.night() ? 0.32 : 0.55);
    var close = Math.exp(-distance * 7) * 0.4;
    return colour.mix(palette.light(), Math.min(wide + close, 1));
  }

  private Rgb disc(Rgb colour, double x, double y, double distance) {
    var covered = Curve.step(radius + frame.pixel(), radius - frame.pixel(), distance);
    if (covered == 0) {
      return colour;
    }
    if (!palette.night()) {
      return colour.mix(palette.light(), covered);
    }
    var seas = Curve.step(0.02, 0.22, noise.cloud((x - lightX) * 11, (y - lightY) * 11, 3));
    var round = 1 - 0.18 * Math.pow(distance / radius, 3);
    return colour.mix(palette.light().mix(Rgb.of(0xBEB9B4), seas * 0.7).times(round), covered);
  }

  private Rgb clouded(Rgb colour, double x, double y, double height, double distance) {
    // Clouds lie flatter and closer together the further away, that is, the lower they are.
    var perspective = 1 / (0.35 + Math.max(height, 0));
    var across = x * (0.55 + 0.45 * perspective);
    var along = y * 2.6 + perspective * 1.3;
    var drift = noise.at(across * 0.8, along * 0.8);
    var density = noise.cloud(across * 1.3 + drift * 0.5, along * 1.5, 5) + cloudiness;
    var cover = Curve.step(0.02, 0.34, density) * Curve.step(-0.02, 0.16, height);
    if (cover == 0) {
      return colour;
    }
    var lit = Math.exp(-distance * 1.1);
    var shade = palette.sky().mix(palette.far(), palette.night() ? 0.5 : 0.3);
    var bright = palette.horizon().mix(palette.light(), 0.55);
    var cloud = shade.mix(bright, Math.clamp(0.25 + 0.75 * lit + (0.3 - density) * 0.6, 0, 1));
    return colour.mix(cloud, cover * (palette.night() ? 0.5 : 0.82));
  }

  /** At most one star a cell, at its own place, the most of them faint. */
  private double star(double x, double y) {
    var cellX = (int) Math.floor(x / STAR_CELL);
    var cellY = (int) Math.floor(y / STAR_CELL);
    var brightness = Math.pow(Curve.chance(cellX, cellY), 7);
    var atX = (cellX + 0.2 + 0.6 * Curve.chance(cellX + 911, cellY)) * STAR_CELL;
    var atY = (cellY + 0.2 + 0.6 * Curve.chance(cellX, cellY + 577)) * STAR_CELL;
    var size = Math.max(0.0011 + 0.0022 * brightness, frame.pixel() * 0.6);
    return Math.min(1, brightness * 1.3) * Curve.bell(Curve.length(x - atX, y - atY), size);
  }
}
