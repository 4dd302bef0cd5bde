package dejima.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CircuitBreakerTest {
  private static final long MILLI = 1_000_000L;

  private static CircuitBreaker openedAtZero() {
    CircuitBreaker breaker = new CircuitBreaker();
    for (int i = 0; i < 3; i++) {
      breaker.failed(0);
    }
    return breaker;
  }

  @Test
  void opensAfterThreeFailuresInARow() {
    CircuitBreaker breaker = new CircuitBreaker();
    breaker.failed(0);
    breaker.failed(0);
    breaker.succeeded();
    breaker.failed(0);
    breaker.failed(0);
    assertThat(breaker.isOpen()).isFalse();

    breaker.failed(0);

    assertThat(breaker.isOpen()).isTrue();
    assertThat(breaker.tryPass(499 * MILLI)).isFalse();
  }

  @Test
  void letsOneTrialThroughAfterThePause() {
    CircuitBreaker breaker = openedAtZero();

    assertThat(breaker.tryPass(500 * MILLI)).isTrue();
    assertThat(breaker.tryPass(500 * MILLI)).isFalse();
    breaker.succeeded();

    assertThat(breaker.isOpen()).isFalse();
    assertThat(breaker.tryPass(500 * MILLI)).isTrue();
  }

  @Test
  void doublesThePauseWithEveryFailedTrialUpToALimit() {
    CircuitBreaker breaker = openedAtZero();
    long now = 0;
    long pause = 500 * MILLI;
    for (int i = 0; i < 10; i++) {
      assertThat(breaker.tryPass(now + pause - 1)).isFalse();
      now += pause;
      assertThat(breaker.tryPass(now)).isTrue();
      breaker.failed(now);
      pause = Math.min(30_000 * MILLI, pause * 2);
    }

    assertThat(breaker.tryPass(now + 30_000 * MILLI)).isTrue();
  }

  @Test
  void givesTheTrialToAnotherWhenItToldNothing() {
    CircuitBreaker breaker = openedAtZero();
    assertThat(breaker.tryPass(500 * MILLI)).isTrue();

    breaker.undecided();

    assertThat(breaker.isOpen()).isTrue();
    assertThat(breaker.tryPass(500 * MILLI)).isTrue();
  }

  @Test
  void honoursTheRestThatASiteAskedForAgainstLateAnswers() {
    CircuitBreaker breaker = new CircuitBreaker();
    breaker.rest(60_000 * MILLI, 0);

    breaker.succeeded();

    assertThat(breaker.tryPass(59_999 * MILLI)).isFalse();
    assertThat(breaker.tryPass(60_000 * MILLI)).isTrue();
  }

  @Test
  void worksAcrossTheOverflowOfTheMonotonicClock() {
    CircuitBreaker breaker = new CircuitBreaker();

    breaker.rest(1_000 * MILLI, Long.MAX_VALUE - 10);

    assertThat(breaker.tryPass(Long.MAX_VALUE)).isFalse();
    assertThat(breaker.tryPass(Long.MIN_VALUE + 1_000 * MILLI)).isTrue();
  }
}
