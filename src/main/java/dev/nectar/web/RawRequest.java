package dev.nectar.web;

import dev.nectar.generation.Presence;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/** What is known of a request before anything has normalized its path, as request attributes. */
public final class RawRequest {

  public static final String ID_HEADER = "X-Request-Id";

  public static final String ID_ATTRIBUTE = RawRequest.class.getName() + ".id";

  public static final String PROMPT_ATTRIBUTE = RawRequest.class.getName() + ".prompt";

  public static final String PATH_ATTRIBUTE = RawRequest.class.getName() + ".path";

  public static final String PRESENCE_ATTRIBUTE = RawRequest.class.getName() + ".presence";

  /** Where prompts are; links to images are made with it. */
  public static final String PROMPT_PATH = "/prompt";

  /** Pollinations has prompts here. */
  public static final String IMAGE_PATH = "/image";

  /** A list that Pollinations keeps among the prompts. */
  public static final String IMAGE_MODELS_PATH = "/image/models";

  /** What a request for a picture may begin with. */
  public static final List<String> PROMPT_PATHS = List.of(IMAGE_PATH, PROMPT_PATH, "/p");

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

  /** The path as it came over the wire, one char a byte. */
  public static String path(HttpServletRequest request) {
    return text(request, PATH_ATTRIBUTE);
  }

  public static Presence presence(HttpServletRequest request) {
    return request.getAttribute(PRESENCE_ATTRIBUTE) instanceof Presence presence
        ? presence
        : Presence.ASSUMED;
  }

  private static String text(HttpServletRequest request, String attribute) {
    return request.getAttribute(attribute) instanceof String text ? text : "";
  }
}
