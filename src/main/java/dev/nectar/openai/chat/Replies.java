package dev.nectar.openai.chat;

import dev.nectar.generation.GenerationResult;
import dev.nectar.generation.GenerationResult.Failed.Reason;
import dev.nectar.image.ImageRequest;
import dev.nectar.image.InvalidImageRequestException;
import dev.nectar.openai.OpenAiPictures;
import dev.nectar.openai.chat.Reply.Inline;
import dev.nectar.openai.chat.Reply.Link;
import dev.nectar.openai.chat.Reply.Place;
import dev.nectar.web.ImageAnswers;
import dev.nectar.web.ImageLinks;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;

/** From results to what the assistant answers. */
record Replies(ImageLinks links) {

  private static final String REFUSED =
      "I can't paint that: the prompt was refused for its content. Please try other words.";

  /** One a picture, in their order; throws the problem if one failed. */
  List<Reply> of(List<ImageRequest> images, ImageAnswers answers, HttpServletRequest request) {
    return IntStream.range(0, images.size())
        .mapToObj(i -> of(images.get(i), answers.each().get(i).answer().result(), request))
        .toList();
  }

  private Reply of(ImageRequest image, GenerationResult result, HttpServletRequest request) {
    return switch (result) {
      case GenerationResult.Stored(var entry) ->
          picture(
              image,
              place(
                  image,
                  new Inline(entry.format(), () -> Files.newInputStream(entry.file())),
                  request));
      case GenerationResult.Made(var staged, _, var kept) -> {
        var inline = new Inline(staged.format(), staged::open);
        yield picture(image, kept ? place(image, inline, request) : inline);
      }
      case GenerationResult.Hosted(var entry) ->
          picture(image, new Link(entry.url().toASCIIString()));
      case GenerationResult.Failed(_, var why) when why == Reason.CONTENT_REFUSED ->
          new Reply.Sentence(REFUSED);
      case GenerationResult.NoImage reason -> throw OpenAiPictures.problem(reason);
    };
  }

  private static Reply picture(ImageRequest image, Place place) {
    return new Reply.Picture(image.prompt(), place);
  }

  /** A link for as long as the conversation is kept; the picture itself where there can be none. */
  private Place place(ImageRequest image, Inline inline, HttpServletRequest request) {
    if (!links.areOn()) {
      return inline;
    }
    try {
      return new Link(links.to(image, null, request));
    } catch (InvalidImageRequestException e) {
      // Too long for a URL, which is no reason to keep the picture back.
      return inline;
    }
  }
}
