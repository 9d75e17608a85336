package dev.nectar.backend;

import dev.nectar.image.ImageSize;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which sizes a back end says that it takes.
 *
 * @param listed all of them; empty if it lists none
 * @param minPixels width times height; null if it tells none
 * @param maxPixels width times height; null if it tells none
 * @param minEdge null if it tells none
 * @param maxEdge null if it tells none
 * @param multiple of which both edges are; null if it tells none
 */
public record OfferedSizes(
    List<ImageSize> listed,
    @Nullable Integer minPixels,
    @Nullable Integer maxPixels,
    @Nullable Integer minEdge,
    @Nullable Integer maxEdge,
    @Nullable Integer multiple) {

  public static final OfferedSizes NONE = new OfferedSizes(List.of(), null, null, null, null, null);

  /** Ratios that differ by less are the same. */
  private static final double SAME_RATIO = 1e-9;

  /** These, and no limits. */
  public static OfferedSizes listed(List<ImageSize> sizes) {
    return new OfferedSizes(sizes, null, null, null, null, null);
  }

  /** These, and what else it says later, which wins. */
  OfferedSizes and(OfferedSizes later) {
    return new OfferedSizes(
        later.listed.isEmpty() ? listed : later.listed,
        later.minPixels == null ? minPixels : later.minPixels,
        later.maxPixels == null ? maxPixels : later.maxPixels,
        later.minEdge == null ? minEdge : later.minEdge,
        later.maxEdge == null ? maxEdge : later.maxEdge,
        later.multiple == null ? multiple : later.multiple);
  }

  /** These; where it lists none, with a list from elsewhere. */
  OfferedSizes orListed(List<ImageSize> sizes) {
    return listed.isEmpty()
        ? new OfferedSizes(sizes, minPixels, maxPixels, minEdge, maxEdge, multiple)
        : this;
  }

  /**
   * The one nearest in ratio, then in area; null if there is none. Where none are listed, it is the
   * same ratio within the limits, as far as these let it.
   */
  @Nullable ImageSize nearest(ImageSize wanted) {
    var fitting = listed.stream().filter(this::allows).toList();
    var choice = fitting.isEmpty() ? scaled(wanted).filter(this::allows) : fitting.stream();
    return choice
        .min(
            Comparator.<ImageSize>comparingLong(size -> ratioDifference(size, wanted))
                .thenComparingLong(size -> Math.abs(size.pixels() - wanted.pixels())))
        .orElse(null);
  }

  private static long ratioDifference(ImageSize one, ImageSize other) {
    var difference =
        Math.log((double) one.width() / one.height())
            - Math.log((double) other.width() / other.height());
    return Math.round(Math.abs(difference) / SAME_RATIO);
  }

  private boolean allows(ImageSize size) {
    var shorter = Math.min(size.width(), size.height());
    var longer = Math.max(size.width(), size.height());
    return size.pixels() >= lower(minPixels)
        && size.pixels() <= upper(maxPixels)
        && shorter >= lower(minEdge)
        && longer <= upper(maxEdge)
        && size.width() % step() == 0
        && size.height() % step() == 0;
  }

  /** As much larger or smaller as it has to be, each edge rounded either way. */
  private Stream<ImageSize> scaled(ImageSize wanted) {
    var pixels = (double) wanted.pixels();
    var least =
        Math.max(
            Math.sqrt(lower(minPixels) / pixels),
            (double) lower(minEdge) / Math.min(wanted.width(), wanted.height()));
    var most =
        Math.min(
            Math.sqrt(upper(maxPixels) / pixels),
            (double) upper(maxEdge) / Math.max(wanted.width(), wanted.height()));
    var scale = Math.min(Math.max(1, least), most);
    return rounded(wanted.width() * scale)
        .boxed()
        .flatMap(width ->
            rounded(wanted.height() * scale)
                .mapToObj(height -> new ImageSize(width.intValue(), (int) height)));
  }

  private DoubleStream rounded(double edge) {
    var bounded = Math.min(Math.max(edge, lower(minEdge)), upper(maxEdge));
    // What is a hair off a whole multiple is that multiple.
    var steps = Math.round(bounded / step() * 1e6) / 1e6;
    return DoubleStream.of(Math.floor(steps), Math.ceil(steps))
        .map(count -> Math.max(count, 1) * step());
  }

  private int step() {
    return multiple == null || multiple < 1 ? 1 : multiple;
  }

  private static int lower(@Nullable Integer limit) {
    return Objects.requireNonNullElse(limit, 1);
  }

  private static int upper(@Nullable Integer limit) {
    return Objects.requireNonNullElse(limit, Integer.MAX_VALUE);
  }
}
