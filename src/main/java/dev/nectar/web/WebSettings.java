package dev.nectar.web;

import dev.nectar.settings.CrossChecked;
import dev.nectar.settings.Setting;
import dev.nectar.settings.SettingFault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How clients and operators reach the server.
 *
 * @param port 0 takes any free one
 * @param address that it is bound to; null: all of this machine
 * @param accessKey what clients present
 * @param maxConnectionsPerClient connections of one client address
 * @param managementPort of the endpoints for operators; null: they are closed
 * @param managementAddress that it is bound to
 */
public record WebSettings(
    @Setting(value = "PORT", fallback = "8080") @Min(0) @Max(65_535) int port,
    @Setting("ADDRESS") @Nullable String address,
    @Setting(
            value = "PROXY_ACCESS_KEY",
            expectation = "a secret of your choice, which clients then present",
            required = true,
            secret = true)
        @Pattern(regexp = Setting.SENDABLE, message = Setting.SENDABLE_DEMAND)
        String accessKey,
    @Setting(value = "MAX_CONNECTIONS_PER_CLIENT", fallback = "512") @Min(1)
        int maxConnectionsPerClient,
    @Setting("MANAGEMENT_PORT") @Min(0) @Max(65_535) @Nullable Integer managementPort,
    @Setting(value = "MANAGEMENT_ADDRESS", fallback = "127.0.0.1") String managementAddress)
    implements CrossChecked {

  private static final String EXAMPLE_KEY = "change-me";

  @Override
  public Stream<SettingFault> faults() {
    return Stream.of(
            samePort(),
            noAddress("ADDRESS", address),
            noAddress("MANAGEMENT_ADDRESS", managementAddress))
        .flatMap(faults -> faults);
  }

  @Override
  public Stream<String> warnings() {
    return EXAMPLE_KEY.equals(accessKey)
        ? Stream.of(
            "PROXY_ACCESS_KEY is the one of the example, which everybody knows. Set one of your own.")
        : Stream.empty();
  }

  private Stream<SettingFault> samePort() {
    return managementPort != null && managementPort != 0 && managementPort == port
        ? Stream.of(
            new SettingFault(
                "MANAGEMENT_PORT",
                "It is the port for clients, who may not see what is told there.",
                "Set it to another port than PORT."))
        : Stream.empty();
  }

  private static Stream<SettingFault> noAddress(String variable, @Nullable String address) {
    return address == null || isOfThisMachine(address)
        ? Stream.empty()
        : Stream.of(
            new SettingFault(
                variable,
                "Its value is not an address of this machine.",
                "Set it to one; 0.0.0.0 is all of them."));
  }

  /** Which those are, the system alone knows. */
  private static boolean isOfThisMachine(String address) {
    try (var _ = new ServerSocket(0, 1, InetAddress.ofLiteral(address))) {
      return true;
    } catch (IllegalArgumentException | IOException e) {
      return false;
    }
  }
}
