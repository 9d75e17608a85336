package dev.nectar.openai;

import dev.nectar.cache.CacheEntry;
import dev.nectar.cache.Provenance;
import dev.nectar.generation.GenerationResult;
import dev.nectar.generation.GenerationResult.Failed.Reason;
import dev.nectar.image.ImageRequest;
import dev.nectar.image.StagedImage;
import dev.nectar.web.HostedImages;
import dev.nectar.web.ImageAnswers;
import dev.nectar.web.ImageLinks;
import dev.nectar.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.Objects;
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

  /** Opens an image and adds it, so that nothing is left to fail once the answer is begun. */
  void addInline(ImageAnswers.Each each, ImagesAnswer answer) {
    switch (each.answer().result()) {
      case GenerationResult.Stored(var entry) -> {
        var file = Objects.requireNonNull(each.file());
        answer.addInline(
            new BufferedInputStream(file, BUFFER_BYTES),
            entry.format(),
            entry.provenance().prompt());
      }
      case GenerationResult.Made(var staged, var provenance, _) ->
          addInline(staged, provenance, answer);
      case GenerationResult.Hosted(var entry) -> addHosted(entry, answer);
      case GenerationResult.NoImage reason -> throw problem(reason);
    }
  }

  private static void addInline(StagedImage image, Provenance provenance, ImagesAnswer answer) {
    answer.addInline(
        new BufferedInputStream(image.open(), BUFFER_BYTES), image.format(), provenance.prompt());
  }

  private void addHosted(CacheEntry.Hosted entry, ImagesAnswer answer) {
    try {
      answer.addInline(hosted.open(entry), entry.format(), entry.provenance().prompt());
    } catch (IOException e) {
      log.warn("A hosted image could not be brought back: {}", e.toString());
      throw Problem.HOST_FAILED.because("The image lives at a host that did not give it back.");
    }
  }

  /**
   * Adds a link to an image, a hosted one's own or one to this server; the image itself if there is
   * nothing that a link would find.
   */
  public void addLink(
      ImageRequest image,
      GenerationResult result,
      ImagesAnswer answer,
      HttpServletRequest request) {
    switch (result) {
      case GenerationResult.Stored(var entry) ->
          answer.addLink(
              links.to(image, null, request), entry.format(), entry.provenance().prompt());
      case GenerationResult.Made(var staged, var provenance, var kept) when kept ->
          answer.addLink(links.to(image, null, request), staged.format(), provenance.prompt());
      case GenerationResult.Made(var staged, var provenance, _) ->
          addInline(staged, provenance, answer);
      case GenerationResult.Hosted(var entry) ->
          answer.addLink(entry.url().toASCIIString(), entry.format(), entry.provenance().prompt());
      case GenerationResult.NoImage reason -> throw problem(reason);
    }
  }

  /** OpenAI tells refusals and models that are not known from failures. */
  private static ErrorResponseException problem(GenerationResult.NoImage reason) {
    return switch (reason) {
      case GenerationResult.Failed(_, var why) when why == Reason.CONTENT_REFUSED ->
          Problem.CONTENT_REFUSED.because(
              "Your request was rejected: the prompt was refused for its content.");
      case GenerationResult.Failed(_, var why) when why == Reason.MODEL_NOT_KNOWN ->
          Problem.MODEL_NOT_KNOWN.because("No back end knows the model that was asked for.");
      case GenerationResult.NoImage other -> Problem.of(other);
    };
  }
}
