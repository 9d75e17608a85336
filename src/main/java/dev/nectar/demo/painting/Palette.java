package dev.nectar.demo.painting;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Colours that go together, by where they stand in a landscape.
 *
 * @param near of what stands closest, the darkest
 * @param light of the sun or moon
 */
record Palette(Rgb zenith, Rgb sky, Rgb horizon, Rgb far, Rgb near, Rgb light, boolean night) {

  private static final Palette SUNSET =
      day(0x2A2C63, 0xC4587C, 0xFFB56B, 0xB0617F, 0x1C1230, 0xFFF0C4);
  private static final Palette DAWN =
      day(0x5D82B8, 0xE3B3C4, 0xFFE2C0, 0xA8A4CC, 0x25304F, 0xFFF4DC);
  private static final Palette DAY =
      day(0x2B78C2, 0x86BFE9, 0xEAF4F2, 0x94B4D2, 0x1B3F38, 0xFFFBEA);
  private static final Palette GOLD =
      day(0x8A6238, 0xE5A84C, 0xFFF0B4, 0xCC9350, 0x2E190C, 0xFFF9DC);
  private static final Palette TEAL =
      day(0x0D4A5E, 0x55A5A4, 0xF4EBC8, 0x639F9F, 0x08262D, 0xFFF7DE);
  private static final Palette VIOLET =
      day(0x24174A, 0x7A4AA2, 0xF5A9BC, 0x7B5AA4, 0x130B2A, 0xFFE4EC);
  private static final Palette GREEN =
      day(0x6F9D95, 0xBFD6BD, 0xF6F2D6, 0x88AC9A, 0x0E281B, 0xFFFCE2);
  private static final Palette WINTER =
      day(0x86A9CF, 0xCBDDEF, 0xFDF3EA, 0xAFC1DB, 0x2A4462, 0xFFFFFF);
  private static final Palette RED =
      day(0x3B0B1C, 0xA82A30, 0xFFA45C, 0x9C3338, 0x1C050C, 0xFFEBC2);
  private static final Palette NIGHT =
      new Palette(
          Rgb.of(0x050A22),
          Rgb.of(0x13265A),
          Rgb.of(0x4A6CA2),
          Rgb.of(0x2B4578),
          Rgb.of(0x03060F),
          Rgb.of(0xF6F1DE),
          true);

  private static final List<Palette> ALL =
      List.of(SUNSET, DAWN, DAY, GOLD, TEAL, VIOLET, GREEN, WINTER, RED, NIGHT);

  private static final Map<String, Palette> BY_WORD =
      Map.ofEntries(
          Map.entry("sunset", SUNSET),
          Map.entry("evening", SUNSET),
          Map.entry("orange", SUNSET),
          Map.entry("dusk", VIOLET),
          Map.entry("dawn", DAWN),
          Map.entry("morning", DAWN),
          Map.entry("sunrise", DAWN),
          Map.entry("pink", DAWN),
          Map.entry("blue", DAY),
          Map.entry("day", DAY),
          Map.entry("summer", DAY),
          Map.entry("gold", GOLD),
          Map.entry("golden", GOLD),
          Map.entry("yellow", GOLD),
          Map.entry("autumn", GOLD),
          Map.entry("desert", GOLD),
          Map.entry("teal", TEAL),
          Map.entry("turquoise", TEAL),
          Map.entry("cyan", TEAL),
          Map.entry("ocean", TEAL),
          Map.entry("violet", VIOLET),
          Map.entry("purple", VIOLET),
          Map.entry("green", GREEN),
          Map.entry("forest", GREEN),
          Map.entry("spring", GREEN),
          Map.entry("mist", GREEN),
          Map.entry("misty", GREEN),
          Map.entry("white", WINTER),
          Map.entry("winter", WINTER),
          Map.entry("snow", WINTER),
          Map.entry("snowy", WINTER),
          Map.entry("ice", WINTER),
          Map.entry("red", RED),
          Map.entry("fire", RED),
          Map.entry("night", NIGHT),
          Map.entry("midnight", NIGHT),
          Map.entry("moon", NIGHT),
          Map.entry("stars", NIGHT),
          Map.entry("starry", NIGHT),
          Map.entry("dark", NIGHT),
          Map.entry("black", NIGHT));

  /** Night and moon win over a colour; else the first word that stands for one; else chance. */
  static Palette of(Words words, RandomGenerator random) {
    var drawn = ALL.get(random.nextInt(ALL.size()));
    return words.names("night", "moon") ? NIGHT : words.first(BY_WORD).orElse(drawn);
  }

  /** The same at a later hour, for lights to show. */
  Palette dimmed() {
    return new Palette(
        zenith.times(0.45),
        sky.times(0.62),
        horizon.times(0.85),
        far.times(0.6),
        near,
        light,
        true);
  }

  /** The sky at a height over the horizon, 1 being the picture's top. */
  Rgb skyAt(double height) {
    return height < 0.4
        ? horizon.mix(sky, Curve.step(0, 0.4, height))
        : sky.mix(zenith, Curve.step(0.4, 1.05, height));
  }

  private static Palette day(int zenith, int sky, int horizon, int far, int near, int light) {
    return new Palette(
        Rgb.of(zenith),
        Rgb.of(sky),
        Rgb.of(horizon),
        Rgb.of(far),
        Rgb.of(near),
        Rgb.of(light),
        false);
  }
}
