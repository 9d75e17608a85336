package dev.nectar.demo.painting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FruitTest {

  @ParameterizedTest
  @EnumSource
  void profile_fromStemToFoot_isASmoothLineAroundTheMiddle(Fruit fruit) {
    for (var degrees = 0; degrees < 180; degrees++) {
      var here = fruit.profile(Math.toRadians(degrees));
      var next = fruit.profile(Math.toRadians(degrees + 1));

      assertThat(here).isPositive();
      assertThat(next).isCloseTo(here, within(0.05));
    }
  }

  @ParameterizedTest
  @EnumSource
  void body_onTheTable_touchesItAndNoMore(Fruit fruit) {
    var axis = new Vec(0.3, 0.9, -0.2).unit();
    var body = body(fruit, axis);
    var lowest = Double.MAX_VALUE;
    for (var x = -1.5; x <= 1.5; x += 0.02) {
      for (var z = -1.5; z <= 1.5; z += 0.02) {
        lowest = Math.min(lowest, body.distance(x, 0, z));
      }
    }

    assertThat(lowest).isCloseTo(0, within(0.02));
  }

  @ParameterizedTest
  @EnumSource
  void distance_fromAnywhere_neverReachesBeyondTheSurface(Fruit fruit) {
    var body = body(fruit, new Vec(0, 1, 0));
    var points = new SplittableRandom(1);
    for (var i = 0; i < 2_000; i++) {
      var from =
          new Vec(points.nextDouble(-2, 2), points.nextDouble(0, 3), points.nextDouble(-2, 2));
      var distance = body.distance(from.x(), from.y(), from.z());
      var way =
          new Vec(points.nextDouble(-1, 1), points.nextDouble(-1, 1), points.nextDouble(-1, 1));
      var to = from.ahead(way.unit(), distance * 0.9);

      if (distance > 0) {
        assertThat(body.distance(to.x(), to.y(), to.z())).isGreaterThan(-0.01);
      }
    }
  }

  private static FruitBody body(Fruit fruit, Vec axis) {
    var skin = Skin.of(fruit, Words.of(""));
    return new FruitBody(fruit, 0, 0, axis, skin, new Noise(new SplittableRandom(1)));
  }
}
