package dev.nectar.backend;

import dev.nectar.http.AllowedHosts;
import dev.nectar.http.ApiBase;
import dev.nectar.image.ImageSize;
import dev.nectar.settings.CrossChecked;
import dev.nectar.settings.Setting;
import dev.nectar.settings.SettingFault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

/**
 * Which back ends there are and how they are asked.
 *
 * @param urls as the operator wrote them; the keys of the maps
 * @param authToken the bearer token of those that have none in {@code tokens}
 * @param models from what clients name to what is sent; {@code *} is whatever is not named
 * @param protocols of those whose URL does not tell it
 * @param sizes what each can paint, as {@code WxH}; a request gets the nearest
 * @param defaultModel sent when a request names none
 * @param offeredModels what clients are told; empty: those that are known by the other two
 * @param blockedRetryAttempts how many may refuse a prompt before it counts as blocked
 * @param timeout of one attempt
 * @param imageUrlAllowedHosts {@code host} or {@code host:port}
 */
public record BackendSettings(
    @Setting(
            value = "BACKEND_API_URLS",
            expectation = "URLs such as https://api.example.com/v1, separated by commas",
            required = true)
        List<String> urls,
    @Setting(value = "AUTH_TOKEN", secret = true) @Nullable String authToken,
    @Setting(value = "TOKEN_MAP", secret = true) Map<String, String> tokens,
    @Setting("BACKEND_WEIGHTS") Map<String, Double> weights,
    @Setting("MODEL_MAP") Map<String, Map<String, String>> models,
    @Setting("BACKEND_PROTOCOLS") Map<String, String> protocols,
    @Setting("BACKEND_SIZES") Map<String, List<String>> sizes,
    @Setting("DEFAULT_MODEL") @Nullable String defaultModel,
    @Setting("MODELS") List<String> offeredModels,
    @Setting(value = "BLOCKED_RETRY_ATTEMPTS", fallback = "2") @Min(1) int blockedRetryAttempts,
    @Setting(value = "BACKEND_TIMEOUT", fallback = "180s") @DurationMin(millis = 1)
        Duration timeout,
    @Setting("IMAGE_URL_ALLOWED_HOSTS") List<String> imageUrlAllowedHosts)
    implements CrossChecked {

  /** In {@code MODEL_MAP}, any model that is not named. */
  public static final String ANY_MODEL = "*";

  @Override
  public Stream<SettingFault> faults() {
    return Stream.of(
            malformedUrls(),
            repeatedUrls(),
            unknownKeys("TOKEN_MAP", tokens.keySet()),
            unknownKeys("BACKEND_WEIGHTS", weights.keySet()),
            unknownKeys("MODEL_MAP", models.keySet()),
            unknownKeys("BACKEND_PROTOCOLS", protocols.keySet()),
            unknownKeys("BACKEND_SIZES", sizes.keySet()),
            wrongProtocols(),
            missingModels(),
            wrongSizes(),
            wrongWeights(),
            wrongHosts())
        .flatMap(faults -> faults);
  }

  private Stream<SettingFault> malformedUrls() {
    return urls.stream()
        .filter(url -> !ApiBase.isValid(url))
        .map(url ->
            new SettingFault(
                "BACKEND_API_URLS",
                "Entry %d is not an http or https URL.".formatted(urls.indexOf(url) + 1),
                "Set it to URLs such as https://api.example.com/v1, separated by commas."));
  }

  private Stream<SettingFault> repeatedUrls() {
    return new HashSet<>(urls).size() == urls.size()
        ? Stream.empty()
        : Stream.of(
            new SettingFault(
                "BACKEND_API_URLS",
                "A back end is listed twice.",
                "List each once and prefer one with BACKEND_WEIGHTS."));
  }

  private Stream<SettingFault> unknownKeys(String variable, Set<String> keys) {
    return urls.containsAll(keys)
        ? Stream.empty()
        : Stream.of(
            new SettingFault(
                variable,
                "It names a back end that BACKEND_API_URLS does not list.",
                "Write its keys exactly as in BACKEND_API_URLS."));
  }

  private Stream<SettingFault> wrongWeights() {
    return weights.values().stream().allMatch(weight -> weight >= 0 && Double.isFinite(weight))
        ? Stream.empty()
        : Stream.of(
            new SettingFault(
                "BACKEND_WEIGHTS",
                "A weight is negative.",
                "Set each to a number from 0 up; 0 keeps a back end for when all others failed."));
  }

  private Stream<SettingFault> wrongProtocols() {
    return protocols.values().stream().allMatch(label -> Protocol.labelled(label).isPresent())
        ? Stream.empty()
        : Stream.of(
            new SettingFault(
                "BACKEND_PROTOCOLS",
                "It names a protocol that is not known.",
                "Set each to one of %s."
                    .formatted(
                        Arrays.stream(Protocol.values())
                            .map(Protocol::label)
                            .collect(Collectors.joining(", ")))));
  }

  /** Back ends that could only be asked for nothing. */
  private Stream<SettingFault> missingModels() {
    return urls.stream()
        .filter(url -> ApiBase.isValid(url) && defaultModel == null)
        .filter(url -> models.getOrDefault(url, Map.of()).isEmpty())
        .filter(url -> protocolOf(url).needsModelOf(ApiBase.parse(url)))
        .map(url ->
            new SettingFault(
                "DEFAULT_MODEL",
                "Back end %d is spoken to by the protocol %s, which needs a model, and has none."
                    .formatted(urls.indexOf(url) + 1, protocolOf(url).label()),
                "Set DEFAULT_MODEL, or a model for this back end in MODEL_MAP, such as"
                    + " {\"https://a\": {\"*\": \"model\"}}."));
  }

  private Stream<SettingFault> wrongSizes() {
    return sizes.values().stream()
            .allMatch(list ->
                !list.isEmpty()
                    && list.stream().allMatch(size -> ImageSize.parse(size).isPresent()))
        ? Stream.empty()
        : Stream.of(
            new SettingFault(
                "BACKEND_SIZES",
                "A list is empty, or has what is no size.",
                "Set it to a JSON object such as {\"https://a\": [\"1024x1024\", \"1536x1024\"]}."));
  }

  private Stream<SettingFault> wrongHosts() {
    try {
      var _ = allowedHosts();
      return Stream.empty();
    } catch (IllegalArgumentException e) {
      return Stream.of(
          new SettingFault(
              "IMAGE_URL_ALLOWED_HOSTS",
              "An entry is neither a host nor host:port.",
              "Set it to hosts such as images.local or 10.0.0.5:9000, separated by commas."));
    }
  }

  /** How a back end is spoken to. */
  public Protocol protocolOf(String url) {
    return Protocol.labelled(protocols.getOrDefault(url, ""))
        .orElseGet(() -> Protocol.of(ApiBase.parse(url)));
  }

  /** What a back end can paint; empty if that is not known. */
  List<ImageSize> sizesOf(String url) {
    return sizes.getOrDefault(url, List.of()).stream()
        .map(ImageSize::parse)
        .flatMap(Optional::stream)
        .toList();
  }

  /** Where an operator finds a back end's token. */
  String tokenSettingOf(String url) {
    if (tokens.containsKey(url)) {
      return "TOKEN_MAP";
    }
    return authToken == null ? "TOKEN_MAP and AUTH_TOKEN, neither of which has one" : "AUTH_TOKEN";
  }

  /** What clients may choose from. */
  public List<String> modelNames() {
    var known =
        Stream.concat(
            models.values().stream()
                .flatMap(mapped -> mapped.keySet().stream())
                .filter(name -> !name.equals(ANY_MODEL))
                .sorted(),
            Stream.ofNullable(defaultModel));
    return (offeredModels.isEmpty() ? known : offeredModels.stream()).distinct().toList();
  }

  public AllowedHosts allowedHosts() {
    return new AllowedHosts(imageUrlAllowedHosts);
  }
}
