package dev.nectar.backend.protocol;

import dev.nectar.backend.BackendReply.Painted;
import dev.nectar.backend.PaintRequest;
import dev.nectar.backend.Protocol;
import dev.nectar.image.ImageExtras;
import dev.nectar.image.SampleImages;
import dev.nectar.image.staging.InputImages;
import dev.nectar.image.staging.StagingArea;
import java.io.ByteArrayInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/**
 * Asks each back end for fifty pictures at once, from an input of as many bytes as the second
 * argument says, if it is not 0; and tells how many came.
 */
final class ManyPictures {

  private static final int COUNT = 50;
  private static final int MAX_BYTES = 32_000_000;

  private ManyPictures() {}

  public static void main(String[] arguments) throws Exception {
    var directory = Path.of(arguments[0]);
    var inputBytes = Integer.parseInt(arguments[1]);
    try (var inputs = inputBytes == 0 ? InputImages.NONE : input(inputBytes);
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out))) {
      for (var next = 2; next < arguments.length; next += 2) {
        var protocol = Protocol.valueOf(arguments[next]);
        out.print(protocol + ": " + painted(directory, protocol, arguments[next + 1], inputs));
        out.print('\n');
      }
    }
  }

  private static String painted(Path directory, Protocol protocol, String url, InputImages inputs)
      throws Exception {
    try (var bench = new Bench(directory, MAX_BYTES);
        var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var backend = bench.speaking(protocol, url, null, "painter");
      Callable<Long> question =
          () -> {
            var request = new PaintRequest("a prompt", null, null, 7, ImageExtras.NONE, inputs);
            var reply = backend.paint(request, bench.within(Duration.ofMinutes(2)));
            if (!(reply instanceof Painted painted)) {
              throw new AssertionError(reply);
            }
            try (painted;
                var bytes = painted.image().open()) {
              return bytes.transferTo(OutputStream.nullOutputStream());
            }
          };
      long length = 0;
      for (var painted : executor.invokeAll(Collections.nCopies(COUNT, question))) {
        length = painted.get();
      }
      try (var left = Files.list(directory)) {
        return left.findAny().isEmpty() ? COUNT + " of " + length + " bytes" : "left over";
      }
    }
  }

  private static InputImages input(int bytes) throws IOException {
    var area = new StagingArea(Files.createTempDirectory("inputs"), MAX_BYTES);
    var image = area.stage(new ByteArrayInputStream(SampleImages.png(bytes, 5)));
    return new InputImages(List.of(image), null, List.of());
  }
}
