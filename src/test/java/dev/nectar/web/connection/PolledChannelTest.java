package dev.nectar.web.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PolledChannelTest {

  private final SocketChannel client;
  private final SocketChannel server;
  private final PolledChannel channel =
      new PolledChannel(new ConnectionBuffers(new SocketBufferHandler(8_192, 8_192, false)));

  PolledChannelTest() throws IOException {
    try (var listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      client = SocketChannel.open();
      client.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
      client.connect(listener.getLocalAddress());
      server = listener.accept();
    }
    server.setOption(StandardSocketOptions.SO_SNDBUF, 4_096);
    server.configureBlocking(false);
    channel.reset(server, new NioSocketWrapper(channel, new NioEndpoint()));
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    server.close();
  }

  @Test
  void answer_toAClientThatReads_isOnItsWayAtTheEnd() throws IOException {
    channel.begin();
    assertThat(channel.write(bytes("a head"))).isEqualTo(6);
    assertThat(channel.write(bytes(", a body"))).isEqualTo(8);
    assertThat(channel.getOutboundRemaining()).as("nobody waits for it").isZero();

    assertThat(channel.end()).isTrue();
    assertThat(read(14)).isEqualTo("a head, a body");
    assertThat(channel.getOutboundRemaining()).isZero();
  }

  @Test
  void requests_thatArriveWhileOneIsAnswered_areNotRead() throws IOException {
    client.write(bytes("next"));
    channel.begin();
    assertThat(channel.read(ByteBuffer.allocate(4))).isZero();
    assertThat(channel.end()).isTrue();

    var next = ByteBuffer.allocate(4);
    while (next.hasRemaining()) {
      assertThat(channel.read(next)).isNotNegative();
    }
    assertThat(ISO_8859_1.decode(next.flip()).toString()).isEqualTo("next");
  }

  @Test
  void answer_toAClientThatTakesNothing_comesBeforeWhatIsWrittenNext() throws IOException {
    var before = fill();
    channel.begin();
    channel.write(bytes("held"));
    assertThat(channel.end()).as("somebody has to wait").isFalse();
    assertThat(channel.getOutboundRemaining()).isEqualTo(4);
    assertThat(channel.write(bytes("next"))).isZero();

    assertThat(read(before)).hasSize(before);
    while (!channel.flushOutbound()) {
      Thread.onSpinWait();
    }
    channel.write(bytes("next"));
    assertThat(read(8)).isEqualTo("heldnext");
  }

  @Test
  void head_ofAFile_goesAheadOfIt() throws IOException {
    channel.begin();
    channel.write(bytes("head "));
    channel.getIOChannel().write(bytes("file"));

    assertThat(channel.end()).isTrue();
    assertThat(read(9)).isEqualTo("head file");
  }

  @Test
  void head_ofAFileThatCannotBeSentYet_isToldToTheSender() throws IOException {
    var before = fill();
    channel.begin();
    channel.write(bytes("head "));
    channel.getIOChannel();
    assertThat(channel.getOutboundRemaining()).isEqualTo(5);
    assertThat(channel.end()).as("the sender of the file goes on").isTrue();

    assertThat(read(before)).hasSize(before);
    while (!channel.flushOutbound()) {
      Thread.onSpinWait();
    }
    assertThat(read(5)).isEqualTo("head ");
  }

  @Test
  void answer_thatIsHeldWhenTheConnectionIsClosed_isSentBefore() throws IOException {
    channel.begin();
    channel.write(bytes("good-bye"));
    channel.close();
    assertThat(read(8)).isEqualTo("good-bye");
  }

  @Test
  void channel_thatIsUsedAgain_holdsNothing() throws IOException {
    channel.begin();
    channel.write(bytes("of another client"));
    channel.reset(server, new NioSocketWrapper(channel, new NioEndpoint()));

    assertThat(channel.getOutboundRemaining()).isZero();
    channel.write(bytes("mine"));
    assertThat(read(4)).isEqualTo("mine");
  }

  /** As much as is taken in for a client that reads nothing; how many bytes that is. */
  private int fill() throws IOException {
    var sum = 0;
    var patience = 100;
    while (patience-- > 0) {
      var count = server.write(ByteBuffer.allocate(65_536));
      sum += count;
      patience = count > 0 ? 100 : patience;
    }
    return sum;
  }

  private String read(int count) throws IOException {
    var bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      assertThat(client.read(bytes)).isPositive();
    }
    return ISO_8859_1.decode(bytes.flip()).toString();
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
  }
}
