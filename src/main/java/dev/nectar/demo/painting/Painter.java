package dev.nectar.demo.painting;

import java.awt.image.BufferedImage;
import java.util.random.RandomGenerator;

/** Paints what a prompt names, as well as arithmetic can: fruit, cities, abstracts, landscapes. */
public final class Painter {

  private Painter() {}

  /** The picture's pixels, three bytes each. */
  public static BufferedImage paint(Picture picture) {
    return new Canvas(scene(picture), picture).painted();
  }

  private static Canvas.Scene scene(Picture picture) {
    var frame = Frame.of(picture);
    var words = Words.of(picture.prompt());
    var random = picture.chance();
    return Fruit.in(words)
        .<Canvas.Scene>map(fruit -> new StillLife(frame, fruit, words, random))
        .orElseGet(() -> withoutFruit(frame, words, random));
  }

  private static Canvas.Scene withoutFruit(Frame frame, Words words, RandomGenerator random) {
    if (words.names("city", "skyline", "street", "tower", "building", "town", "skyscraper")) {
      return new Skyline(frame, words, random);
    }
    if (words.names("abstract", "pattern", "flow", "silk", "wave", "music", "dream", "texture")) {
      return new Silk(frame, words, random);
    }
    if (words.names(
        "mountain",
        "landscape",
        "lake",
        "sea",
        "forest",
        "sunset",
        "sunrise",
        "night",
        "moon",
        "valley",
        "hill",
        "meadow",
        "field",
        "plain",
        "island",
        "nature",
        "spring",
        "summer",
        "autumn",
        "sky",
        "ocean",
        "river",
        "tree",
        "desert",
        "beach",
        "winter",
        "snow")) {
      return new Landscape(frame, words, random);
    }
    return switch (random.nextInt(6)) {
      case 0 -> new Skyline(frame, words, random);
      case 1, 2 -> new Silk(frame, words, random);
      default -> new Landscape(frame, words, random);
    };
  }
}
