package dejima.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dejima.residency.Control;
import dejima.residency.EvidenceLevel;
import dejima.residency.LocalText;
import dejima.residency.PolicyBundle;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SiteStandingTest {
  private static final LocalText WHY = new LocalText("国が違う", "country differs");
  private final SiteState site =
      Specimen.site("sakura-ishikari", "JP", Control.DOMESTIC, EvidenceLevel.E0);
  private final Gateway gateway =
      Specimen.gateway(PolicyBundle.demo(), new SiteTable(List.of(site)));

  private Planning ask() {
    return gateway.plan(Specimen.chat(Optional.of("confidentiality-1"), "\"x\""));
  }

  @Test
  void refusesRequestsFromTheMomentThatASiteContradictsItsRegistration() {
    assertThat(ask()).isInstanceOf(Planning.Planned.class);

    site.judged(new SiteStanding.Contradicted(List.of(WHY)));

    assertThat(ask())
        .isInstanceOfSatisfying(
            Planning.Refused.class,
            refused ->
                assertThat(refused.refusal().problem().message())
                    .contains("sakura-ishikari: rule site-contradicted", "sites list"));
    assertThat(site.facts().evidence()).isEqualTo(EvidenceLevel.CONTRADICTED);
    assertThat(site.standing().fault()).isEqualTo(WHY);
  }

  @Test
  void permitsAgainOnceTheSiteAgrees() {
    site.judged(new SiteStanding.Contradicted(List.of(WHY)));

    site.judged(new SiteStanding.Declared(Specimen.NOW));

    assertThat(ask()).isInstanceOf(Planning.Planned.class);
    assertThat(site.standing().word()).isEqualTo("declared");
  }

  @Test
  void leavesASiteThatOffersNoStatementToThePolicy() {
    site.judged(new SiteStanding.Undeclared(WHY));

    assertThat(ask()).isInstanceOf(Planning.Planned.class);
    assertThat(site.facts().evidence()).isEqualTo(EvidenceLevel.E0);
  }

  @Test
  void namesWhatAContradictionIsIn() {
    assertThatThrownBy(() -> new SiteStanding.Contradicted(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
