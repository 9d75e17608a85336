package dev.nectar.account;

import dev.nectar.settings.Rate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says of a key; null: no such limit.
 *
 * @param models that it opens, {@code *} for all
 * @param referers hosts whose pages may use it
 */
public record KeyTerms(
    String name,
    @Nullable List<String> models,
    @Nullable Rate rate,
    @Nullable Budget budget,
    @Nullable Instant expiresAt,
    @Nullable List<String> referers) {}
