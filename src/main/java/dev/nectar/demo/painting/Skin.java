package dev.nectar.demo.painting;

import static dev.nectar.demo.painting.Curve.step;

import java.util.Map;

/** The colours of a fruit's skin and how they run into one another; all in linear light. */
record Skin(Rgb main, Rgb deep, Rgb crown, boolean streaked) {

  private static final Map<String, Rgb> BY_WORD =
      Map.ofEntries(
          Map.entry("red", Rgb.of(0xB0121A)),
          Map.entry("green", Rgb.of(0x7FA82B)),
          Map.entry("yellow", Rgb.of(0xE9BE2B)),
          Map.entry("gold", Rgb.of(0xE2A521)),
          Map.entry("golden", Rgb.of(0xE2A521)),
          Map.entry("blue", Rgb.of(0x1F55B5)),
          Map.entry("purple", Rgb.of(0x6B2A96)),
          Map.entry("violet", Rgb.of(0x6B2A96)),
          Map.entry("pink", Rgb.of(0xE8708F)),
          Map.entry("white", Rgb.of(0xE8E4D8)),
          Map.entry("black", Rgb.of(0x1D1B20)),
          Map.entry("silver", Rgb.of(0xB4B9C0)),
          Map.entry("turquoise", Rgb.of(0x1FA79B)));

  /** The fruit's own, unless the prompt names a colour. */
  static Skin of(Fruit fruit, Words words) {
    var streaked = fruit == Fruit.APPLE || fruit == Fruit.PEACH || fruit == Fruit.PEAR;
    return words
        .first(BY_WORD)
        .filter(named -> fruit != Fruit.APPLE || !words.names("red"))
        .map(Rgb::linear)
        .map(named -> new Skin(named, named.times(0.62), fruit.crown().mix(named, 0.4), streaked))
        .orElseGet(() -> new Skin(fruit.skin(), fruit.deep(), fruit.crown(), streaked));
  }

  Rgb colour(double polar, double around, Vec from, Noise noise) {
    var patches = noise.cloud(from.x() * 1.6 + from.z(), from.y() * 1.3 + from.z() * 1.7, 3);
    var colour = main.mix(deep, step(-0.25, 0.3, patches));
    if (streaked) {
      // Noise on a circle, so that the streaks meet behind.
      var streak =
          noise.cloud(Math.cos(around) * 11 + polar * 0.5, Math.sin(around) * 11 + polar * 0.3, 4);
      colour = colour.mix(crown, step(0.04, 0.5, streak) * 0.15 * (1 - step(0.5, 2.2, polar)));
      colour = colour.mix(deep, step(0.02, 0.4, -streak) * 0.5);
    }
    var crowned = step(0.62, 0.1, polar + 0.22 * patches);
    colour = colour.mix(crown, crowned * 0.85);
    return streaked ? colour.mix(crown, speck(polar, around) * 0.1) : colour;
  }

  /** Small pale dots, at most one a cell of the skin. */
  private static double speck(double polar, double around) {
    var row = (int) Math.floor(polar * 13);
    var inRow = Math.max(1, (int) (Math.sin((row + 0.5) / 13) * 78));
    var at = (around / (2 * Math.PI) + 0.5) * inRow;
    var cell = (int) at;
    if (Curve.chance(cell, row) > 0.55) {
      return 0;
    }
    var dx = at - cell - 0.25 - 0.5 * Curve.chance(cell + 50, row);
    var dy = polar * 13 - row - 0.25 - 0.5 * Curve.chance(cell, row + 50);
    return step(0.13, 0.04, Curve.length(dx, dy));
  }
}
