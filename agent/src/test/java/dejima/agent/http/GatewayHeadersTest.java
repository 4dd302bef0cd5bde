package dejima.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.vertx.core.MultiMap;
import java.util.Base64;
import org.junit.jupiter.api.Test;

final class GatewayHeadersTest {
  private static final String SALT = Base64.getEncoder().encodeToString(new byte[32]);

  @Test
  void readsWhatAGatewaySends() {
    GatewayHeaders headers =
        GatewayHeaders.of(headers("rcpt_01JD0000000000000000000000", "2", SALT));

    assertThat(headers)
        .isInstanceOfSatisfying(
            GatewayHeaders.Read.class,
            read -> {
              assertThat(read.attempt()).isEqualTo(2);
              assertThat(read.salt()).hasSize(32);
            });
  }

  @Test
  void refusesAHeaderThatIsGivenTwice() {
    MultiMap twice = headers("rcpt_01JD0000000000000000000000", "2", SALT);
    twice.add(GatewayHeaders.SALT, SALT);

    assertThat(GatewayHeaders.of(twice))
        .isEqualTo(
            new GatewayHeaders.Unreadable("Dejima-Salt must be given once, as base64 of 32 bytes"));
  }

  @FuzzTest
  void readsOnlyWellFormedHeaders(
      @NotNull String receipt, @NotNull String attempt, @NotNull String salt) {
    switch (GatewayHeaders.of(headers(receipt, attempt, salt))) {
      case GatewayHeaders.Read read -> {
        assertThat(read.receipt()).hasSize(31);
        assertThat(read.attempt()).isBetween(1, 999);
        assertThat(read.salt()).hasSize(32);
      }
      case GatewayHeaders.Unreadable unreadable -> assertThat(unreadable.reason()).isNotBlank();
    }
  }

  private static MultiMap headers(String receipt, String attempt, String salt) {
    return MultiMap.caseInsensitiveMultiMap()
        .add(GatewayHeaders.RECEIPT, receipt)
        .add(GatewayHeaders.ATTEMPT, attempt)
        .add(GatewayHeaders.SALT, salt);
  }
}
