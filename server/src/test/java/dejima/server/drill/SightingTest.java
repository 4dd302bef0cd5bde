package dejima.server.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.evidence.Entry;
import dejima.evidence.EvidenceLog;
import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.evidence.LoggedEntry;
import dejima.evidence.RequestIds;
import dejima.gateway.Planning;
import dejima.residency.PolicyBundle;
import dejima.server.Specimen;
import dejima.server.records.NodeRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SightingTest {
  private static List<LoggedEntry> all(EvidenceLog log) {
    List<LoggedEntry> entries = new ArrayList<>();
    log.scan(Instant.EPOCH, (_, _) -> true, entries::add);
    return entries;
  }

  @Test
  void readsARefusalThatTheGatewayRecorded() {
    EvidenceLog log = Specimen.log();
    Planning.Refused refused =
        (Planning.Refused) Specimen.plan(PolicyBundle.demo(), "confidentiality-3", "\"x\"");
    Entry entry = refused.refusal().entry();
    new NodeRecords(log, Specimen.ids()).record(Kind.REFUSAL, entry.facts());

    Sighting seen = Sighting.of(all(log).getFirst()).orElseThrow();

    assertThat(seen.left()).isFalse();
    assertThat(seen.work().model()).isEqualTo(Specimen.MODEL);
    assertThat(seen.work().dataClass().label()).isEqualTo("confidentiality-3");
    assertThat(seen.work().project()).isEqualTo("project");
    assertThat(seen.at()).isEqualTo(Specimen.CLOCK.instant());
  }

  @Test
  void readsTokensAndTheLastSiteOfAnOutcome() {
    EvidenceLog log = Specimen.log();
    RequestIds ids = Specimen.ids();
    Json.Obj facts =
        Json.object()
            .put("model", "m")
            .put("operation", "embedding")
            .put("dataClass", "confidentiality-2+personal")
            .put("project", "p")
            .put("inputTokens", 3)
            .put("outputTokens", 4)
            .put("durationMs", 50)
            .put(
                "attempts",
                Json.array(
                    List.of(
                        Json.object().put("site", "a").build(),
                        Json.object().put("site", "b").build())))
            .build();
    new NodeRecords(log, ids).record(Kind.OUTCOME, facts);

    Sighting seen = Sighting.of(all(log).getFirst()).orElseThrow();

    assertThat(seen.site()).isEqualTo(Optional.of("b"));
    assertThat(seen.tokens()).isEqualTo(7);
    assertThat(seen.millis()).isEqualTo(50);
  }

  @Test
  void passesOverWhatEndsNoRequestOrMakesNoSense() {
    EvidenceLog log = Specimen.log();
    NodeRecords records = new NodeRecords(log, Specimen.ids());
    records.record(Kind.KEY, Json.object().put("subject", "log").build());
    records.record(
        Kind.REFUSAL,
        Json.object().put("model", "m").put("operation", "chat").put("dataClass", "top").build());

    assertThat(all(log)).hasSize(2).allMatch(entry -> Sighting.of(entry).isEmpty());
  }
}
