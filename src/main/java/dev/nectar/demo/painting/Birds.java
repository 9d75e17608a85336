package dev.nectar.demo.painting;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** A loose flock, far off: two curved wings each. */
final class Birds {

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
