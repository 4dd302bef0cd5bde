package dejima.server;

import dejima.residency.BundleReading;
import dejima.residency.PolicyBundle;
import dejima.residency.Problem;
import dejima.server.config.InvalidConfig;
import dejima.server.config.ServerConfig.SiteConfig;
import dejima.server.console.ClassDecision;
import dejima.server.policy.ConfigurationCheck;
import dejima.server.policy.PolicyDesk;
import dejima.server.register.RegisterDesk;
import dejima.server.register.RegisterOutcome;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is put in force while the server starts, and what the operator is told of it.
final class FirstLoad {
  private static final Logger LOG = LoggerFactory.getLogger(FirstLoad.class);

  private FirstLoad() {}

  /// Puts the configured policy in force.
  ///
  /// @throws InvalidConfig if the configuration opens a path that the policy forbids
  static void policy(PolicyDesk policies) {
    switch (policies.reload()) {
      case BundleReading.Loaded(PolicyBundle bundle) ->
          LOG.info(
              "policy {} {} is in force, hash {}", bundle.id(), bundle.version(), bundle.hash());
      case BundleReading.Rejected(var problems) -> {
        refuseForbiddenPaths(problems);
        problems.forEach(problem ->
            LOG.error(
                "policy: {}; every request is refused until a sound bundle is loaded",
                problem.text()));
      }
    }
  }

  /// A path that is open for every request cannot be closed by refusing requests.
  private static void refuseForbiddenPaths(List<Problem> problems) {
    List<String> paths =
        problems.stream()
            .filter(problem -> problem.file().equals(ConfigurationCheck.FILE))
            .map(Problem::message)
            .toList();
    if (!paths.isEmpty()) {
      throw new InvalidConfig("the configuration", paths);
    }
  }

  /// Puts the configured register in force.
  static void register(RegisterDesk desk) {
    switch (desk.reload()) {
      case RegisterOutcome.InForce(var register, var people) ->
          LOG.info(
              "register {} version {} is in force, signed by {}",
              register.head().name(),
              register.head().version(),
              String.join(", ", people));
      case RegisterOutcome.Refused(var reasons) ->
          reasons.forEach(reason ->
              LOG.error(
                  "register: {}; {}",
                  reason,
                  desk.current()
                      .map(old -> "version " + old.head().version() + " stays in force")
                      .orElse("no site has more than its configured facts")));
    }
  }

  /// Warns where a policy permits nothing: a server that refuses everything is most often a
  /// surprise.
  static void warnIfNothingIsPermitted(PolicyBundle policy, List<SiteConfig> sites) {
    boolean some =
        sites.stream()
            .flatMap(site -> ClassDecision.all(policy, site.facts()).stream())
            .anyMatch(decided -> decided.decision().permits());
    if (!sites.isEmpty() && !some) {
      LOG.warn(
          "policy {} permits no data class at any configured site: every request will be refused"
              + " unless a register and landmarks raise the sites' evidence above E0 (declared)."
              + " 'dejima sites list' shows it; see 'Choose a policy' in the README",
          policy.id());
    }
  }
}
