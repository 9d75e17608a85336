package dev.nectar.cache.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nectar.cache.KeptSecret;
import dev.nectar.image.staging.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A secret in a file of its own, which its owner alone can read. */
public final class SecretFile implements KeptSecret {

  /** What is longer is no secret. */
  private static final int MAX_SIZE = 4_096;

  private final Path file;

  public SecretFile(Path file) {
    this.file = file;
  }

  /** Locked meanwhile, to each process and each server in it: they may start at one moment. */
  @Override
  public String keep(String drawn) throws IOException {
    synchronized (SecretFile.class) {
      return keepLocked(drawn);
    }
  }

  private String keepLocked(String drawn) throws IOException {
    PrivateFiles.createIfMissing(file);
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        var _ = channel.lock()) {
      var kept =
          new String(Channels.newInputStream(channel).readNBytes(MAX_SIZE), UTF_8).lines().toList();
      if (!kept.isEmpty() && !kept.getFirst().isBlank()) {
        return kept.getFirst().strip();
      }
      channel.position(0);
      var bytes = ByteBuffer.wrap((drawn + "\n").getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
      return drawn;
    }
  }
}
