package dev.nectar.demo.painting;

/** A colour, each channel from 0 to 1 (above it where light is still being added up). */
record Rgb(double red, double green, double blue) {

  static final Rgb BLACK = new Rgb(0, 0, 0);
  static final Rgb WHITE = new Rgb(1, 1, 1);

  /** From the usual {@code 0xRRGGBB}. */
  static Rgb of(int hex) {
    return new Rgb(((hex >> 16) & 255) / 255.0, ((hex >> 8) & 255) / 255.0, (hex & 255) / 255.0);
  }

  /** Towards the other colour: 0 is this one, 1 the other. */
  Rgb mix(Rgb other, double share) {
    return new Rgb(
        red + (other.red - red) * share,
        green + (other.green - green) * share,
        blue + (other.blue - blue) * share);
  }

  Rgb plus(Rgb other) {
    return new Rgb(red + other.red, green + other.green, blue + other.blue);
  }

  Rgb times(double factor) {
    return new Rgb(red * factor, green * factor, blue * factor);
  }

  Rgb times(Rgb filter) {
    return new Rgb(red * filter.red, green * filter.green, blue * filter.blue);
  }

  /** From what a screen shows to amounts of light, which can be added and multiplied. */
  Rgb linear() {
    return new Rgb(Math.pow(red, 2.2), Math.pow(green, 2.2), Math.pow(blue, 2.2));
  }

  /** From amounts of light to what a screen shows; bright light rolls off as on film. */
  Rgb developed() {
    return new Rgb(develop(red), develop(green), develop(blue));
  }

  private static double develop(double light) {
    var toned = light * (2.51 * light + 0.03) / (light * (2.43 * light + 0.59) + 0.14);
    return Math.pow(Math.clamp(toned, 0, 1), 1 / 2.2);
  }

  /** How far the most different channels are apart. */
  double distance(Rgb other) {
    return Math.max(
        Math.abs(red - other.red),
        Math.max(Math.abs(green - other.green), Math.abs(blue - other.blue)));
  }

  int packed() {
    return (channel(red) << 16) | (channel(green) << 8) | channel(blue);
  }

  private static int channel(double value) {
    return (int) (Math.clamp(value, 0, 1) * 255 + 0.5);
  }
}
