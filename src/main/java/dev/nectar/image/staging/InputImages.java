package dev.nectar.image.staging;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pictures to make another one of, each staged; to be closed by whoever has them last.
 *
 * @param images in their order
 * @param mask says which parts of the first image are to change; null: all may
 * @param urls where all of the images are to be had; empty if that is not true of all
 */
public record InputImages(List<StagedImage> images, @Nullable StagedImage mask, List<URI> urls)
    implements AutoCloseable {

  public static final InputImages NONE = new InputImages(List.of(), null, List.of());

  public InputImages {
    images = List.copyOf(images);
    urls = List.copyOf(urls);
  }

  public boolean isEmpty() {
    return images.isEmpty();
  }

  @Override
  public void close() {
    images.forEach(StagedImage::close);
    if (mask != null) {
      mask.close();
    }
  }
}
