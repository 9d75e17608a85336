package dev.nectar.openai;

import dev.nectar.cache.CacheEntry;
import dev.nectar.generation.GenerationResult;
import dev.nectar.generation.GenerationResult.Failed.Reason;
import dev.nectar.image.ImageRequest;
import dev.nectar.image.InvalidImageRequestException;
import dev.nectar.web.HostedImages;
import dev.nectar.web.ImageAnswers;
import dev.nectar.web.ImageLinks;
import dev.nectar.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.ErrorResponseException;

/** From results to what OpenAI's answer holds. */
public final class OpenAiPictures {

  private static final Logger log = LoggerFactory.getLogger(OpenAiPictures.class);

  private static final int BUFFER_BYTES = 1 << 16;

  private final HostedImages hosted;
  private final ImageLinks links;

  public OpenAiPictures(HostedImages hosted, ImageLinks links) {
    this.hosted = hosted;
    this.links = links;
  }

  /**
   * Links to pictures that are about to be made, each null where none is wanted or, beside the
   * bytes, possible.
   *
   * @throws dev.nectar.image.InvalidImageRequestException if one is wanted alone and not possible
   */
  List<@Nullable String> links(
      List<ImageRequest> images, ResponseForm form, HttpServletRequest request) {
    var told = new ArrayList<@Nullable String>();
    for (var image : images) {
      told.add(link(image, form, request));
    }
    return told;
  }

  private @Nullable String link(ImageRequest image, ResponseForm form, HttpServletRequest request) {
    if (!form.hasLink() || (form.hasBytes() && !links.areOn())) {
      return null;
    }
    try {
      return links.to(image, null, request);
    } catch (InvalidImageRequestException e) {
      if (form.hasBytes()) {
        return null;
      }
      throw e;
    }
  }

  /**
   * Opens a picture, so that nothing is left to fail once it is told; what no link would find comes
   * itself.
   *
   * @param link to it, once it is kept; null: none is wanted
   */
  OpenAiPicture open(ImageAnswers.Each each, ResponseForm form, @Nullable String link) {
    var usage = each.answer().usage();
    return switch (each.answer().result()) {
      case GenerationResult.Stored(var entry) ->
          new OpenAiPicture(
              link,
              each.file() == null ? null : new BufferedInputStream(each.file(), BUFFER_BYTES),
              entry.format(),
              entry.pixels(),
              entry.provenance().prompt(),
              usage);
      case GenerationResult.Made(var staged, var provenance, var kept) ->
          new OpenAiPicture(
              kept ? link : null,
              form.hasBytes() || !kept
                  ? new BufferedInputStream(staged.open(), BUFFER_BYTES)
                  : null,
              staged.format(),
              staged.pixels(),
              provenance.prompt(),
              usage);
      case GenerationResult.Hosted(var entry) ->
          new OpenAiPicture(
              form.hasLink() ? entry.url().toASCIIString() : null,
              form.hasBytes() ? bytes(entry, form) : null,
              entry.format(),
              entry.pixels(),
              entry.provenance().prompt(),
              usage);
      case GenerationResult.NoImage reason -> throw problem(reason);
    };
  }

  private @Nullable InputStream bytes(CacheEntry.Hosted entry, ResponseForm form) {
    try {
      return hosted.open(entry);
    } catch (IOException e) {
      log.warn("A hosted image could not be brought back: {}", e.toString());
      if (form.hasLink()) {
        return null;
      }
      throw Problem.HOST_FAILED.because("The image lives at a host that did not give it back.");
    }
  }

  /** OpenAI tells refusals and models that are not known from failures. */
  public static ErrorResponseException problem(GenerationResult.NoImage reason) {
    return switch (reason) {
      case GenerationResult.Failed(_, var why) when why == Reason.CONTENT_REFUSED ->
          Problem.CONTENT_REFUSED.because(
              "Your request was rejected: the prompt was refused for its content.");
      case GenerationResult.Failed(_, var why) when why == Reason.MODEL_NOT_KNOWN ->
          Problem.MODEL_NOT_KNOWN.because("No back end knows the model that was asked for.");
      case GenerationResult.BudgetUsedUp(var retryAfter) ->
          Problem.QUOTA_USED_UP.usedUp(retryAfter);
      case GenerationResult.NoImage other -> Problem.of(other);
    };
  }
}
