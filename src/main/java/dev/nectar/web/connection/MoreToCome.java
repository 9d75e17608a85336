package dev.nectar.web.connection;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Linux' {@code send(2)}, told that more is to come: a head then leaves with the first bytes of the
 * file behind it, in one packet. Nothing where the system has no such thing.
 */
final class MoreToCome {

  private static final Logger log = LoggerFactory.getLogger(MoreToCome.class);

  /** {@code MSG_DONTWAIT | MSG_NOSIGNAL | MSG_MORE}, on every architecture of Linux. */
  private static final int FLAGS = 0x40 | 0x4000 | 0x8000;

  private static final @Nullable MethodHandle SEND = send();

  private MoreToCome() {}

  /** {@code long send(SocketChannel, MemorySegment, long, int)}; null if that is not to be had. */
  @SuppressWarnings("restricted")
  private static @Nullable MethodHandle send() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return null;
    }
    try {
      var linker = Linker.nativeLinker();
      var send =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("send"),
              FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT),
              Linker.Option.critical(true));
      var descriptor =
          MethodHandles.lookup()
              .findVirtual(
                  Class.forName("sun.nio.ch.SelChImpl"),
                  "getFDVal",
                  MethodType.methodType(int.class));
      return MethodHandles.filterArguments(
          send, 0, descriptor.asType(MethodType.methodType(int.class, SocketChannel.class)));
    } catch (ReflectiveOperationException | RuntimeException e) {
      log.debug("Heads are sent ahead of their files: {}", e.toString());
      return null;
    }
  }

  /** Sends what can be sent at once; where nothing can be, that is left to an ordinary write. */
  static void write(SocketChannel socket, ByteBuffer bytes) {
    if (SEND == null || !socket.isOpen()) {
      return;
    }
    try {
      var sent =
          (long)
              SEND.invokeExact(
                  socket, MemorySegment.ofBuffer(bytes), (long) bytes.remaining(), FLAGS);
      bytes.position(bytes.position() + (int) Math.max(0, sent));
    } catch (Throwable e) {
      throw new IllegalStateException("send(2) can't be called", e);
    }
  }
}
