package dejima.server.register;

import dejima.gateway.FactSheet;
import dejima.gateway.GroundEntry;
import dejima.gateway.SiteStanding;
import dejima.gateway.SiteState;
import dejima.gateway.SiteTable;
import dejima.register.Attribution;
import dejima.register.Register;
import dejima.register.RegisteredModel;
import dejima.residency.LocalText;
import dejima.residency.ModelFacts;
import dejima.residency.SiteGrounds.Source;
import dejima.server.SteadyClock;
import dejima.server.register.RegisterDesk.InForce;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Judges every site and model by the register in force: whenever that or a site's own statement
/// changes, and each minute, since facts end as time passes.
public final class RegisterWatch implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(RegisterWatch.class);
  private static final Duration BETWEEN = Duration.ofMinutes(1);

  /// How long a site's statement counts (evidence level E0).
  private static final Duration STATEMENT_FRESH = Duration.ofDays(90);

  private final RegisterDesk desk;
  private final SiteTable sites;
  private final Function<String, Optional<Attribution.Declared>> declared;
  private final Consumer<FactSheet> keep;
  private final InstantSource wall;
  private final InstantSource steady;
  private final Map<String, Judged> judged = new HashMap<>();
  private Instant last = Instant.MIN;
  private volatile Map<String, ModelFacts> models = Map.of();

  /// What a site was last judged by, and how.
  private record Judged(Register by, SiteStanding standing, String pin, Attribution attribution) {}

  /// @param declared where the configuration says that a site is
  /// @param keep makes a sheet of facts findable before a decision names it
  /// @param wall by which facts begin and end
  /// @param steady by which grounds end
  public RegisterWatch(
      RegisterDesk desk,
      SiteTable sites,
      Function<String, Optional<Attribution.Declared>> declared,
      Consumer<FactSheet> keep,
      InstantSource wall,
      InstantSource steady) {
    this.desk = desk;
    this.sites = sites;
    this.declared = declared;
    this.keep = keep;
    this.wall = wall;
    this.steady = steady;
  }

  /// What policy is told of a model. One whose facts expired within the last minute may still
  /// count.
  public ModelFacts model(String name) {
    return models.getOrDefault(name, ModelFacts.UNREGISTERED);
  }

  /// What was last found of a site, if there is a register.
  public synchronized Optional<Attribution> attribution(String site) {
    return Optional.ofNullable(judged.get(site)).map(Judged::attribution);
  }

  /// Judges what is due.
  @Override
  public synchronized void run() {
    Optional<InForce> inForce = desk.inForce();
    if (inForce.isEmpty()) {
      return;
    }
    Instant now = wall.instant();
    boolean due = now.isBefore(last) || !now.isBefore(last.plus(BETWEEN));
    last = due ? now : last;
    Register register = inForce.get().register();
    for (SiteState site : sites.sites()) {
      Judged before = judged.get(site.id());
      if (due
          || before == null
          || before.by() != register
          || !before.standing().equals(site.standing())
          || !before.pin().equals(site.pin())) {
        judge(site, inForce.get(), now);
        due |= before == null || before.by() != register;
      }
    }
    if (due) {
      models = models(register, now);
    }
  }

  private static Map<String, ModelFacts> models(Register register, Instant now) {
    Map<String, ModelFacts> known = new HashMap<>();
    for (RegisteredModel model : register.models()) {
      model.names().forEach(name -> known.put(name, register.model(name, now)));
    }
    return known;
  }

  private void judge(SiteState site, InForce inForce, Instant now) {
    SiteStanding standing = site.standing();
    String pin = site.pin();
    Attribution found =
        Attribution.of(inForce.register(), site.configured(), declared.apply(site.id()), pin, now);
    if (sites.sheet().of(site.id()).filter(found.facts()::equals).isEmpty()) {
      sites.record(found.facts(), keep);
    }
    Optional<Instant> until =
        until(found, standing).map(end -> SteadyClock.carried(end, now, steady.instant()));
    List<GroundEntry> entries = until.isPresent() ? inForce.entry().stream().toList() : List.of();
    site.ground(
        Source.REGISTER,
        grounds -> grounds.attributed(until).contradicted(Source.REGISTER, found.contradictions()),
        entries);
    Judged before = judged.put(site.id(), new Judged(inForce.register(), standing, pin, found));
    if (before == null || !before.attribution().contradictions().equals(found.contradictions())) {
      tell(site.id(), found.contradictions());
    }
  }

  /// E1 stands on the site's own statement too.
  private static Optional<Instant> until(Attribution found, SiteStanding standing) {
    return switch (standing) {
      case SiteStanding.Declared(Instant issued) ->
          found.until().map(end -> earlier(end, issued.plus(STATEMENT_FRESH)));
      case SiteStanding.Unheard _, SiteStanding.Undeclared _, SiteStanding.Contradicted _ ->
          Optional.empty();
    };
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static void tell(String site, List<LocalText> contradictions) {
    for (LocalText difference : contradictions) {
      LOG.warn("site {}: {}; nothing is sent there", site, difference.en());
    }
  }
}
