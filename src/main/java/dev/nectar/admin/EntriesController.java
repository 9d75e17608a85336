package dev.nectar.admin;

import dev.nectar.cache.CacheEntry;
import dev.nectar.cache.CacheEntry.Hosted;
import dev.nectar.cache.CacheEntry.Stored;
import dev.nectar.cache.CacheKey;
import dev.nectar.cache.CacheStore;
import dev.nectar.cache.EntryQuery;
import dev.nectar.cache.Position;
import dev.nectar.generation.GenerationPipeline;
import dev.nectar.variant.Decoding;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Lets admins browse what the cache holds. */
@RestController
@RequestMapping("/admin/entries")
class EntriesController {

  private static final int MAX_LIMIT = 200;

  private final AdminAccess access;
  private final CacheStore cache;
  private final GenerationPipeline pipeline;
  private final Thumbnails thumbnails;

  EntriesController(
      AdminAccess access, CacheStore cache, GenerationPipeline pipeline, Thumbnails thumbnails) {
    this.access = access;
    this.cache = cache;
    this.pipeline = pipeline;
    this.thumbnails = thumbnails;
  }

  /** Before any of the methods below. */
  @ModelAttribute
  void authorize(HttpServletRequest request) {
    access.check(request);
  }

  @GetMapping
  ResponseEntity<Map<String, @Nullable Object>> list(
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "50") String limit) {
    var page = cache.list(new EntryQuery(position(after), q.strip(), limit(limit)));
    var body = new LinkedHashMap<String, @Nullable Object>();
    body.put(
        "entries",
        page.entries().stream()
            .map(listed -> EntryView.of(listed.key(), listed.entry()))
            .flatMap(Optional::stream)
            .toList());
    body.put("next", page.next() == null ? null : page.next().toString());
    return ResponseEntity.ok().header(HttpHeaders.CACHE_CONTROL, "no-store").body(body);
  }

  private static int limit(String text) {
    var limit = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > MAX_LIMIT) {
      throw bad("The parameter 'limit' must be an integer from 1 to %d.".formatted(MAX_LIMIT));
    }
    return limit;
  }

  private static @Nullable Position position(String after) {
    return after.isEmpty()
        ? null
        : Position.parse(after)
            .orElseThrow(() -> bad("The parameter 'after' is none that a page named as 'next'."));
  }

  @GetMapping("/{key}")
  ResponseEntity<EntryView.Whole> whole(@PathVariable String key) {
    var found = find(key);
    return ResponseEntity.ok()
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(EntryView.whole(found.key(), found.entry()).orElseThrow(EntriesController::missing));
  }

  @GetMapping("/{key}/image")
  ResponseEntity<Resource> image(@PathVariable String key) {
    return switch (find(key).entry()) {
      case Stored stored ->
          privately()
              .contentType(MediaType.parseMediaType(stored.format().mediaType()))
              .body(new FileSystemResource(stored.file()));
      case Hosted _ ->
          throw new ResponseStatusException(
              HttpStatus.NOT_FOUND, "The image is at its host, where 'hostedUrl' says.");
      case CacheEntry.Blocked _, CacheEntry.FallbackFailed _ -> throw missing();
    };
  }

  @GetMapping("/{key}/thumbnail")
  ResponseEntity<byte[]> thumbnail(@PathVariable String key) throws IOException {
    return switch (thumbnail(find(key).entry())) {
      case Decoding.Decoded(var thumbnail) ->
          privately()
              .contentType(MediaType.parseMediaType(thumbnail.mediaType()))
              .body(thumbnail.bytes());
      case Decoding.Undecodable(var reason) ->
          throw new ResponseStatusException(
              HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The image has no thumbnail: " + reason + ".");
      case Decoding.Busy<Thumbnail> _ -> {
        var busy = new ErrorResponseException(HttpStatus.SERVICE_UNAVAILABLE);
        busy.setDetail("Too many thumbnails are being made. Try again a little later.");
        busy.getHeaders().set(HttpHeaders.RETRY_AFTER, "5");
        throw busy;
      }
    };
  }

  private Decoding<Thumbnail> thumbnail(CacheEntry entry) throws IOException {
    return switch (entry) {
      case Stored stored -> {
        try {
          yield thumbnails.of(stored);
        } catch (NoSuchFileException e) {
          throw missing();
        }
      }
      case Hosted hosted -> {
        try {
          yield thumbnails.of(hosted);
        } catch (IOException e) {
          throw new ResponseStatusException(
              HttpStatus.BAD_GATEWAY, "The host does not give the image.", e);
        }
      }
      case CacheEntry.Blocked _, CacheEntry.FallbackFailed _ -> throw missing();
    };
  }

  @DeleteMapping("/{key}")
  ResponseEntity<Void> delete(@PathVariable String key) {
    return switch (pipeline.forget(parse(key))) {
      case FORGOTTEN -> ResponseEntity.ok().build();
      case NOTHING_TO_FORGET -> throw missing();
      case FAILED -> throw AdminAccess.notForgotten();
    };
  }

  private static ResponseEntity.BodyBuilder privately() {
    return ResponseEntity.ok()
        .header(HttpHeaders.CACHE_CONTROL, "private, max-age=300")
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Security-Policy", "default-src 'none'; sandbox");
  }

  private record Found(CacheKey key, CacheEntry entry) {}

  private Found find(String key) {
    var parsed = parse(key);
    return new Found(parsed, cache.find(parsed).orElseThrow(EntriesController::missing));
  }

  private static CacheKey parse(String key) {
    return CacheKey.parse(key).orElseThrow(() -> bad("A key is 64 digits in lower-case hex."));
  }

  private static ResponseStatusException bad(String detail) {
    return new ResponseStatusException(HttpStatus.BAD_REQUEST, detail);
  }

  private static ResponseStatusException missing() {
    return new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such image.");
  }
}
