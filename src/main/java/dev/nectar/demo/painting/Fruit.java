package dev.nectar.demo.painting;

import static dev.nectar.demo.painting.Curve.bell;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The fruits of a still life: a shape turned around an axis, and a skin. */
enum Fruit {
  APPLE(1, 0xB0121A, 0x7A0810, 0xD9A83A, 0.8, 0),
  PEAR(0.92, 0xB9B23A, 0x8C8A22, 0xB5562E, 0.5, 0),
  ORANGE(0.95, 0xF0810F, 0xE06A05, 0xB98A1E, 0.45, 0.16),
  LEMON(0.82, 0xF4CF1C, 0xE6B50A, 0xA9B52E, 0.5, 0.09),
  LIME(0.74, 0x6FA51E, 0x4A8214, 0xB5C04A, 0.55, 0.08),
  CHERRY(0.5, 0x9E0A1E, 0x5E0411, 0xB32030, 1, 0),
  PEACH(0.95, 0xF0A257, 0xD9522F, 0xF3C97A, 0.15, 0),
  PLUM(0.74, 0x4A1E5C, 0x2C0F3E, 0x7A4A7A, 0.4, 0);

  private final double radius;
  private final int skin;
  private final int deep;
  private final int crown;
  private final double gloss;
  private final double pores;

  Fruit(double radius, int skin, int deep, int crown, double gloss, double pores) {
    this.radius = radius;
    this.skin = skin;
    this.deep = deep;
    this.crown = crown;
    this.gloss = gloss;
    this.pores = pores;
  }

  /** The first one the prompt names. */
  static Optional<Fruit> in(Words words) {
    return words.all().stream()
        .flatMap(word ->
            Arrays.stream(values()).filter(fruit -> new Words(List.of(word)).names(fruit.word())))
        .findFirst();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  double radius() {
    return radius;
  }

  /** In linear light, as the two below. */
  Rgb skin() {
    return Rgb.of(skin).linear();
  }

  Rgb deep() {
    return Rgb.of(deep).linear();
  }

  /** The colour around the stem. */
  Rgb crown() {
    return Rgb.of(crown).linear();
  }

  double gloss() {
    return gloss;
  }

  /** How deep they are. */
  double pores() {
    return pores;
  }

  /** How far the surface is from the middle, at an angle from the stem. */
  double profile(double angle) {
    return radius
        * switch (this) {
          case APPLE -> apple(angle);
          case PEAR -> pear(angle);
          case ORANGE -> orange(angle);
          case LEMON, LIME -> lemon(angle);
          case CHERRY -> cherry(angle);
          case PEACH -> peach(angle);
          case PLUM -> plum(angle);
        };
  }

  private static double apple(double angle) {
    return 1
        - 0.4 * bell(angle, 0.4)
        - 0.2 * bell(Math.PI - angle, 0.34)
        + 0.06 * Math.cos(angle)
        + 0.035 * bell(angle - 0.85, 0.4);
  }

  /** Two balls run into one another, seen from the middle of the greater. */
  private static double pear(double angle) {
    var cosine = Math.cos(angle);
    var low = 0.3;
    var high = 2.2;
    for (var i = 0; i < 40; i++) {
      var middle = (low + high) / 2;
      var belly = middle - 0.9;
      var neck = Math.sqrt(middle * middle - 2 * middle * cosine + 1) - 0.36;
      var share = Math.clamp(0.5 + (neck - belly) / 1.1, 0, 1);
      var surface = Curve.lerp(neck, belly, share) - 0.55 * share * (1 - share);
      if (surface < 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low - 0.1 * bell(angle, 0.12) - 0.1 * bell(Math.PI - angle, 0.25);
  }

  private static double orange(double angle) {
    return 0.99 - 0.06 * bell(angle, 0.2) - 0.02 * bell(Math.PI - angle, 0.1);
  }

  private static double lemon(double angle) {
    var oval = 1 / Curve.length(Math.sin(angle) / 0.84, Math.cos(angle) / 1.06);
    return oval + 0.1 * bell(angle, 0.2) + 0.17 * bell(Math.PI - angle, 0.19);
  }

  private static double cherry(double angle) {
    return 1 - 0.2 * bell(angle, 0.34) + 0.03 * Math.cos(angle);
  }

  private static double peach(double angle) {
    return 1 - 0.26 * bell(angle, 0.3) + 0.05 * bell(Math.PI - angle, 0.16);
  }

  private static double plum(double angle) {
    var oval = 1 / Curve.length(Math.sin(angle) / 0.9, Math.cos(angle) / 1.06);
    return oval - 0.14 * bell(angle, 0.24);
  }
}
