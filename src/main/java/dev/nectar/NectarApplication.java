package dev.nectar;

import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class NectarApplication {

  public static void main(String[] args) {
    CommandLine.answer(args).ifPresentOrElse(IO::println, () -> start(args));
  }

  private static void start(String... args) {
    // By itself, the JVM writes what was put into it past the log.
    Thread.setDefaultUncaughtExceptionHandler((thread, fault) ->
        LoggerFactory.getLogger(NectarApplication.class)
            .error("The thread {} broke off.", thread.getName(), fault));
    SpringApplication.run(NectarApplication.class, args);
  }
}
