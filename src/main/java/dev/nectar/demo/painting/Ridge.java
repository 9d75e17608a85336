package dev.nectar.demo.painting;

import java.util.function.DoubleUnaryOperator;

/** A line of heights along a picture, reckoned once, as every row of pixels asks for it again. */
final class Ridge {

  /** Waves look a little beyond the frame. */
  private static final double MARGIN = 0.5;

  private final double[] heights;
  private final double left;
  private final double stride;

  Ridge(Frame frame, DoubleUnaryOperator height) {
    this.left = -frame.right() - MARGIN;
    this.stride = Math.min(frame.pixel() / 2, 0.01);
    this.heights = new double[(int) Math.ceil(-2 * left / stride) + 2];
    for (var i = 0; i < heights.length; i++) {
      heights[i] = height.applyAsDouble(left + i * stride);
    }
  }

  double at(double x) {
    var at = Math.clamp((x - left) / stride, 0, heights.length - 2);
    var i = (int) at;
    return Curve.lerp(heights[i], heights[i + 1], at - i);
  }
}
