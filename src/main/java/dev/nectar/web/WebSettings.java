package dev.nectar.web;

import dev.nectar.settings.Setting;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * How clients reach the server.
 *
 * @param port 0 takes any free one
 * @param accessKey what clients present
 */
public record WebSettings(
    @Setting(value = "PORT", fallback = "8080") @Min(0) @Max(65_535) int port,
    @Setting(
            value = "PROXY_ACCESS_KEY",
            expectation = "a secret of your choice, which clients then present",
            required = true,
            secret = true)
        String accessKey) {}
