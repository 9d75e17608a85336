package dev.nectar.settings;

/**
 * One wrong setting, told without its value where that may be a secret.
 *
 * @param variable its name
 * @param fault what is wrong with it, a sentence
 * @param remedy what would be right, a sentence
 */
public record SettingFault(String variable, String fault, String remedy) {}
