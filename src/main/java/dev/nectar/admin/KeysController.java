package dev.nectar.admin;

import dev.nectar.account.AccountSettings;
import dev.nectar.account.Accounts;
import dev.nectar.account.ClientKey;
import dev.nectar.account.ClientKeys;
import dev.nectar.account.Ledger;
import dev.nectar.account.Period;
import dev.nectar.http.JsonObjectBody;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Lets admins make, limit, rotate and revoke keys. */
@RestController
@RequestMapping("/admin/keys")
class KeysController {

  private final AdminAccess access;
  private final ClientKeys keys;
  private final Accounts accounts;
  private final Ledger ledger;
  private final String currency;

  KeysController(
      AdminAccess access,
      ClientKeys keys,
      Accounts accounts,
      Ledger ledger,
      AccountSettings settings) {
    this.access = access;
    this.keys = keys;
    this.accounts = accounts;
    this.ledger = ledger;
    this.currency = settings.currency();
  }

  /** Before any of the methods below. */
  @ModelAttribute
  void authorize(HttpServletRequest request) {
    access.check(request);
  }

  /** Something that needs the ledger. */
  private interface Asking<T> {
    T ask() throws IOException;
  }

  private <T> T ask(Asking<T> asking) {
    try {
      return asking.ask();
    } catch (IOException e) {
      throw AdminAccess.ledgerFailed();
    }
  }

  @PostMapping
  ResponseEntity<KeyView> make(HttpServletRequest request) throws IOException {
    var order = KeyOrder.making(JsonObjectBody.read(request.getInputStream()));
    var terms = order.terms(null);
    return ask(() -> {
      var made = keys.make(terms);
      Audit.concerns(request, made.key().id());
      return answer(HttpStatus.CREATED, view(made.key(), made.secret(), Map.of()));
    });
  }

  @GetMapping
  ResponseEntity<Map<String, List<KeyView>>> list() {
    return ask(() -> {
      var lastUsed = ledger.lastUsed();
      var views = new ArrayList<KeyView>();
      for (var key : readable().list()) {
        views.add(view(key, null, lastUsed));
      }
      return answer(HttpStatus.OK, Map.of("keys", views));
    });
  }

  private ClientKeys readable() throws IOException {
    if (!keys.isReadable()) {
      throw new IOException("the ledger is out of reach");
    }
    return keys;
  }

  @GetMapping("/{id}")
  ResponseEntity<KeyView> get(@PathVariable String id) {
    return ask(() -> {
      var key = readable().get(id).orElseThrow(KeysController::missing);
      return answer(HttpStatus.OK, view(key, null, ledger.lastUsed()));
    });
  }

  @PatchMapping("/{id}")
  ResponseEntity<KeyView> change(@PathVariable String id, HttpServletRequest request)
      throws IOException {
    var order = KeyOrder.changing(JsonObjectBody.read(request.getInputStream()));
    var rotates = order.rotates();
    var grace = order.grace();
    return ask(() -> {
      var changed = order.changesTerms() ? keys.change(id, order::terms) : readable().get(id);
      var key = changed.orElseThrow(KeysController::missing);
      var made = rotates ? keys.rotate(id, grace) : Optional.<ClientKeys.Made>empty();
      return answer(
          HttpStatus.OK,
          view(
              made.map(ClientKeys.Made::key).orElse(key),
              made.map(ClientKeys.Made::secret).orElse(null),
              ledger.lastUsed()));
    });
  }

  @DeleteMapping("/{id}")
  ResponseEntity<Void> revoke(@PathVariable String id) {
    return ask(() -> {
      if (!keys.revoke(id)) {
        throw missing();
      }
      return ResponseEntity.noContent().build();
    });
  }

  private KeyView view(ClientKey key, @Nullable String secret, Map<String, Instant> lastUsed)
      throws IOException {
    var budget = key.budget();
    var all = accounts.used(key.id(), Period.TOTAL);
    return KeyView.of(
        key,
        secret,
        currency,
        budget == null ? all : accounts.used(key.id(), budget.per()),
        all,
        lastUsed.get(key.id()));
  }

  private static <T> ResponseEntity<T> answer(HttpStatus status, T body) {
    return ResponseEntity.status(status).cacheControl(CacheControl.noStore()).body(body);
  }

  private static ResponseStatusException missing() {
    return new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such key.");
  }
}
