import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * A cache directory as Nectar leaves it behind: entries for the prompts "entry 0", "entry 1" and so
 * on, with pictures of {@value #IMAGE_BYTES} bytes. Arguments: the directory, and how many.
 */
final class ManyEntries {

  private static final int IMAGE_BYTES = 256;
  private static final int WRITERS = 4;

  private final Path directory;
  private final FakeImages images = new FakeImages(IMAGE_BYTES);
  private final Instant newest = Instant.now();

  private ManyEntries(Path directory) {
    this.directory = directory;
  }

  static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
    var count = Integer.parseInt(args[1]);
    var entries = new ManyEntries(Files.createDirectories(Path.of(args[0])));
    try (var writers = Executors.newFixedThreadPool(WRITERS)) {
      var shares = new ArrayList<Callable<Void>>();
      for (var writer = 0; writer < WRITERS; writer++) {
        var first = writer;
        shares.add(() -> {
          for (var i = first; i < count; i += WRITERS) {
            entries.write(i);
          }
          return null;
        });
      }
      for (var share : writers.invokeAll(shares)) {
        share.get();
      }
    }
  }

  private void write(int number) throws IOException {
    var prompt = "entry " + number;
    var hex = HexFormat.of();
    // the key of a prompt that is asked for without anything beside it
    var key =
        hex.formatHex(FakeImages.sha256().digest((prompt + "|def|def|def|42").getBytes(UTF_8)));
    var image = key + "-" + hex.toHexDigits(number) + ".data";
    Files.write(directory.resolve(image), picture(prompt));
    Files.writeString(
        directory.resolve(key + ".meta.json"),
        """
        {
          "request" : {
            "prompt" : "%1$s",
            "seed" : 42
          },
          "prompt" : "%1$s",
          "source" : "BACKEND",
          "backend" : "http://127.0.0.1:8188/v1",
          "model" : "gpt-image-1",
          "createdAt" : "%2$s",
          "contentType" : "image/png",
          "size" : %3$d,
          "sha256" : "%4$s",
          "file" : "%5$s",
          "width" : 1024,
          "height" : 1024
        }\
        """
            .formatted(
                prompt, newest.minusSeconds(number), IMAGE_BYTES, images.checksum(prompt), image));
  }

  private byte[] picture(String prompt) {
    var own = FakeImages.own(prompt);
    var picture = new byte[IMAGE_BYTES];
    System.arraycopy(images.common(), 0, picture, 0, IMAGE_BYTES - own.length);
    System.arraycopy(own, 0, picture, IMAGE_BYTES - own.length, own.length);
    return picture;
  }
}
