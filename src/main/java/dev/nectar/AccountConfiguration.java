package dev.nectar;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.account.AccountSettings;
import dev.nectar.account.Accounts;
import dev.nectar.account.ClientKeys;
import dev.nectar.account.CostMeters;
import dev.nectar.account.Ledger;
import dev.nectar.account.LedgerWatch;
import dev.nectar.account.Painters;
import dev.nectar.account.Prices;
import dev.nectar.account.redis.RedisLedger;
import dev.nectar.account.sqlite.SqliteLedger;
import dev.nectar.backend.BackendRound;
import dev.nectar.storage.Redis;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Chooses among the ledgers, which know nothing of each other. */
@Configuration(proxyBeanMethods = false)
class AccountConfiguration {

  @Bean
  Ledger ledger(AccountSettings settings, ObjectProvider<Redis> redis) {
    return settings.redisUrl() == null
        ? new SqliteLedger(settings.file())
        : new RedisLedger(redis.getObject());
  }

  @Bean
  Prices prices(AccountSettings settings) {
    return settings.prices();
  }

  @Bean
  Painters pricedPainters(AccountSettings settings) {
    return settings.painters();
  }

  @Bean
  ClientKeys clientKeys(Ledger ledger, Clock clock, Ticker ticker) {
    return new ClientKeys(ledger, clock, ticker, new SecureRandom());
  }

  @Bean
  Accounts accounts(Ledger ledger, AccountSettings settings, Clock clock) {
    return new Accounts(ledger, settings.budgets(), clock);
  }

  @Bean
  CostMeters costMeters(Painters painters, MeterRegistry registry) {
    return new CostMeters(painters, registry);
  }

  /** Ends before the ledger is closed. */
  @Bean(initMethod = "start")
  LedgerWatch ledgerWatch(ClientKeys keys, Accounts accounts, Prices prices, Painters painters) {
    var unpriced =
        painters.models().keySet().stream().filter(name -> !prices.knows(name)).sorted().toList();
    return new LedgerWatch(keys, accounts, unpriced);
  }

  /** The other beans are made while it is looked into, which opens a file and loads a library. */
  @Bean
  SmartInitializingSingleton firstLook(LedgerWatch watch) {
    return watch::awaitFirst;
  }

  @Bean
  BackendRound.Budgets backendBudgets(Accounts accounts) {
    return accounts.backendLimits()::usedUpUntil;
  }
}
