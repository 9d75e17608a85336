package dev.nectar.backend.protocol;

import dev.nectar.backend.Usage;
import dev.nectar.http.BoundedBody;
import dev.nectar.http.ContentCoding;
import dev.nectar.http.RetryAfter;
import dev.nectar.http.answer.AnswerBody;
import dev.nectar.http.answer.StagedPictures;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a back end answered, as far as it was read. Its pictures are staged, and closed with it.
 *
 * @param mediaType without parameters; empty if it claims none
 * @param retryAfter how long it asks to be left alone; null if it does not
 * @param documents the JSON in it
 * @param text what there was in the place of JSON; null if there was none
 * @param isPicture whether it is itself a picture, the first of the staged
 * @param fault what ended it early; null if nothing did
 */
record Answer(
    int status,
    String mediaType,
    @Nullable Duration retryAfter,
    List<JsonNode> documents,
    @Nullable String text,
    boolean isPicture,
    StagedPictures pictures,
    @Nullable IOException fault)
    implements AutoCloseable {

  /** What an answer holds beside its picture, and all that an error may hold. */
  private static final long MAX_OVERHEAD = 1024 * 1024;

  /**
   * Reads an answer to its end.
   *
   * @param afterPicture is told when there is little to wait for any more
   */
  static Answer read(ClassicHttpResponse response, Exchange exchange, Runnable afterPicture) {
    var staging = exchange.staging();
    var isSuccess = isSuccess(response.getCode());
    var pictures = new StagedPictures(isSuccess ? staging : null);
    var content = new AnswerBody(pictures, afterPicture);
    IOException fault = null;
    try (var body = ContentCoding.decoded(response)) {
      var maxBytes = MAX_OVERHEAD + (isSuccess ? staging.maxImageBytes() / 3 * 4 : 0);
      content.read(new BoundedBody(body, maxBytes));
      if (!isSuccess) {
        content.readText();
      }
    } catch (IOException e) {
      fault = e;
    }
    return new Answer(
        response.getCode(),
        mediaType(response),
        RetryAfter.of(response, exchange.clock()),
        content.documents(),
        content.text(),
        content.isPicture(),
        pictures,
        fault);
  }

  private static String mediaType(ClassicHttpResponse response) {
    var type =
        ContentType.parseLenient(
            response.getEntity() == null ? null : response.getEntity().getContentType());
    return type == null ? "" : type.getMimeType().toLowerCase(Locale.ROOT);
  }

  /** What it says that its picture took; null if it does not. */
  @Nullable Usage usage() {
    return documents.reversed().stream()
        .map(document -> Usage.of(document.path("usage")))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(null);
  }

  boolean isSuccess() {
    return isSuccess(status);
  }

  private static boolean isSuccess(int status) {
    return status / 100 == 2;
  }

  @Override
  public void close() {
    pictures.close();
  }
}
