package dev.nectar.admin;

import dev.nectar.account.AccountSettings;
import dev.nectar.account.Accounts;
import dev.nectar.account.ClientKey;
import dev.nectar.account.ClientKeys;
import dev.nectar.account.Ledger;
import dev.nectar.account.Period;
import dev.nectar.account.SpendLine;
import dev.nectar.image.InvalidImageRequestException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tells admins what was spent, and what was saved. */
@RestController
class SpendController {

  private static final int DAYS = 30;

  private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

  private final AdminAccess access;
  private final Accounts accounts;
  private final ClientKeys keys;
  private final String currency;
  private final InstantSource clock;

  SpendController(
      AdminAccess access,
      Accounts accounts,
      ClientKeys keys,
      AccountSettings settings,
      InstantSource clock) {
    this.access = access;
    this.accounts = accounts;
    this.keys = keys;
    this.currency = settings.currency();
    this.clock = clock;
  }

  /** Before anything is read of the request. */
  @ModelAttribute
  void authorize(HttpServletRequest request) {
    access.check(request);
  }

  @GetMapping("/admin/spend")
  ResponseEntity<?> spend(
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String to,
      @RequestParam(defaultValue = "day") String by,
      @RequestParam(defaultValue = "json") String format) {
    var side =
        SpendReport.By.parse(by)
            .orElseThrow(() -> wrong("by", "must be day, key, backend, model or source"));
    if (!format.equals("json") && !format.equals("csv")) {
      throw wrong("format", "must be json or csv");
    }
    var today = Period.day(clock.instant());
    var last = date("to", to, today);
    var first = date("from", from, last.minusDays(DAYS - 1));
    if (first.isAfter(last)) {
      throw wrong("from", "must not be after 'to'");
    }
    var report = report(side, bounded(first, today), bounded(last, today));
    var answer = ResponseEntity.ok().cacheControl(CacheControl.noStore());
    return format.equals("json")
        ? answer.body(report.answer())
        : answer
            .contentType(CSV)
            .header(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"spend-%s-to-%s.csv\"".formatted(first, last))
            .body(report.csv().getBytes(StandardCharsets.UTF_8));
  }

  private SpendReport report(SpendReport.By side, LocalDate from, LocalDate to) {
    try {
      return new SpendReport(side, accounts.spend(from, to), currency, this::name);
    } catch (IOException e) {
      throw AdminAccess.ledgerFailed();
    }
  }

  private String name(String key) {
    return key.equals(SpendLine.MAIN)
        ? SpendLine.MAIN
        : keys.named(key).map(ClientKey::name).orElse(key);
  }

  private static LocalDate date(String parameter, String text, LocalDate unlessTold) {
    try {
      return text.isEmpty() ? unlessTold : LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw wrong(parameter, "must be a date such as 2026-11-26");
    }
  }

  /** Nothing is kept of the days before and after. */
  private static LocalDate bounded(LocalDate day, LocalDate today) {
    var oldest = today.minusDays(Ledger.RETENTION.toDays());
    var latest = today.plusDays(1);
    return day.isBefore(oldest) ? oldest : day.isAfter(latest) ? latest : day;
  }

  private static InvalidImageRequestException wrong(String parameter, String fault) {
    return new InvalidImageRequestException(
        parameter, "The parameter '%s' %s.".formatted(parameter, fault));
  }
}
