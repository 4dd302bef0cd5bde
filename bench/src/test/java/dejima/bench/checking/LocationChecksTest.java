package dejima.bench.checking;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class LocationChecksTest {
  @Test
  void timesAMeasurementThatIsProved() {
    var example =
        ExampleMeasurement.make(Instant.parse("2026-11-21T03:00:00Z"), new SecureRandom());

    var times = new LocationChecks(example).measure(Duration.ofMillis(50));

    assertThat(times.median()).isPositive();
    assertThat(times.tail()).isGreaterThanOrEqualTo(times.median());
  }
}
