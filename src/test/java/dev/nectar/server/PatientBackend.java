package dev.nectar.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A back end that answers a call when it is told to, not before. */
public final class PatientBackend implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore releases = new Semaphore(0);
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger underWay = new AtomicInteger();
  private volatile int status = 200;
  private volatile byte[] image = {};

  private PatientBackend(HttpServer server) {
    this.server = server;
  }

  public static PatientBackend start(byte[] image) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var backend = new PatientBackend(HttpServer.create(address, 0));
    backend.image = image;
    backend.server.setExecutor(backend.threads);
    backend.server.createContext("/", backend::answer);
    backend.server.start();
    return backend;
  }

  private void answer(HttpExchange exchange) throws IOException {
    underWay.incrementAndGet();
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      calls.incrementAndGet();
      if (!releases.tryAcquire(60, TimeUnit.SECONDS)) {
        return;
      }
      var body =
          "{\"data\":[{\"b64_json\":\"%s\"}]}"
              .formatted(Base64.getEncoder().encodeToString(image))
              .getBytes(UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      underWay.decrementAndGet();
    }
  }

  public String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  void answersWith(int newStatus) {
    status = newStatus;
  }

  /** Lets so many calls, of now or later, have their answer. */
  public void release(int answers) {
    releases.release(answers);
  }

  public void releaseAll() {
    releases.release(10_000);
  }

  /** Answers whoever waits, forgets the calls so far, and holds its answers back again. */
  public void startAnew() {
    releaseAll();
    await().until(() -> underWay.get() == 0);
    releases.drainPermits();
    calls.set(0);
    status = 200;
  }

  public int calls() {
    return calls.get();
  }

  @Override
  public void close() {
    releaseAll();
    server.stop(0);
    threads.close();
  }
}
