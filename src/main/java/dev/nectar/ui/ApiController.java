package dev.nectar.ui;

import java.util.Map;
import org.springframework.boot.info.BuildProperties;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The description of the API, for programs and for people. */
@RestController
class ApiController {

  private static final Resource PAGE = new ClassPathResource("ui/docs/index.html");

  /** Put together when it is first asked for: the start need not wait for it. */
  private final SingletonSupplier<Map<String, Object>> description;

  ApiController(BuildProperties build) {
    description =
        SingletonSupplier.of(() -> ApiDescription.load(String.valueOf(build.getVersion())));
  }

  @GetMapping("/openapi.json")
  ResponseEntity<Map<String, Object>> description() {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noCache())
        .header(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        .body(description.obtain());
  }

  @GetMapping("/docs")
  ResponseEntity<Resource> page() {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noCache())
        .contentType(MediaType.TEXT_HTML)
        .body(PAGE);
  }
}
