package dev.nectar.cache;

import dev.nectar.cache.CacheEntry.Hosted;
import dev.nectar.image.ImageFacts;
import dev.nectar.image.ImageFormat;
import dev.nectar.image.ImageRequest;
import dev.nectar.image.ImageSize;
import dev.nectar.image.ImageSource;
import java.net.URI;
import java.time.Instant;

/** Keys and provenances to test with. */
public final class Samples {

  public static final Instant NOW = Instant.parse("2026-05-01T12:00:00.123456Z");

  private Samples() {}

  static ImageRequest request(String prompt) {
    return new ImageRequest(prompt, new ImageSize(512, 1024), "flux", 7, false);
  }

  public static CacheKey key(String prompt) {
    return CacheKey.of(request(prompt));
  }

  public static Provenance provenance(String prompt, Instant createdAt) {
    return new Provenance(
        request(prompt),
        "a rewritten " + prompt,
        "an optimized " + prompt,
        "a rewritten " + prompt,
        ImageSource.FALLBACK,
        "sent-model",
        createdAt);
  }

  public static Provenance bareProvenance(Instant createdAt) {
    return new Provenance(null, null, null, null, ImageSource.BACKEND, null, createdAt);
  }

  /** An image on a host, created {@link #NOW}. */
  public static Hosted hosted(String prompt, String path) {
    return hosted(prompt, path, NOW);
  }

  public static Hosted hosted(String prompt, String path, Instant createdAt) {
    return new Hosted(
        provenance(prompt, createdAt),
        new ImageFacts(ImageFormat.WEBP, 70_000, "ab".repeat(32), new ImageSize(1_024, 768)),
        URI.create("https://images.example/" + path));
  }
}
