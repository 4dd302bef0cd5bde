package dejima.server.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.residency.Confidentiality;
import dejima.residency.Control;
import dejima.residency.Country;
import dejima.residency.DataClass;
import dejima.residency.Destination.SiteFacts;
import dejima.residency.EvidenceLevel;
import dejima.residency.Marker;
import dejima.residency.PolicyBundle;
import dejima.residency.RequestKind;
import dejima.server.Specimen;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class FateTest {
  private static final PolicyBundle POLICY = PolicyBundle.demo();

  private static List<SiteFacts> sites(List<Control> controls, List<EvidenceLevel> levels) {
    List<SiteFacts> sites = new ArrayList<>();
    for (int i = 0; i < controls.size(); i++) {
      sites.add(
          Specimen.facts("site" + i, i % 3 == 2 ? "US" : "JP", controls.get(i))
              .at(levels.get(i % levels.size())));
    }
    return sites;
  }

  @Property(tries = 300)
  void takingMoreAwayNeverPermitsMore(
      @ForAll Confidentiality level,
      @ForAll Set<Marker> markers,
      @ForAll @Size(min = 2, max = 8) List<Control> controls,
      @ForAll @Size(min = 1, max = 8) List<EvidenceLevel> levels,
      @ForAll Set<Integer> some,
      @ForAll Set<Integer> more) {
    Work work = Work.ofNobody(Specimen.MODEL, RequestKind.CHAT, new DataClass(level, markers));
    var decisions = POLICY.decideAll(work.facts(), sites(controls, levels));
    Set<String> few = ids(some, controls.size());
    Set<String> many = ids(more, controls.size());
    many.addAll(few);

    Fate less = new Fate(decisions, new Withdrawal("o", few));
    Fate most = new Fate(decisions, new Withdrawal("o", many));

    assertThat(less.before()).containsAll(less.after()).containsAll(most.after());
    assertThat(less.after()).containsAll(most.after()).doesNotContainAnyElementsOf(few);
    assertThat(!less.stranded() || most.stranded()).isTrue();
    assertThat(most.stranded()).isEqualTo(!most.before().isEmpty() && most.after().isEmpty());
  }

  private static Set<String> ids(Set<Integer> numbers, int count) {
    Set<String> ids = new HashSet<>(Set.of("site0"));
    numbers.forEach(number -> ids.add("site" + Math.floorMod(number, count)));
    return ids;
  }

  @Test
  void namesTheRulesByWhichTheRestRefuses() {
    Work work = Drilled.work(Confidentiality.C2);

    Fate one = Drilled.fate(work, Drilled.HOME);
    Fate both = Drilled.fate(work, new Withdrawal("o", Set.of("home", "second")));

    assertThat(one.stranded()).isFalse();
    assertThat(one.after()).containsExactly("second");
    assertThat(both.stranded()).isTrue();
    assertThat(both.json(work).build().canonicalText())
        .contains("\"refusals\"", "\"site\":\"abroad\"", "c2-abroad");
  }

  @Test
  void strandsNothingThatHadNowhereToGoBefore() {
    Fate fate = Drilled.fate(Drilled.work(Confidentiality.C3), Drilled.HOME);

    assertThat(fate.before()).isEmpty();
    assertThat(fate.stranded()).isFalse();
    assertThat(fate.concerned()).isFalse();
  }

  @Test
  void knowsCountriesThatRoamAsNowhere() {
    SiteFacts roaming =
        new SiteFacts(
            "azure", "o", new Country("JP"), Control.DOMESTIC, EvidenceLevel.E0, "GlobalStandard");
    Work work = Drilled.work(Confidentiality.C2);

    Fate fate = new Fate(POLICY.decideAll(work.facts(), List.of(roaming)), Drilled.HOME);

    assertThat(fate.before()).isEmpty();
  }
}
