package dejima.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryAfterTest {

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "17, 17", "3600, 3600", "999999999, 3600"})
  void readsSecondsWithinReason(String header, int seconds) {
    assertThat(RetryAfter.seconds(header)).hasValue(seconds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-1", "1.5", " 1", "9999999999", "Fri, 20 Nov 2026 00:00:00 GMT", "１"})
  void leavesTheRestAlone(String header) {
    assertThat(RetryAfter.seconds(header)).isEmpty();
  }

  @Test
  void isEmptyWithoutTheHeader() {
    assertThat(RetryAfter.seconds(null)).isEmpty();
  }
}
