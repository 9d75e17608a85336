package dev.nectar.variant;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** Decodes each file of a directory twice, all at once, and tells what came of it. */
final class DecodingChild {

  private DecodingChild() {}

  public static void main(String[] arguments) throws Exception {
    var decoder = new ImageDecoder();
    try (var files = Files.list(Path.of(arguments[0]));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var decodings =
          files
              .flatMap(file -> Stream.of(file, file))
              .<Callable<String>>map(file -> () -> decode(decoder, file))
              .toList();
      for (var decoding : threads.invokeAll(decodings)) {
        System.out.println(decoding.get());
      }
    }
  }

  private static String decode(ImageDecoder decoder, Path file) throws IOException {
    return file.getFileName() + ": " + decoder.decode(file, 320, BufferedImage::getType);
  }
}
