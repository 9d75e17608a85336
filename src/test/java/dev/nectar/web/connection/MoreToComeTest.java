package dev.nectar.web.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class MoreToComeTest {

  private final SocketChannel client;
  private final SocketChannel server;

  MoreToComeTest() throws IOException {
    try (var listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      client = SocketChannel.open(listener.getLocalAddress());
      server = listener.accept();
    }
    server.configureBlocking(false);
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    server.close();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void head_leavesWithWhatComesAfterIt() throws IOException {
    client.configureBlocking(false);
    var head = ByteBuffer.wrap("a head".getBytes(ISO_8859_1));
    MoreToCome.write(server, head);
    assertThat(head.hasRemaining()).as("it was taken").isFalse();
    assertThat(client.read(ByteBuffer.allocate(1))).as("it is on its way").isZero();

    server.write(ByteBuffer.wrap(", a file".getBytes(ISO_8859_1)));
    client.configureBlocking(true);
    var first = ByteBuffer.allocate(100);
    client.read(first);
    assertThat(ISO_8859_1.decode(first.flip()).toString()).isEqualTo("a head, a file");
  }

  @Test
  void bytes_thatCannotBeSent_areLeft() throws IOException {
    var bytes = ByteBuffer.wrap("nobody's".getBytes(ISO_8859_1));
    server.close();
    MoreToCome.write(server, bytes);
    assertThat(bytes.remaining()).isEqualTo(8);
  }
}
