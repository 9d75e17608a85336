package dev.nectar.account.redis;

import static java.util.stream.Collectors.toMap;

import dev.nectar.account.Booking;
import dev.nectar.account.Budget;
import dev.nectar.account.ClientKey;
import dev.nectar.account.Hold;
import dev.nectar.account.KeyJson;
import dev.nectar.account.Ledger;
import dev.nectar.account.Money;
import dev.nectar.account.Period;
import dev.nectar.account.SpendCounts;
import dev.nectar.account.SpendLine;
import dev.nectar.account.Spender;
import dev.nectar.account.Used;
import dev.nectar.storage.Redis;
import dev.nectar.storage.RedisScript;
import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/** A ledger in Redis, shared by all servers. Each call is one command, or one script. */
public final class RedisLedger implements Ledger {

  private final Redis redis;

  public RedisLedger(Redis redis) {
    this.redis = redis;
  }

  @Override
  public long version() throws IOException {
    var version = ask(commands -> commands.get(LedgerKeys.VERSION));
    return version == null ? 0 : Long.parseLong(version);
  }

  @Override
  public List<ClientKey> keys() throws IOException {
    return ask(commands -> commands.hvals(LedgerKeys.KEYS)).stream().map(KeyJson::read).toList();
  }

  @Override
  public boolean keep(ClientKey key) throws IOException {
    return ask(
        LedgerScripts.KEEP,
        List.of(LedgerKeys.KEYS, LedgerKeys.REVISIONS, LedgerKeys.VERSION),
        List.of(key.id(), Long.toString(key.revision()), KeyJson.write(key)));
  }

  @Override
  public Map<String, Instant> lastUsed() throws IOException {
    return ask(commands -> commands.hgetall(LedgerKeys.LAST_USED)).entrySet().stream()
        .collect(
            toMap(
                Map.Entry::getKey, time -> Instant.ofEpochMilli(Long.parseLong(time.getValue()))));
  }

  @Override
  public boolean hold(List<Hold> holds, Budget budget, Instant now) throws IOException {
    var first = holds.getFirst();
    var keys =
        List.of(
            LedgerKeys.used(Spender.key(first.key()), budget.per(), Period.day(now)),
            LedgerKeys.held(first.key()),
            LedgerKeys.NODES);
    var arguments = new ArrayList<>(List.of(millis(now), millis(now.plus(ABSENCE)), first.node()));
    switch (budget) {
      case Budget.Pictures(var pictures, _) ->
          arguments.addAll(List.of("pictures", Long.toString(pictures), "0"));
      case Budget.Amount(var amount, _) -> {
        arguments.add("money");
        add(arguments, amount);
      }
    }
    arguments.add(Integer.toString(holds.size()));
    add(arguments, Hold.sum(holds).cost());
    for (var hold : holds) {
      arguments.add(hold.id());
      add(arguments, hold.amount());
    }
    return ask(LedgerScripts.HOLD, keys, arguments);
  }

  private static void add(List<String> arguments, BigDecimal amount) {
    var money = Money.of(amount);
    arguments.add(Long.toString(money.units()));
    arguments.add(Long.toString(money.picos()));
  }

  @Override
  public void present(String node, Instant now) throws IOException {
    ask(commands -> commands.hset(LedgerKeys.NODES, node, millis(now.plus(ABSENCE))));
  }

  private static String millis(Instant time) {
    return Long.toString(time.toEpochMilli());
  }

  @Override
  public void book(Booking booking) throws IOException {
    var steps = new LedgerSteps(booking);
    ask(LedgerScripts.BOOK, steps.keys(), steps.arguments());
  }

  @Override
  public Used used(Spender spender, Period period, LocalDate day) throws IOException {
    var key = LedgerKeys.used(spender, period, day);
    var counts = new Counts(ask(commands -> commands.hgetall(key)));
    return counts.used("pictures", "unpriced", "cost");
  }

  @Override
  public Map<SpendLine, SpendCounts> spend(LocalDate from, LocalDate to) throws IOException {
    var spend = new HashMap<SpendLine, SpendCounts>();
    for (var day = from; !day.isAfter(to); day = day.plusDays(1)) {
      spend.putAll(spend(day));
    }
    return spend;
  }

  private Map<SpendLine, SpendCounts> spend(LocalDate day) throws IOException {
    var lines = new HashMap<SpendLine, Map<String, String>>();
    ask(commands -> commands.hgetall(LedgerKeys.spend(day)))
        .forEach((field, value) ->
            lines
                .computeIfAbsent(LedgerKeys.line(day, field), _ -> new HashMap<>())
                .put(LedgerKeys.count(field), value));
    var spend = new HashMap<SpendLine, SpendCounts>();
    lines.forEach((line, fields) -> spend.put(line, new Counts(fields).all()));
    return spend;
  }

  private <T extends @Nullable Object> T ask(
      Function<RedisClusterCommands<String, String>, T> command) throws IOException {
    try {
      return redis.execute(command);
    } catch (RedisException e) {
      throw fault(e);
    }
  }

  private boolean ask(RedisScript script, List<String> keys, List<String> arguments)
      throws IOException {
    try {
      return redis.execute(script, keys, arguments);
    } catch (RedisException e) {
      throw fault(e);
    }
  }

  private static IOException fault(RedisException e) {
    return new IOException(
        "Redis: " + NestedExceptionUtils.getMostSpecificCause(e).getMessage(), e);
  }

  /** Redis is somebody else's. */
  @Override
  public void close() {}

  private record Counts(Map<String, String> fields) {

    private long number(String name) {
      return Long.parseLong(fields.getOrDefault(name, "0"));
    }

    Used used(String pictures, String unpriced, String cost) {
      return new Used(
          number(pictures),
          number(unpriced),
          new Money(number(cost + ".units"), number(cost + ".picos")).amount());
    }

    SpendCounts all() {
      return new SpendCounts(
          used("pictures", "unpriced", "cost"),
          used("spared", "sparedUnpriced", "saved"),
          number("refused"),
          number("failed"),
          number("refusals"),
          number("failures"));
    }
  }
}
