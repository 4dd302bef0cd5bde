package dejima.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.residency.LegalGrounds;
import dejima.residency.TransferBasis;
import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClaimedGroundsTest {
  private static MultiMap headers(String... pairs) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    for (int i = 0; i < pairs.length; i += 2) {
      headers.add(pairs[i], pairs[i + 1]);
    }
    return headers;
  }

  @Test
  void claimsNothingWithoutHeaders() {
    assertThat(ClaimedGrounds.in(headers()))
        .isEqualTo(new ClaimedGrounds.Claimed(LegalGrounds.NONE));
  }

  @Test
  void readsAllThree() {
    assertThat(
            ClaimedGrounds.in(
                headers(
                    "dejima-statutory-task", "benefit-12",
                    "dejima-subcontracting-permission", "p/7",
                    "dejima-transfer-basis", "consent")))
        .isEqualTo(
            new ClaimedGrounds.Claimed(
                new LegalGrounds("benefit-12", "p/7", TransferBasis.CONSENT)));
  }

  @ParameterizedTest
  @CsvSource({
    "Dejima-Statutory-Task, ''",
    "Dejima-Statutory-Task, a b",
    "Dejima-Statutory-Task, -x",
    "Dejima-Subcontracting-Permission, 許可",
    "Dejima-Transfer-Basis, maybe",
    "Dejima-Transfer-Basis, Consent",
  })
  void refusesWhatItCannotRead(String name, String value) {
    assertThat(ClaimedGrounds.in(headers(name, value)))
        .isInstanceOfSatisfying(
            ClaimedGrounds.Malformed.class,
            malformed -> {
              assertThat(malformed.problem().status()).isEqualTo(400);
              assertThat(malformed.problem().message()).contains(name);
            });
  }

  @Test
  void refusesAHeaderThatStandsTwice() {
    assertThat(
            ClaimedGrounds.in(headers("Dejima-Statutory-Task", "a", "Dejima-Statutory-Task", "b")))
        .isInstanceOf(ClaimedGrounds.Malformed.class);
    assertThat(
            ClaimedGrounds.in(
                headers("Dejima-Transfer-Basis", "none", "Dejima-Transfer-Basis", "consent")))
        .isInstanceOf(ClaimedGrounds.Malformed.class);
  }
}
