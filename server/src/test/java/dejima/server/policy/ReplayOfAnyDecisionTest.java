package dejima.server.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dejima.audit.PolicyReplay;
import dejima.evidence.DecisionReplay.Replay;
import dejima.evidence.Entry;
import dejima.evidence.Json;
import dejima.evidence.Receipt;
import dejima.gateway.Dialect;
import dejima.gateway.Gateway;
import dejima.gateway.Planning;
import dejima.gateway.Route;
import dejima.gateway.SiteState;
import dejima.gateway.SiteTable;
import dejima.residency.ActivePolicy;
import dejima.residency.Assurances;
import dejima.residency.Certification;
import dejima.residency.Confidentiality;
import dejima.residency.Control;
import dejima.residency.Country;
import dejima.residency.DataClass;
import dejima.residency.Destination.SiteFacts;
import dejima.residency.EvidenceLevel;
import dejima.residency.LegalGrounds;
import dejima.residency.LocalText;
import dejima.residency.Marker;
import dejima.residency.ModelFacts;
import dejima.residency.PolicyBundle;
import dejima.residency.RequestKind;
import dejima.residency.SiteGrounds;
import dejima.residency.SiteGrounds.Source;
import dejima.residency.TransferBasis;
import dejima.server.Specimen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Whatever a gateway decides about whatever sites, models and requests: its record, and nothing
/// else, leads an outsider to the same decisions.
final class ReplayOfAnyDecisionTest {
  private static final Instant NOW = Instant.parse("2026-11-20T00:00:00Z");
  private static final Optional<Instant> SOON = Optional.of(NOW.plusSeconds(60));

  @Property(tries = 200)
  void isTheSameDecision(@ForAll Random random) {
    PolicyBundle policy = random.nextInt(5) == 0 ? PolicyBundle.demo() : PolicyBundle.baseline();
    List<SiteState> states = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      states.add(site("site-" + i, random));
    }
    SiteTable sites = new SiteTable(states);

    Entry entry = entry(plan(policy, sites, random));

    Json.Obj body = Json.object().put("tenant", entry.tenant()).putAll(entry.facts()).build();
    Json written = Json.read(body.canonicalBytes()).orThrow();
    assertThat(
            new PolicyReplay()
                .replay(
                    (Json.Obj) written,
                    new Receipt.Documents(policy.files(), sites.sheet().json())))
        .isEqualTo(new Replay.Same(states.size()));
  }

  private static Entry entry(Planning planning) {
    return switch (planning) {
      case Planning.Planned(var plan) -> plan.next(0).orElseThrow().intent();
      case Planning.Refused(var refusal) -> refusal.entry();
      case Planning.Unreadable(var problem) -> throw new AssertionError(problem);
    };
  }

  private static Planning plan(PolicyBundle policy, SiteTable sites, Random random) {
    ModelFacts model = model(random);
    Gateway gateway =
        new Gateway(new ActivePolicy(policy), sites, _ -> model, Specimen.ids()::next);
    String body = "{\"model\":\"" + Specimen.MODEL + "\",\"messages\":[{\"content\":\"hi\"}]}";
    return gateway.plan(
        new Gateway.Request(
            Specimen.key(),
            new Route.Inference(Dialect.OPENAI, RequestKind.CHAT, Optional.empty()),
            Optional.of(dataClass(random).label()),
            grounds(random),
            body.getBytes(UTF_8)));
  }

  private static DataClass dataClass(Random random) {
    return new DataClass(any(Confidentiality.values(), random), some(Marker.class, random));
  }

  private static LegalGrounds grounds(Random random) {
    return new LegalGrounds(
        random.nextBoolean() ? "task-1" : "",
        random.nextBoolean() ? "permission/2" : "",
        any(TransferBasis.values(), random));
  }

  private static ModelFacts model(Random random) {
    return random.nextInt(4) == 0
        ? ModelFacts.UNREGISTERED
        : new ModelFacts(
            random.nextBoolean(),
            random.nextBoolean() ? "Owner" : "",
            random.nextBoolean() ? "Apache-2.0" : "",
            country(random),
            random.nextBoolean(),
            random.nextBoolean() ? Set.of("sha256:00") : Set.of());
  }

  private static SiteState site(String id, Random random) {
    SiteState site = new SiteState(facts(id, random), "sha256/" + id, Specimen.CLOCK);
    site.reported(Specimen.report());
    site.ground(Source.REGISTER, grounds -> raised(grounds, random), List.of());
    return site;
  }

  private static SiteFacts facts(String id, Random random) {
    return new SiteFacts(
            id,
            "Operator of " + id,
            country(random),
            any(Control.values(), random),
            EvidenceLevel.E0,
            any(new String[] {"", "Standard", "GlobalStandard", "DataZoneBatch"}, random))
        .assured(
            new Assurances(
                some(Certification.class, random), random.nextBoolean(), random.nextBoolean()));
  }

  private static SiteGrounds raised(SiteGrounds grounds, Random random) {
    SiteGrounds raised = grounds;
    int level = random.nextInt(6);
    if (level == 5) {
      return grounds.contradicted(Source.REGISTER, List.of(new LocalText("食い違い", "differs")));
    }
    if (level >= 1) {
      raised = raised.attributed(SOON);
    }
    if (level >= 2) {
      Instant at = NOW.minus(Duration.ofMinutes(random.nextInt(10)));
      raised = raised.measured(Optional.of(new SiteGrounds.Measured(at, NOW.plusSeconds(60))));
    }
    if (level >= 3) {
      raised = raised.attested(SOON);
    }
    return level >= 4 ? raised.sealed(SOON) : raised;
  }

  private static Country country(Random random) {
    return new Country(any(new String[] {"JP", "US", "ZZ", "DE"}, random));
  }

  private static <T> T any(T[] of, Random random) {
    return of[random.nextInt(of.length)];
  }

  private static <E extends Enum<E>> Set<E> some(Class<E> type, Random random) {
    Set<E> chosen = EnumSet.noneOf(type);
    for (E one : EnumSet.allOf(type)) {
      if (random.nextInt(3) == 0) {
        chosen.add(one);
      }
    }
    return chosen;
  }
}
