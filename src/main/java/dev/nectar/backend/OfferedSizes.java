package dev.nectar.backend;

import dev.nectar.image.ImageSize;
import java.util.List;
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
}
