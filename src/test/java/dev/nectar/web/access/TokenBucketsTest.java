package dev.nectar.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.generation.GenerationResult;
import dev.nectar.generation.ImageAnswer;
import dev.nectar.generation.ImageAnswer.CacheUse;
import dev.nectar.settings.Rate;
import dev.nectar.web.RateLimits;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class TokenBucketsTest {

  private static final String CLIENT = "203.0.113.9";

  private Duration now = Duration.ofDays(1);
  private final TokenBuckets buckets =
      new TokenBuckets(Rate.parse("3/m"), new ClientAddress(List.of()), () -> now.toNanos());

  @Test
  void client_withinTheRate_isLetInAndThenToldHowLongToWait() {
    take(3);

    assertThat(quota(CLIENT).refusal()).contains(Duration.ofSeconds(20));
    now = now.plusSeconds(15);
    assertThat(quota(CLIENT).refusal()).contains(Duration.ofSeconds(5));
    now = now.plusSeconds(5);
    take(1);
    assertThat(quota(CLIENT).refusal()).isPresent();
  }

  @Test
  void client_awayForLong_hasNoMoreThanAFullBucket() {
    take(3);
    now = now.plusDays(1);

    take(3);
    assertThat(quota(CLIENT).refusal()).isPresent();
  }

  @Test
  void clients_ofDifferentAddresses_haveBucketsOfTheirOwn() {
    take(3);

    assertThat(quota("203.0.113.10").refusal()).isEmpty();
    assertThat(quota("2001:db8::1").refusal()).isEmpty();
  }

  @Test
  void addresses_ofOneIpv6Network_areOneClient() {
    assertThat(quota("2001:db8:0:1::1").refusal()).isEmpty();
    assertThat(quota("2001:db8:0:1::2").refusal()).isEmpty();
    assertThat(quota("2001:db8:0:1:ffff::").refusal()).isEmpty();

    assertThat(quota("2001:db8:0:1:a:b:c:d").refusal()).isPresent();
    assertThat(quota("2001:db8:0:2::1").refusal()).isEmpty();
  }

  @Test
  void token_givenBack_isThereAgain() {
    take(3);
    quota(CLIENT).giveBack();

    take(1);
    assertThat(quota(CLIENT).refusal()).isPresent();
  }

  @Test
  void headers_ofAMiss_tellThePolicyAndWhatIsLeft() {
    take(1);
    now = now.plusSeconds(5);

    var response = describe(CacheUse.MISS);

    assertThat(response.getHeader("RateLimit-Policy")).isEqualTo("\"client\";q=3;w=60");
    assertThat(response.getHeader("RateLimit")).isEqualTo("\"client\";r=2;t=15");
  }

  @Test
  void headers_ofARefusal_tellWhenTheNextTokenComes() {
    take(3);
    now = now.plusMillis(4_001);

    assertThat(describe(CacheUse.MISS).getHeader("RateLimit")).isEqualTo("\"client\";r=0;t=16");
  }

  @Test
  void headers_onceTheBucketIsFullAgain_promiseNothingMore() {
    take(1);
    now = now.plusSeconds(40);

    assertThat(describe(CacheUse.MISS).getHeader("RateLimit")).isEqualTo("\"client\";r=3;t=0");
  }

  @Test
  void headers_ofATokenGivenBack_promiseNothingMore() {
    take(1);
    quota(CLIENT).giveBack();

    assertThat(describe(CacheUse.MISS).getHeader("RateLimit")).isEqualTo("\"client\";r=3;t=0");
  }

  @Test
  void headers_ofWhatCostNothing_areNotSent() {
    assertThat(describe(CacheUse.HIT).getHeaderNames()).isEmpty();
    assertThat(describe(CacheUse.COALESCED).getHeaderNames()).isEmpty();
  }

  private void take(int tokens) {
    for (var i = 0; i < tokens; i++) {
      assertThat(quota(CLIENT).refusal()).as("token %d", i).isEmpty();
    }
  }

  private MockHttpServletResponse describe(CacheUse use) {
    var response = new MockHttpServletResponse();
    quota(CLIENT)
        .describe(new ImageAnswer(new GenerationResult.TimedOut(), use, () -> {}), response);
    return response;
  }

  private RateLimits.Quota quota(String address) {
    var request = new MockHttpServletRequest();
    request.setRemoteAddr(address);
    return buckets.quota(request);
  }
}
