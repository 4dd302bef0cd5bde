package dejima.server.console;

import dejima.evidence.Json;
import dejima.gateway.GroundEntry;
import dejima.gateway.SiteState;
import dejima.residency.Destination.SiteFacts;
import dejima.residency.EvidenceLevel;
import dejima.residency.LocalText;
import dejima.residency.SiteGrounds;
import dejima.server.console.Frame.Content;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The page of sites: for each its evidence level, until when each ground counts, what is not
/// proved, and what landmarks measured.
final class SitesPage {
  private final Words words;
  private final Template page;
  private final Template site;
  private final Template rung;
  private final Template entry;
  private final Template against;
  private final Template link;
  private final MeasurementView measurements;

  SitesPage(Words words) {
    this.words = words;
    this.page = Template.read("sites", words);
    this.site = Template.read("site", words);
    this.rung = Template.read("rung", words);
    this.entry = Template.read("ground", words);
    this.against = Template.read("against", words);
    this.link = Template.read("site-link", words);
    this.measurements = new MeasurementView(words);
  }

  Content content(
      List<SiteState> sites, Function<String, Optional<Json.Obj>> located, Instant now) {
    Html links = sites.stream().map(this::link).collect(Html.joined());
    Html articles =
        sites.stream()
            .map(one -> site(one, located.apply(one.id()).map(LocationView::of), now))
            .collect(Html.joined());
    Html main = page.fill(Map.of(), Map.of("links", links, "sites", articles));
    return new Content(Tab.SITES, "page.js", words.json("left."), Html.NONE, main);
  }

  private Html link(SiteState state) {
    EvidenceLevel level = state.facts().evidence();
    return link.fill(
        Map.of(
            "id", state.id(),
            "evidence", level.sign(),
            "control", state.facts().control().word()));
  }

  private Html site(SiteState state, Optional<LocationView> located, Instant now) {
    SiteFacts facts = state.facts();
    SiteGrounds grounds = state.grounded().grounds();
    EvidenceLevel level = facts.evidence();
    Optional<Instant> until = Ladder.until(level, grounds);
    Language language = words.language();
    String country = facts.country().code();
    Map<String, String> fields =
        Map.ofEntries(
            Map.entry("id", facts.id()),
            Map.entry("operator", facts.operator()),
            Map.entry("countryCode", country),
            Map.entry(
                "country",
                country.equals("ZZ") ? words.get("map.unknown") : language.country(country)),
            Map.entry("control", facts.control().word()),
            Map.entry("controlText", words.get("control." + facts.control().word())),
            Map.entry("evidence", level.sign()),
            Map.entry("evidenceLabel", language.of(level.label())),
            Map.entry("notProved", language.of(level.notProved())),
            Map.entry("until", until.map(Figures::moment).orElse("")),
            Map.entry("untilIso", until.map(Figures::iso).orElse("")),
            Map.entry("left", until.map(end -> Remaining.until(end, now, words)).orElse("")),
            Map.entry("statement", words.get("statement." + state.standing().word())),
            Map.entry("fault", language.of(state.standing().fault())),
            Map.entry("pin", state.pin()));
    return site.fill(
        fields,
        Map.of(
            "rungs", rungs(state, now),
            "against", against(grounds),
            "entries", state.grounded().entries().stream().map(this::entry).collect(Html.joined()),
            "measured", measurements.draw(facts.id(), located)));
  }

  private Html rungs(SiteState state, Instant now) {
    return Ladder.of(state.grounded().grounds(), state.standing()).stream()
        .map(step -> rung(step, now))
        .collect(Html.joined());
  }

  private Html rung(Ladder.Rung step, Instant now) {
    Language language = words.language();
    return rung.fill(
        Map.of(
            "level", step.level().sign(),
            "label", language.of(step.level().label()),
            "ground", words.get("ground." + step.level().name().toLowerCase(Locale.ROOT)),
            "state", step.word(now),
            "said", words.get("ground.state." + step.word(now)),
            "until", step.until().map(Figures::moment).orElse(""),
            "untilIso", step.until().map(Figures::iso).orElse(""),
            "left", step.until().map(end -> Remaining.until(end, now, words)).orElse(""),
            "notProved", language.of(step.level().notProved())));
  }

  private Html against(SiteGrounds grounds) {
    return grounds.contradictions().entrySet().stream()
        .flatMap(source -> source.getValue().stream().map(text -> against(source.getKey(), text)))
        .collect(Html.joined());
  }

  private Html against(SiteGrounds.Source source, LocalText text) {
    return against.fill(
        Map.of(
            "source", words.get("source." + source.name().toLowerCase(Locale.ROOT)),
            "text", words.language().of(text)));
  }

  private Html entry(GroundEntry ground) {
    return entry.fill(
        Map.of(
            "kind", words.get("entry", ground.kind().text()),
            "id", ground.id(),
            "idShort", Figures.shortened(ground.id(), 5, 8),
            "hash", ground.bodyHash()));
  }
}
