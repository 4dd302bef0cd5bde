package dejima.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.residency.Assurances;
import dejima.residency.Certification;
import dejima.residency.Control;
import dejima.residency.Country;
import dejima.residency.Destination.SiteFacts;
import dejima.residency.EvidenceLevel;
import dejima.residency.SiteGrounds;
import dejima.residency.SiteGrounds.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class SiteStateTest {
  private static final SiteFacts FACTS =
      new SiteFacts("s", "Operator", Country.JAPAN, Control.DOMESTIC, EvidenceLevel.E0, "");

  private final AtomicReference<Instant> now = new AtomicReference<>(Specimen.NOW);
  private final SiteState site = new SiteState(FACTS, "sha256/s", now::get);
  private final SiteTable table = new SiteTable(List.of(site));

  private void pass(long seconds) {
    now.set(Specimen.NOW.plusSeconds(seconds));
  }

  @Test
  void losesItsLevelAtTheMomentAtWhichAGroundEndsThoughNobodyTellsIt() {
    Optional<Instant> end = Optional.of(Specimen.NOW.plusSeconds(600));
    site.ground(Source.REGISTER, g -> g.attributed(Optional.of(Instant.MAX)), List.of());
    site.ground(
        Source.LOCATION,
        g -> g.measured(end.map(until -> new SiteGrounds.Measured(Specimen.NOW, until))),
        List.of());

    assertThat(site.facts().evidence()).isEqualTo(EvidenceLevel.E2);
    pass(599);
    assertThat(site.facts().evidence()).isEqualTo(EvidenceLevel.E2);
    assertThat(site.facts().locationMinutes()).isEqualTo(9);
    pass(600);
    assertThat(site.facts().evidence()).isEqualTo(EvidenceLevel.E1);
    assertThat(site.facts().locationMinutes()).isEqualTo(10);
  }

  @Test
  void namesTheEntriesBehindItsLevelInAnIntent() {
    GroundEntry entry = new GroundEntry(Kind.LOCATION, "rcpt_x", "aGFzaA==");

    site.ground(Source.LOCATION, g -> g, List.of(entry));

    Json.Obj at = site.json(site.facts(), site.pin()).build();
    assertThat(at.array("grounds").orElseThrow())
        .containsExactly(
            Json.object()
                .put("kind", "location")
                .put("id", "rcpt_x")
                .put("hash", "aGFzaA==")
                .build());
  }

  @Test
  void aStatementLeavesWhatOtherSourcesEstablishedAlone() {
    site.ground(Source.REGISTER, g -> g.attributed(Optional.of(Instant.MAX)), List.of());

    site.judged(new SiteStanding.Declared(Specimen.NOW));

    assertThat(site.facts().evidence()).isEqualTo(EvidenceLevel.E1);
  }

  @Test
  void keepsASheetBeforeItCounts() {
    List<FactSheet> kept = new ArrayList<>();
    FactSheet before = table.sheet();

    table.record(
        FACTS.assured(new Assurances(Set.of(Certification.ISMAP), true, true)),
        sheet -> {
          assertThat(table.sheet()).isSameAs(before);
          kept.add(sheet);
        });

    assertThat(kept).containsExactly(table.sheet());
    assertThat(table.sheet().hash()).isNotEqualTo(before.hash());
    assertThat(table.sheet().json().canonicalText()).contains("\"certifications\":[\"ismap\"]");
    assertThat(site.facts().assurances().japaneseLaw()).isTrue();
  }

  @Test
  void decidesByTheSheetWithoutAsking() {
    table.record(FACTS.assured(new Assurances(Set.of(), true, false)), _ -> {});

    SiteFacts seen = site.facts(table.sheet().of("s").orElseThrow(), true);

    assertThat(seen.modelVerified()).isTrue();
    assertThat(seen.assurances().japaneseLaw()).isTrue();
  }

  @Test
  void nothingIsEstablishedOfAnotherKeyUntilItIsEstablishedAnew() {
    site.ground(
        Source.LOCATION,
        grounds -> grounds.attributed(Optional.of(Instant.MAX)).attested(Optional.of(Instant.MAX)),
        List.of());

    site.follow("sha256/other");

    assertThat(site.pin()).isEqualTo("sha256/other");
    assertThat(site.grounded().grounds()).isEqualTo(SiteGrounds.NONE);
  }
}
