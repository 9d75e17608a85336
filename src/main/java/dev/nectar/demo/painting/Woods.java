package dev.nectar.demo.painting;

import java.util.random.RandomGenerator;

/** The dark ground in front, with conifers that stand closer at the picture's sides. */
final class Woods {

  private static final double CELL = 0.055;

  private final Frame frame;
  private final Noise noise;
  private final Ridge bank;
  private final double shore;
  private final double density;
  private final int salt;

  Woods(Frame frame, double shore, double density, RandomGenerator random) {
    this.frame = frame;
    this.noise = new Noise(random);
    this.bank = new Ridge(frame, this::ground);
    this.shore = shore;
    this.density = density;
    this.salt = random.nextInt(10_000);
  }

  /** How much of the point is covered, from 0 to 1. */
  double cover(double x, double y) {
    var ground = bank.at(x);
    var cover = Curve.step(ground + frame.pixel(), ground - frame.pixel(), y);
    if (cover == 1 || y > ground + 1.2) {
      return cover;
    }
    var cell = (int) Math.floor(x / CELL);
    for (var i = cell - 3; i <= cell + 3; i++) {
      cover = Math.max(cover, tree(i, x, y));
    }
    return cover;
  }

  /** A bank that rises towards the sides. */
  private double ground(double x) {
    var side = Math.abs(x) / frame.right();
    var rise = 0.34 * Math.pow(side, 2.6) * Math.min(1, frame.right());
    return -frame.top() + 0.09 + rise + 0.07 * noise.cloud(x * 2.2, 3.3, 4) - frame.pixel();
  }

  private double tree(int cell, double x, double y) {
    var chance = Curve.chance(cell, salt);
    var foot = (cell + 0.2 + 0.6 * Curve.chance(cell, salt + 1)) * CELL;
    var side = Math.abs(foot) / frame.right();
    if (chance > density * (0.25 + 0.75 * Curve.step(0.15, 0.85, side))) {
      return 0;
    }
    var room = Math.min(1, (shore + frame.top()) * 1.6);
    var tall = (0.16 + 0.42 * Curve.chance(cell, salt + 2) * (0.35 + side)) * room;
    var base = bank.at(foot) - 0.02;
    var up = (y - base) / tall;
    if (up < 0 || up > 1.02) {
      return 0;
    }
    var tiers = 6 + 5 * Curve.chance(cell, salt + 3);
    var tier = 1 - Curve.fraction(up * tiers + 0.25 * noise.at(x * 9, cell));
    var ragged = 0.85 + 0.55 * noise.at(x < foot ? cell : cell + 0.5, y * 75);
    var half = tall * 0.21 * Math.pow(1 - Math.min(up, 1), 0.85) * (0.42 + 0.58 * tier) * ragged;
    var trunk = up < 0.12 ? tall * 0.022 : 0.0012;
    var away = Math.abs(x - foot);
    return Curve.step(frame.pixel(), -frame.pixel(), away - Math.max(half, trunk));
  }
}
