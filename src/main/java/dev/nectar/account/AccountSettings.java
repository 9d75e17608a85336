package dev.nectar.account;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.nectar.http.ApiBase;
import dev.nectar.settings.CrossChecked;
import dev.nectar.settings.RedisUrl;
import dev.nectar.settings.Setting;
import dev.nectar.settings.SettingFault;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What pictures cost and may cost.
 *
 * @param urls of the back ends, as the operator wrote them; the keys of the maps
 * @param priceList back end or {@code fallback} → model → size, quality, both or {@code *} → price
 * @param currency of every sum
 * @param budgetTexts back end → how much it may cost
 * @param file of the ledger, unless it is in Redis
 * @param redisUrl null: the ledger is a file
 * @param models back end → what clients name → what is sent
 * @param defaultModel sent when a request names none
 * @param offeredModels what clients are told
 * @param fallback whether there is one
 */
public record AccountSettings(
    @Setting("BACKEND_API_URLS") List<String> urls,
    @Setting("PRICES") Map<String, Map<String, Map<String, BigDecimal>>> priceList,
    @Setting(value = "CURRENCY", fallback = "USD") String currency,
    @Setting("BACKEND_BUDGETS") Map<String, String> budgetTexts,
    @Setting(value = "LEDGER_FILE", fallback = "./ledger.db") Path file,
    @Setting("REDIS_URL") @Nullable RedisUrl redisUrl,
    @Setting("MODEL_MAP") Map<String, Map<String, String>> models,
    @Setting("DEFAULT_MODEL") @Nullable String defaultModel,
    @Setting("MODELS") List<String> offeredModels,
    @Setting(value = "POLLINATIONS_ENABLED", fallback = "true") boolean fallback,
    @Setting(value = "POLLINATIONS_MODEL", fallback = "flux") String fallbackModel)
    implements CrossChecked {

  private static final Pattern CURRENCY = Pattern.compile("[\\p{L}\\p{Sc}][\\p{L}\\p{Sc} ]{0,15}");

  @Override
  public Stream<SettingFault> faults() {
    return Stream.of(
            unknownBackends("PRICES", priceList.keySet(), Set.of(SpendLine.FALLBACK)),
            unknownBackends("BACKEND_BUDGETS", budgetTexts.keySet(), Set.of()),
            wrongPrices(),
            wrongBudgets(),
            wrongCurrency())
        .flatMap(faults -> faults);
  }

  private Stream<SettingFault> unknownBackends(
      String variable, Set<String> keys, Set<String> others) {
    return keys.stream().allMatch(key -> urls.contains(key) || others.contains(key))
        ? Stream.empty()
        : Stream.of(
            new SettingFault(
                variable,
                "It names a back end that BACKEND_API_URLS does not list.",
                others.isEmpty()
                    ? "Write its keys exactly as in BACKEND_API_URLS."
                    : "Write its keys exactly as in BACKEND_API_URLS, or fallback."));
  }

  private Stream<SettingFault> wrongPrices() {
    return priceList.values().stream()
            .flatMap(models -> models.values().stream())
            .flatMap(kinds -> kinds.values().stream())
            .allMatch(Money::isPrice)
        ? Stream.empty()
        : Stream.of(
            new SettingFault(
                "PRICES",
                "A price is negative, or larger than any.",
                "Set each to a number from 0 to 1000000000."));
  }

  private Stream<SettingFault> wrongBudgets() {
    return budgetTexts.values().stream().allMatch(text -> budget(text).isPresent())
        ? Stream.empty()
        : Stream.of(
            new SettingFault(
                "BACKEND_BUDGETS",
                "A budget can't be read.",
                "Set each to one such as \"10/day\", \"200/month\" or \"500 pictures/day\"."));
  }

  private Stream<SettingFault> wrongCurrency() {
    return CURRENCY.matcher(currency).matches()
        ? Stream.empty()
        : Stream.of(
            new SettingFault(
                "CURRENCY",
                "It is no name of a currency.",
                "Set it to letters, such as USD or EUR."));
  }

  /** Of a back end: one that never begins anew would be a back end to be taken out. */
  private static Optional<Budget> budget(String text) {
    return Budget.parse(text.strip()).filter(budget -> budget.per() != Period.TOTAL);
  }

  public Prices prices() {
    var names = names();
    return new Prices(
        priceList.entrySet().stream()
            .collect(toMap(prices -> names.get(prices.getKey()), Map.Entry::getValue)));
  }

  /** As they are shown, by what the operator wrote. */
  private Map<String, String> names() {
    var names = new HashMap<>(ApiBase.publicNames(urls));
    names.put(SpendLine.FALLBACK, SpendLine.FALLBACK);
    return names;
  }

  /** By back end, as it is shown. */
  public Map<String, Budget> budgets() {
    var names = names();
    return budgetTexts.entrySet().stream()
        .collect(
            toMap(
                budget -> names.get(budget.getKey()),
                budget -> budget(budget.getValue()).orElseThrow()));
  }

  public Painters painters() {
    var known =
        Stream.of(
                offeredModels.stream(),
                Stream.ofNullable(defaultModel),
                models.values().stream().flatMap(map -> map.keySet().stream()),
                models.values().stream().flatMap(map -> map.values().stream()),
                priceList.values().stream().flatMap(map -> map.keySet().stream()))
            .flatMap(names -> names)
            .filter(model -> !model.equals(Painters.ANY))
            .collect(toUnmodifiableSet());
    return new Painters(
        ApiBase.publicNames(urls).entrySet().stream()
            .collect(
                toMap(Map.Entry::getValue, name -> models.getOrDefault(name.getKey(), Map.of()))),
        defaultModel,
        fallback ? fallbackModel : null,
        known);
  }
}
