package dev.nectar.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.lang.reflect.RecordComponent;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jspecify.annotations.Nullable;

/**
 * Binds records of {@link Setting} components. Faults are collected, not thrown: a component that
 * is wrong takes its fallback, so that everything else can still be checked.
 */
public final class SettingsBinder {

  private static final Pattern USER_INFO =
      Pattern.compile("://((?:[^/?#@\\s,%]|%[0-9A-Fa-f]{2})+)@");

  private final Function<String, @Nullable String> environment;
  private final List<SettingFault> faults = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final Set<String> secrets = new HashSet<>();

  /** A binder over raw values; blank ones count as unset. */
  public SettingsBinder(Function<String, @Nullable String> environment) {
    this.environment = environment;
  }

  public List<SettingFault> faults() {
    return faults;
  }

  List<String> warnings() {
    return warnings;
  }

  /** The values bound so far that may never be shown. */
  public Set<String> secrets() {
    return secrets;
  }

  public <T extends Record> T bind(Class<T> type) {
    var components = type.getRecordComponents();
    @Nullable Object[] values = Arrays.stream(components).map(this::value).toArray();
    var settings = construct(type, components, values);
    validate(settings, components);
    if (settings instanceof CrossChecked checked) {
      // A value that was wrong looks unset by now.
      var told = faults.stream().map(SettingFault::variable).collect(toSet());
      checked.faults().filter(fault -> !told.contains(fault.variable())).forEach(faults::add);
      checked.warnings().forEach(warnings::add);
    }
    return settings;
  }

  private @Nullable Object value(RecordComponent component) {
    var setting = component.getAnnotation(Setting.class);
    var conversion = Conversion.to(component.getGenericType());
    var text = environment.apply(setting.value());
    var fallback =
        setting.fallback().isEmpty() ? conversion.absent() : conversion.parse(setting.fallback());
    if (text == null || text.isBlank()) {
      if (setting.required()) {
        faults.add(
            new SettingFault(
                setting.value(), "It is required and not set.", remedy(setting, conversion)));
      }
      return fallback;
    }
    rememberUserInfo(text);
    try {
      var value = conversion.parse(text.strip());
      if (setting.required() && value instanceof Collection<?> entries && entries.isEmpty()) {
        faults.add(
            new SettingFault(
                setting.value(), "It is required and lists nothing.", remedy(setting, conversion)));
      }
      if (setting.secret()) {
        remember(value);
      }
      return value;
    } catch (RuntimeException e) {
      var shown = setting.secret() || !conversion.harmless() ? "Its value" : "'" + text + "'";
      faults.add(
          new SettingFault(
              setting.value(),
              shown + " is not " + conversion.expectation() + ".",
              remedy(setting, conversion)));
      return fallback;
    }
  }

  private static String remedy(Setting setting, Conversion conversion) {
    var unset = setting.fallback().isEmpty() ? "" : " (unset, it is " + setting.fallback() + ")";
    var expectation =
        setting.expectation().isEmpty() ? conversion.expectation() : setting.expectation();
    return "Set it to " + expectation + unset + ".";
  }

  private void remember(@Nullable Object secret) {
    switch (secret) {
      case String text -> secrets.add(text);
      case Map<?, ?> map -> map.values().forEach(this::remember);
      case List<?> list -> list.forEach(this::remember);
      case null, default -> {}
    }
  }

  /** A URL may hold a password, which then also goes over the wire as basic credentials. */
  private void rememberUserInfo(String text) {
    USER_INFO
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .forEach(encoded -> {
          var userInfo = decoded(encoded);
          secrets.add(encoded);
          secrets.add(userInfo);
          secrets.add(decoded(encoded.substring(encoded.indexOf(':') + 1)));
          secrets.add(Base64.getEncoder().encodeToString(userInfo.getBytes(UTF_8)));
        });
  }

  private static String decoded(String userInfo) {
    return URLDecoder.decode(userInfo.replace("+", "%2B"), UTF_8);
  }

  private static <T extends Record> T construct(
      Class<T> type, RecordComponent[] components, @Nullable Object[] values) {
    try {
      var constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("can't construct " + type, e);
    }
  }

  private void validate(Record settings, RecordComponent[] components) {
    for (var violation : ValidatorHolder.VALIDATOR.validate(settings)) {
      Stream.of(components)
          .filter(component -> component.getName().equals(violation.getPropertyPath().toString()))
          .map(component -> component.getAnnotation(Setting.class))
          .map(setting ->
              new SettingFault(
                  setting.value(),
                  "Its value is not allowed.",
                  "It " + violation.getMessage() + "."))
          .forEach(faults::add);
    }
  }

  private static final class ValidatorHolder {
    static final Validator VALIDATOR =
        Validation.byDefaultProvider()
            .configure()
            .messageInterpolator(new ParameterMessageInterpolator())
            .buildValidatorFactory()
            .getValidator();
  }
}
