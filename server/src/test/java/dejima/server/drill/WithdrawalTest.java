package dejima.server.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.gateway.SiteState;
import dejima.residency.Control;
import dejima.residency.Country;
import dejima.residency.Destination.SiteFacts;
import dejima.residency.EvidenceLevel;
import dejima.server.Specimen;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class WithdrawalTest {
  private static final List<SiteState> SITES =
      List.of(site("a1", "A"), site("a2", "A"), site("b1", "B"));

  private static SiteState site(String id, String operator) {
    return new SiteState(
        new SiteFacts(id, operator, new Country("JP"), Control.DOMESTIC, EvidenceLevel.E0, ""),
        "sha256/x",
        Specimen.CLOCK);
  }

  @Test
  void takesAllSitesOfAnOperatorOrOne() {
    assertThat(Withdrawal.of(SITES, "A", Optional.empty()))
        .isEqualTo(new Withdrawal.Lookup.Found(new Withdrawal("A", Set.of("a1", "a2"))));
    assertThat(Withdrawal.of(SITES, "A", Optional.of("a2")))
        .isEqualTo(new Withdrawal.Lookup.Found(new Withdrawal("A", Set.of("a2"))));
  }

  @Test
  void listsTheKnownNamesForAWrongOne() {
    assertThat(Withdrawal.of(SITES, "a", Optional.empty()))
        .isInstanceOfSatisfying(
            Withdrawal.Lookup.Unknown.class,
            unknown -> assertThat(unknown.reason()).contains("'A', 'B'"));
    assertThat(Withdrawal.of(SITES, "A", Optional.of("b1")))
        .isInstanceOfSatisfying(
            Withdrawal.Lookup.Unknown.class,
            unknown -> assertThat(unknown.reason()).contains("a1, a2"));
  }
}
