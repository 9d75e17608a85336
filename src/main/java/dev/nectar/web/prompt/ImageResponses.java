package dev.nectar.web.prompt;

import dev.nectar.cache.Provenance;
import dev.nectar.generation.GenerationResult;
import dev.nectar.generation.ImageAnswer;
import dev.nectar.image.ImageRequest;
import dev.nectar.image.ImageSize;
import dev.nectar.web.EntityTag;
import dev.nectar.web.Problem;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRange;
import org.springframework.util.StreamUtils;
import org.springframework.web.context.request.ServletWebRequest;

/** From a result to bytes, a redirect or a problem. */
final class ImageResponses {

  private static final String SENDFILE = "org.apache.tomcat.sendfile.";

  private ImageResponses() {}

  static void write(
      ImageRequest image,
      ImageAnswer answer,
      Caching caching,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    response.setHeader("X-Cache", answer.cacheUse().name());
    response.setHeader("X-Seed", Integer.toString(image.seed()));
    answer.cost().ifPresent(cost -> response.setHeader("X-Cost", cost.toPlainString()));
    response.setHeader("Access-Control-Allow-Origin", "*");
    // The same URL also tells how its image is made.
    response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    switch (answer.result()) {
      case GenerationResult.Stored(var entry) ->
          write(ImageBody.of(entry), image, caching, request, response);
      case GenerationResult.Made(var staged, var provenance, _) ->
          write(ImageBody.of(staged, provenance), image, caching, request, response);
      case GenerationResult.Hosted(var entry) -> {
        response.setHeader(HttpHeaders.CACHE_CONTROL, caching.ofRedirect());
        describe(entry.provenance(), entry.pixels(), response);
        response.setHeader(HttpHeaders.LOCATION, entry.url().toASCIIString());
        response.setStatus(HttpServletResponse.SC_FOUND);
      }
      case GenerationResult.NoImage reason -> throw Problem.of(reason);
    }
  }

  private static void write(
      ImageBody body,
      ImageRequest image,
      Caching caching,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var etag = EntityTag.of(body.facts().sha256());
    response.setHeader(HttpHeaders.ETAG, etag);
    response.setHeader(HttpHeaders.CACHE_CONTROL, caching.ofImage());
    describe(body.provenance(), body.facts().pixels(), response);
    if (isConditional(request) && isUnmodified(etag, request, response)) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        "inline; filename=\""
            + FileName.of(image.prompt())
            + "."
            + body.facts().format().extension()
            + '"');
    response.setContentType(body.facts().format().mediaType());
    var ranges = ranges(request, etag, body, response);
    if (ranges.isEmpty()) {
      send(body, 0, body.facts().size(), request, response);
    } else {
      var start = ranges.getFirst().getRangeStart(body.facts().size());
      var end = ranges.getFirst().getRangeEnd(body.facts().size()) + 1;
      response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
      response.setHeader(
          HttpHeaders.CONTENT_RANGE,
          "bytes %d-%d/%d".formatted(start, end - 1, body.facts().size()));
      send(body, start, end, request, response);
    }
  }

  /** What an image and a redirect to one have in common. */
  private static void describe(
      Provenance provenance, @Nullable ImageSize pixels, HttpServletResponse response) {
    if (pixels != null) {
      response.setHeader("X-Image-Size", pixels.toString());
    }
    response.setHeader("X-Image-Source", provenance.source().name().toLowerCase(Locale.ROOT));
    response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
    response.setHeader("Referrer-Policy", "no-referrer");
  }

  private static boolean isConditional(HttpServletRequest request) {
    return isGet(request) && request.getHeader(HttpHeaders.IF_NONE_MATCH) != null;
  }

  /** Spring reads all of the condition but the star. */
  private static boolean isUnmodified(
      String etag, HttpServletRequest request, HttpServletResponse response) {
    return "*".equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))
        || new ServletWebRequest(request, response).checkNotModified(etag);
  }

  private static boolean isGet(HttpServletRequest request) {
    return HttpMethod.GET.matches(request.getMethod())
        || HttpMethod.HEAD.matches(request.getMethod());
  }

  /** The one range to be sent, or none for all: several would have to be packed into one body. */
  private static List<HttpRange> ranges(
      HttpServletRequest request, String etag, ImageBody body, HttpServletResponse response) {
    var header = request.getHeader(HttpHeaders.RANGE);
    var condition = request.getHeader(HttpHeaders.IF_RANGE);
    if (header == null
        || !header.startsWith("bytes=")
        || !HttpMethod.GET.matches(request.getMethod())
        || (condition != null && !condition.equals(etag))) {
      return List.of();
    }
    try {
      var ranges = HttpRange.parseRanges(header);
      if (ranges.size() > 1) {
        return List.of();
      }
      if (!ranges.isEmpty()
          && ranges.getFirst().getRangeStart(body.facts().size()) < body.facts().size()) {
        return ranges;
      }
    } catch (IllegalArgumentException e) {
      // answered below, together with ranges past the end, and none
    }
    response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + body.facts().size());
    throw Problem.RANGE_NOT_SATISFIABLE.because(
        "The image has %d bytes.".formatted(body.facts().size()));
  }

  /**
   * It opens the file when it has read the rest of the request, which should take no time; and of a
   * request that was dispatched again it forgets to.
   */
  private static boolean mayBeLeftToTomcat(HttpServletRequest request) {
    return request.getDispatcherType() == DispatcherType.REQUEST
        && Boolean.TRUE.equals(request.getAttribute(SENDFILE + "support"))
        && request.getContentLengthLong() <= 0
        && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null;
  }

  /** Sends the bytes from {@code start} up to but not including {@code end}. */
  private static void send(
      ImageBody body,
      long start,
      long end,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    response.setContentLengthLong(end - start);
    if (HttpMethod.HEAD.matches(request.getMethod())) {
      return;
    }
    if (body.file() != null && mayBeLeftToTomcat(request)) {
      request.setAttribute(SENDFILE + "filename", body.file().toString());
      request.setAttribute(SENDFILE + "start", start);
      request.setAttribute(SENDFILE + "end", end);
      return;
    }
    try (var bytes = body.source().open()) {
      StreamUtils.copyRange(bytes, response.getOutputStream(), start, end - 1);
    }
  }
}
