package dev.nectar.backend;

/**
 * What an operator said of a back end.
 *
 * @param name fit to be shown
 * @param weight from 0 up
 * @param protocol that it is spoken to in
 * @param tokenSetting the variable that has its token
 */
public record BackendProfile(String name, double weight, String protocol, String tokenSetting) {}
