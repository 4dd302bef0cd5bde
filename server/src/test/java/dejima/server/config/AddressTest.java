package dejima.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8080, 127.0.0.1, 8080",
    "localhost:0, localhost, 0",
    "[::1]:65535, ::1, 65535",
  })
  void readsHostAndPort(String text, String host, int port) {
    Address address = Address.parse(text);

    assertThat(address).isEqualTo(new Address(host, port));
    assertThat(address).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8080", ":8080", "host", "host:", "host:x", "host:65536", "h:-1"})
  void saysWhatAnAddressLooksLike(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Address.parse(text))
        .withMessageContaining("127.0.0.1:8080");
  }
}
