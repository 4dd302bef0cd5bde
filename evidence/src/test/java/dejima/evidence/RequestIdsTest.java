package dejima.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestIdsTest {

  @Property
  void textAndBitsAreTheSameThing(@ForAll long high, @ForAll long low) {
    String id = RequestIds.text(high, low);

    assertThat(RequestIds.isId(id)).isTrue();
    assertThat(RequestIds.high(id)).isEqualTo(high);
    assertThat(RequestIds.low(id)).isEqualTo(low);
  }

  @Test
  void sortsByTime() {
    String last = "";
    for (int day = 0; day < 1000; day++) {
      var clock = InstantSource.fixed(Instant.EPOCH.plusSeconds(86_400L * 30 * day));
      String id = new RequestIds(clock, new Random(day)).next();
      assertThat(id).isGreaterThan(last);
      last = id;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rcpt_",
        "rcpt_0000000000000000000000000",
        "rcpt_000000000000000000000000000",
        "rcpt_80000000000000000000000000",
        "rcpt_0000000000000000000000000U",
        "rcpt_0000000000000000000000000a",
        "RCPT_00000000000000000000000000"
      })
  void knowsWhatIsNoId(String text) {
    assertThat(RequestIds.isId(text)).isFalse();
  }
}
