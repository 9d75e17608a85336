package dev.nectar.ui;

import dev.nectar.admin.AdminSettings;
import dev.nectar.web.ImageLinks;
import dev.nectar.web.WebSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.info.BuildProperties;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The page, and what it has to know of this server. */
@RestController
class PageController {

  private static final String DEMO_ADMIN_TOKEN = "demo-admin";

  private static final Resource PAGE = new ClassPathResource("ui/index.html");

  private final Map<String, Object> facts = new LinkedHashMap<>();

  PageController(
      WebSettings web,
      AdminSettings admin,
      ImageLinks links,
      BuildProperties build,
      Environment environment) {
    var demo = environment.acceptsProfiles(Profiles.of("demo"));
    facts.put("demo", demo);
    facts.put("version", String.valueOf(build.getVersion()));
    facts.put("signing", links.areOn());
    facts.put("admin", admin.token() != null);
    if (demo) {
      facts.put("key", web.accessKey());
      // A token of the operator's own may stand in a .env beside the demo.
      if (DEMO_ADMIN_TOKEN.equals(admin.token())) {
        facts.put("adminToken", DEMO_ADMIN_TOKEN);
      }
    }
  }

  @GetMapping("/")
  ResponseEntity<Resource> page() {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noCache())
        .contentType(MediaType.TEXT_HTML)
        .body(PAGE);
  }

  @GetMapping("/ui/config.json")
  ResponseEntity<Map<String, Object>> facts() {
    return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(facts);
  }
}
