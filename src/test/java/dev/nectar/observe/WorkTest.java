package dev.nectar.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class WorkTest {

  @Test
  void threads_workForTheRequestOfWhoeverAsks() {
    CompletableFuture<Map<String, String>> headers;
    try (var _ = Work.forRequest("mine")) {
      headers = CompletableFuture.supplyAsync(Work::headers, Work.threads());
    }

    assertThat(headers.join()).isEqualTo(Map.of("X-Request-Id", "mine"));
    assertThat(Work.headers()).isEmpty();
  }

  @Test
  void thread_afterItsWork_namesNobody() {
    Runnable carried;
    try (var _ = Work.forRequest("mine")) {
      carried = Work.carried(() -> Work.alsoFor(List.of("a", "b")));
    }
    carried.run();

    assertThat(MDC.get("requestId")).isNull();
    assertThat(MDC.get("joined")).isNull();
  }
}
