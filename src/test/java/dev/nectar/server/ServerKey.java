package dev.nectar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A key with a certificate of its own making for {@code localhost} and no other name.
 *
 * @param store where it is; whoever takes this for their trust store trusts it
 */
record ServerKey(Path store) {

  static final String PASSWORD = "changeit";

  /** A new one, by the JDK's own tool. */
  static ServerKey create(Path store) throws IOException, InterruptedException {
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var options =
        "-J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -genkeypair -alias key -keyalg EC -dname CN=localhost -ext SAN=dns:localhost -storetype"
            + " PKCS12 -storepass "
            + PASSWORD
            + " -keystore "
            + store;
    var process = new ProcessBuilder((keytool + " " + options).split(" ")).inheritIO().start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    return new ServerKey(store);
  }

  /** Listens on the loopback address and presents this key. */
  ServerSocket listen() throws IOException, GeneralSecurityException {
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()), PASSWORD.toCharArray());
    var tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), null, null);
    return tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }
}
