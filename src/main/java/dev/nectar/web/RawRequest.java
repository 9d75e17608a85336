package dev.nectar.web;

import dev.nectar.generation.Presence;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;

/** What is known of a request before anything has normalized its path, as request attributes. */
public final class RawRequest {

  public static final String ID_HEADER = "X-Request-Id";

  public static final String ID_ATTRIBUTE = RawRequest.class.getName() + ".id";

  public static final String PROMPT_ATTRIBUTE = RawRequest.class.getName() + ".prompt";

  public static final String PATH_ATTRIBUTE = RawRequest.class.getName() + ".path";

  public static final String MODEL_ATTRIBUTE = RawRequest.class.getName() + ".model";

  /** An {@link AtHand}. */
  public static final String AT_HAND_ATTRIBUTE = RawRequest.class.getName() + ".atHand";

  public static final String PRESENCE_ATTRIBUTE = RawRequest.class.getName() + ".presence";

  /** Where prompts are; links to images are made with it. */
  public static final String PROMPT_PATH = "/prompt";

  /** Pollinations has prompts here. */
  public static final String IMAGE_PATH = "/image";

  /** A list that Pollinations keeps among the prompts. */
  public static final String IMAGE_MODELS_PATH = "/image/models";

  /** What a request for a picture may begin with. */
  public static final List<String> PROMPT_PATHS = List.of(IMAGE_PATH, PROMPT_PATH, "/p");

  /** Is told whether what was asked for could be answered without waiting for anything. */
  public interface AtHand {
    void was(boolean atHand);
  }

  private RawRequest() {}

  /**
   * What follows {@code /prompt/} or another of its names, one char a byte; empty if nothing does.
   */
  public static String prompt(HttpServletRequest request) {
    return text(request, PROMPT_ATTRIBUTE);
  }

  public static String id(HttpServletRequest request) {
    return text(request, ID_ATTRIBUTE);
  }

  /**
   * The path as it came over the wire, one char a byte; of OpenAI's API, which has many, the one
   * below {@code /v1}.
   */
  public static String path(HttpServletRequest request) {
    return text(request, PATH_ATTRIBUTE);
  }

  /**
   * The model that the path names; empty if it names none.
   *
   * @throws dev.nectar.image.InvalidImageRequestException if it is not percent-encoded UTF-8
   */
  public static Optional<String> model(HttpServletRequest request) {
    return Optional.of(text(request, MODEL_ATTRIBUTE))
        .filter(model -> !model.isEmpty())
        .map(PercentText::decode);
  }

  public static Presence presence(HttpServletRequest request) {
    return request.getAttribute(PRESENCE_ATTRIBUTE) instanceof Presence presence
        ? presence
        : Presence.ASSUMED;
  }

  /** Says whether the request could be answered without waiting, so that its like will be. */
  public static void wasAtHand(HttpServletRequest request, boolean atHand) {
    if (request.getAttribute(AT_HAND_ATTRIBUTE) instanceof AtHand told) {
      told.was(atHand);
    }
  }

  private static String text(HttpServletRequest request, String attribute) {
    return request.getAttribute(attribute) instanceof String text ? text : "";
  }
}
