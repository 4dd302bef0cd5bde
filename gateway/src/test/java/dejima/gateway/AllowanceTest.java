package dejima.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.gateway.Allowance.Grant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class AllowanceTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;

  @Test
  void refusesTheRequestThatIsOneTooManyAndSaysWhenItFits() {
    Allowance allowance = new Allowance(new Limits(2, 0, 0), 0);

    assertThat(allowance.start(1, 0)).isEqualTo(new Grant.Granted(0));
    assertThat(allowance.start(1, 0)).isEqualTo(new Grant.Granted(0));
    assertThat(allowance.start(1, 0)).isEqualTo(new Grant.Exceeded("requests per minute", 30));
    assertThat(allowance.start(1, 30 * SECOND + 1)).isEqualTo(new Grant.Granted(0));
  }

  @Test
  void bindsRequestsUnderWayUntilTheyAreSettled() {
    Allowance allowance = new Allowance(new Limits(0, 0, 1), 0);
    Grant first = allowance.start(10, 0);

    assertThat(first).isEqualTo(new Grant.Granted(0));
    assertThat(allowance.start(10, MINUTE)).isEqualTo(new Grant.Exceeded("concurrent requests", 1));
    allowance.settle(0, 10);
    assertThat(allowance.start(10, MINUTE)).isEqualTo(new Grant.Granted(0));
  }

  @Test
  void replacesTheEstimateByWhatWasUsed() {
    Allowance allowance = new Allowance(new Limits(0, 100, 0), 0);

    assertThat(allowance.start(90, 0)).isEqualTo(new Grant.Granted(90));
    assertThat(allowance.start(20, 0)).isEqualTo(new Grant.Exceeded("tokens per minute", 6));
    allowance.settle(90, 10);
    assertThat(allowance.start(90, 0)).isEqualTo(new Grant.Granted(90));
    allowance.settle(90, 190);
    assertThat(allowance.start(1, 30 * SECOND)).isInstanceOf(Grant.Exceeded.class);
  }

  @Test
  void letsARequestThroughThatAloneIsLargerThanTheLimit() {
    Allowance allowance = new Allowance(new Limits(0, 100, 0), 0);

    assertThat(allowance.start(5_000, 0)).isEqualTo(new Grant.Granted(100));
  }

  @Test
  void takesAnOverflownEstimateForMoreThanTheLimit() {
    Allowance allowance = new Allowance(new Limits(0, 100, 0), 0);

    assertThat(allowance.start(Long.MIN_VALUE, 0)).isEqualTo(new Grant.Granted(100));
    assertThat(allowance.start(1, 0)).isInstanceOf(Grant.Exceeded.class);
  }

  @Test
  void gainsNothingFromAClockReadingThatComesLate() {
    Allowance allowance = new Allowance(new Limits(1, 0, 0), 0);
    allowance.start(0, 0);

    allowance.start(0, 50 * SECOND);
    allowance.start(0, 10 * SECOND);

    assertThat(allowance.start(0, 55 * SECOND)).isInstanceOf(Grant.Exceeded.class);
  }

  @Property(tries = 300)
  void neverGrantsMoreThanTheLimitsInAnyMinute(
      @ForAll @IntRange(min = 1, max = 20) int requests,
      @ForAll @IntRange(min = 10, max = 500) int tokens,
      @ForAll @IntRange(min = 1, max = 5) int concurrent,
      @ForAll @Size(max = 80) List<@IntRange(min = 0, max = 8_000) Integer> pauses) {
    Allowance allowance = new Allowance(new Limits(requests, tokens, concurrent), 0);
    Deque<Long> underWay = new ArrayDeque<>();
    long now = 0;
    int granted = 0;
    long used = 0;
    for (int pause : pauses) {
      now += pause * 1_000_000L;
      if (pause % 3 == 0 && !underWay.isEmpty()) {
        long reserved = underWay.poll();
        allowance.settle(reserved, reserved);
      }
      if (allowance.start(pause % 97, now) instanceof Grant.Granted(long reserved)) {
        underWay.add(reserved);
        granted++;
        used += reserved;
      }
      assertThat(underWay).hasSizeLessThanOrEqualTo(concurrent);
      assertThat((double) granted)
          .isLessThanOrEqualTo(requests * (1 + (double) now / MINUTE) + 1e-6);
      assertThat((double) used).isLessThanOrEqualTo(tokens * (1 + (double) now / MINUTE) + 1e-6);
    }
  }
}
