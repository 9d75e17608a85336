package dev.nectar;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class NectarApplication {

  public static void main(String[] args) {
    SpringApplication.run(NectarApplication.class, args);
  }
}
