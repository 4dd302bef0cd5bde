package dejima.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AuthenticationThrottleTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START =
      Math.subtractExact(Long.MAX_VALUE, 10 * SECOND); // the clock may overflow

  private final AuthenticationThrottle throttle = new AuthenticationThrottle();

  private void exhaust(String address) {
    for (int i = 0; i < AuthenticationThrottle.BURST; i++) {
      assertThat(throttle.failed(address, START)).isEmpty();
    }
  }

  @Test
  void turnsAnAddressAwayAfterItsBurst() {
    exhaust("192.0.2.1");

    assertThat(throttle.failed("192.0.2.1", START)).hasValue(1);
    assertThat(throttle.failed("192.0.2.2", START)).isEmpty();
  }

  @Test
  void answersOneFailureASecondFromThenOn() {
    exhaust("192.0.2.1");
    for (int i = 0; i < 1_000; i++) {
      assertThat(throttle.failed("192.0.2.1", START + SECOND / 2)).hasValue(1);
    }

    assertThat(throttle.failed("192.0.2.1", START + SECOND)).isEmpty();
    assertThat(throttle.failed("192.0.2.1", START + SECOND)).hasValue(1);
  }

  @Test
  void forgivesAndForgets() {
    exhaust("192.0.2.1");
    long later = START + 2 * AuthenticationThrottle.BURST * SECOND;

    for (int i = 0; i < AuthenticationThrottle.BURST; i++) {
      assertThat(throttle.failed("192.0.2.1", later)).isEmpty();
    }
    assertThat(throttle.failed("192.0.2.1", later)).isPresent();
  }

  @Test
  void remembersWhoKeepsFailingAmongManyOthersAndNoMoreThanItMay() {
    exhaust("192.0.2.1");
    for (int i = 0; i < AuthenticationThrottle.MOST_ADDRESSES - 1; i++) {
      throttle.failed("10.0." + i / 256 + "." + i % 256, START);
    }
    assertThat(throttle.failed("192.0.2.1", START)).isPresent();

    for (int i = 0; i < AuthenticationThrottle.MOST_ADDRESSES; i++) {
      throttle.failed("10.1." + i / 256 + "." + i % 256, START);
    }
    assertThat(throttle.failed("192.0.2.1", START)).isEqualTo(OptionalInt.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:9:9:9:9, true",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:3:3:4:5:6, false",
    "2001:db8::1, 2001:db8:0:0:7::, true",
    "fe80::1%eth0, fe80::2%eth1, true",
    "::1, 2001:db8::1, false",
  })
  void countsAnIpv6NetworkAsOne(String one, String other, boolean same) {
    exhaust(one);

    assertThat(throttle.failed(other, START).isPresent()).isEqualTo(same);
  }
}
