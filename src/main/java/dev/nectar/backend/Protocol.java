package dev.nectar.backend;

import dev.nectar.http.ApiBase;
import dev.nectar.http.HostAndPort;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a back end is spoken to. */
public enum Protocol {
  /** OpenAI's {@code POST …/images/generations}. */
  IMAGES("/images(?:/generations)?", false),
  /** A chat model that answers with pictures: {@code POST …/chat/completions}. */
  CHAT("/chat/completions", true),
  /** Google's {@code POST …/models/MODEL:generateContent}. */
  GEMINI("/[^/]+:generateContent", true),
  /** Automatic1111's {@code POST …/sdapi/v1/txt2img}. */
  A1111("/sdapi/v1(?:/txt2img)?", false);

  private static final String GOOGLE = "generativelanguage.googleapis.com";

  private final Pattern ending;
  private final boolean needsModel;

  Protocol(String ending, boolean needsModel) {
    this.ending = Pattern.compile(ending + "/*$");
    this.needsModel = needsModel;
  }

  /** As settings and {@code /status} name it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Protocol> labelled(String label) {
    return Arrays.stream(values())
        .filter(protocol -> protocol.label().equals(label.strip().toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  /** The one that a base URL tells. */
  static Protocol of(ApiBase api) {
    var isGoogle =
        HostAndPort.of(api.url()).host().equals(GOOGLE)
            && !api.url().getRawPath().contains("openai");
    return Arrays.stream(values())
        .filter(protocol -> protocol.endsUrlOf(api))
        .findFirst()
        .orElse(isGoogle ? GEMINI : IMAGES);
  }

  private boolean endsUrlOf(ApiBase api) {
    return ending.matcher(api.url().getRawPath()).find();
  }

  /** Whether a request to there says which model is meant, and its URL does not. */
  boolean needsModelOf(ApiBase api) {
    return needsModel && !(this == GEMINI && endsUrlOf(api));
  }
}
