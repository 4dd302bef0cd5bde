package dejima.server.console;

import dejima.evidence.EvidenceLog;
import dejima.evidence.Json;
import dejima.gateway.SiteState;
import dejima.gateway.SiteTable;
import dejima.residency.ActivePolicy;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/// What the console shows, where it stands; the console keeps none of it.
///
/// @param feed what happens
/// @param log what is recorded
/// @param sites how sites stand
/// @param policy what decides
/// @param permits what that says of each class at a site
/// @param standing how that policy came into force
/// @param located what landmarks last measured of a site, by its id
/// @param drills the newest rehearsals of doing without an operator, the newest first
/// @param lastDrill the whole report of the last one
/// @param steady the clock by which grounds of evidence levels end
/// @param background runs what reads the disk
public record ConsoleSources(
    LiveFeed feed,
    EvidenceLog log,
    SiteTable sites,
    ActivePolicy policy,
    Function<SiteState, List<ClassDecision>> permits,
    Supplier<PolicyStanding> standing,
    Function<String, Optional<Json.Obj>> located,
    Supplier<List<Json.Obj>> drills,
    Supplier<Optional<Json.Obj>> lastDrill,
    InstantSource steady,
    Executor background) {}
