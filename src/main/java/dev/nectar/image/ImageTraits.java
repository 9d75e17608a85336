package dev.nectar.image;

/**
 * What an image tells by its structure.
 *
 * @param size of the whole, as stored: an orientation that its metadata names is not applied
 * @param extent room for the whole and for each frame, which may be larger
 * @param buffered whether decoders hold all of it before they can give a part: JPEG in several
 *     scans, lossless WebP
 * @param losslessBytes of lossless images beside lossy ones: the alpha channels of WebP
 */
public record ImageTraits(
    ImageFormat format, ImageSize size, ImageSize extent, boolean buffered, long losslessBytes) {}
