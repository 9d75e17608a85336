package dev.nectar.cache.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A certificate that vouches for itself.
 *
 * @param trustStore of a client that believes it
 */
record Certificate(Path pem, Path keyPem, Path trustStore) {

  private static final String PASSWORD = "changeit";

  static Certificate make(Path directory, String name)
      throws IOException, InterruptedException, GeneralSecurityException {
    var certificate =
        new Certificate(
            directory.resolve("certificate.pem"),
            directory.resolve("key.pem"),
            directory.resolve("trust"));
    var pair = pair(directory.resolve("pair.p12"), name);
    write(certificate.pem, "CERTIFICATE", pair.getCertificate(name).getEncoded());
    write(
        certificate.keyPem, "PRIVATE KEY", pair.getKey(name, PASSWORD.toCharArray()).getEncoded());
    var trusted = KeyStore.getInstance("JKS");
    trusted.load(null, null);
    trusted.setCertificateEntry(name, pair.getCertificate(name));
    try (var out = Files.newOutputStream(certificate.trustStore)) {
      trusted.store(out, PASSWORD.toCharArray());
    }
    return certificate;
  }

  private static KeyStore pair(Path file, String name)
      throws IOException, InterruptedException, GeneralSecurityException {
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    var words =
        """
        %s -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -genkeypair -keyalg EC -groupname secp256r1 -alias %s -dname CN=%s -ext san=dns:%s
        -storetype PKCS12 -storepass %s -keystore %s\
        """
            .formatted(keytool, name, name, name, PASSWORD, file)
            .split("\\s", -1);
    if (new ProcessBuilder(words).inheritIO().start().waitFor() != 0) {
      throw new IOException("keytool failed");
    }
    return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
  }

  private static void write(Path file, String kind, byte[] bytes) throws IOException {
    var text = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(bytes);
    Files.writeString(
        file, "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, text, kind));
  }
}
