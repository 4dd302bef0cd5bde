package dejima.residency;

import dejima.residency.Destination.SiteFacts;
import dejima.residency.Explanation.Truth;
import dejima.residency.Explanation.Verdict;
import dejima.residency.cel.EvaluationError;
import dejima.residency.cel.Facts;
import dejima.residency.cel.Facts.RequestValues;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A policy that was read, checked and compiled, with the exact files that it came from.
///
/// Deciding is pure, takes well under a microsecond and never throws: the same facts under the same
/// [#hash] give the same decision for ever, on which the replay of receipts relies.
public final class PolicyBundle {
  private static final String BASELINE = "japan-baseline";
  private static final String DEMO = "demo-declared";

  private final BundleHead head;
  private final Map<String, String> files;
  private final String hash;
  private final String theoremsHash;
  private final List<Rule> rules;
  private final CompiledRule[] compiled;
  private final List<CompiledTheorem> theorems;
  private final Map<String, String> signatures;

  PolicyBundle(
      BundleHead head,
      SortedMap<String, String> files,
      List<CompiledRule> compiled,
      List<CompiledTheorem> theorems,
      Map<String, String> signatures) {
    this.head = head;
    this.files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    this.hash = BundleHash.of(files, "");
    this.theoremsHash = BundleHash.of(files, "theorems/");
    this.rules = compiled.stream().map(CompiledRule::rule).toList();
    this.compiled = compiled.toArray(CompiledRule[]::new);
    this.theorems = List.copyOf(theorems);
    this.signatures = Collections.unmodifiableMap(new TreeMap<>(signatures));
  }

  /// Reads the bundle in a directory.
  public static BundleReading load(Path directory) {
    BundleDirectory.Content content = BundleDirectory.read(directory);
    return BundleReader.read(content.files(), content.problems());
  }

  /// Reads a bundle from its files: paths inside the bundle with `/`, and texts.
  public static BundleReading of(Map<String, String> files) {
    return BundleReader.read(files, List.of());
  }

  /// Reads a bundle that was in force once, to decide again by it and nothing else: faster, because
  /// its theorems are not read, so that [#theorems] is empty. Both hashes are the same.
  public static BundleReading toReplay(Map<String, String> files) {
    return BundleReader.readRules(files);
  }

  /// The Japanese baseline that ships with the product.
  public static PolicyBundle baseline() {
    return ShippedBundle.read(BASELINE);
  }

  /// The demo's policy: as the baseline, but declared sites are believed up to 機密性2.
  public static PolicyBundle demo() {
    return ShippedBundle.read(DEMO);
  }

  /// Whether a bundle of this hash ships with the product, and so needs nobody's signature.
  public static boolean ships(String hash) {
    return ShippedBundle.hash(BASELINE).equals(hash) || ShippedBundle.hash(DEMO).equals(hash);
  }

  /// What holds when no policy is loaded: no rules, and every decision denies by `no-policy`.
  public static PolicyBundle none() {
    LocalText title = new LocalText("ポリシーなし", "no policy");
    return new PolicyBundle(
        new BundleHead("none", "0", title, Optional.empty()),
        new TreeMap<>(),
        List.of(),
        List.of(),
        Map.of());
  }

  /// Whether and why the request may go there.
  public Decision decide(RequestFacts request, Destination destination) {
    return decide(FactsOf.request(request), destination);
  }

  /// One decision for each site, in the order given.
  public List<SiteDecision> decideAll(RequestFacts request, List<SiteFacts> sites) {
    RequestValues values = FactsOf.request(request);
    return sites.stream().map(site -> new SiteDecision(site, decide(values, site))).toList();
  }

  /// The decision, and what each rule says of it. The rules are asked even where an implicit one
  /// decides.
  public Explanation explain(RequestFacts request, Destination destination) {
    Facts facts = new Facts(FactsOf.request(request), FactsOf.destination(destination));
    return new Explanation(
        decide(request, destination),
        compiledRules().stream()
            .map(rule -> new Verdict(rule.rule(), truth(rule, facts)))
            .toList());
  }

  private static Truth truth(CompiledRule rule, Facts facts) {
    try {
      return rule.condition().holds(facts) ? Truth.TRUE : Truth.FALSE;
    } catch (EvaluationError e) {
      return Truth.ERROR;
    }
  }

  /// The bundle's name, as in `japan-baseline`.
  public String id() {
    return head.id();
  }

  /// The bundle's version, as its authors wrote it.
  public String version() {
    return head.version();
  }

  /// The bundle's title.
  public LocalText title() {
    return head.title();
  }

  /// What must be told to everybody who relies on this bundle.
  public Optional<LocalText> notice() {
    return head.notice();
  }

  /// Lower-case hex SHA-256 over all files but those under `signatures/`, sorted by path: for each
  /// its path, NUL, the decimal count of its bytes, NUL, its bytes.
  public String hash() {
    return hash;
  }

  /// The same hash over the files under `theorems/` alone; of nothing when there are none.
  public String theoremsHash() {
    return theoremsHash;
  }

  /// The files that [#hash] covers, sorted by path; [#of] reads them back.
  public Map<String, String> files() {
    return files;
  }

  /// The rule that a decision names: one of its own, or one that holds without being written.
  public Optional<Rule> rule(String id) {
    return rules.stream()
        .filter(rule -> rule.id().equals(id))
        .findFirst()
        .or(() -> ImplicitRules.of(id));
  }

  /// The rules in the order of their files.
  public List<Rule> rules() {
    return rules;
  }

  /// What the bundle promises, in the order of its files. Reading a bundle checks that theorems are
  /// well formed; [PolicyProver] says whether they are true.
  public List<Theorem> theorems() {
    return theorems.stream().map(CompiledTheorem::theorem).toList();
  }

  /// The files under `signatures/`, sorted by path, which [#hash] and [#files] leave out.
  public Map<String, String> signatures() {
    return signatures;
  }

  List<CompiledRule> compiledRules() {
    return List.of(compiled);
  }

  List<CompiledTheorem> compiledTheorems() {
    return theorems;
  }

  private Decision decide(RequestValues request, Destination destination) {
    if (compiled.length == 0) {
      return ImplicitRules.NO_POLICY;
    }
    if (destination instanceof SiteFacts site && site.evidence() == EvidenceLevel.CONTRADICTED) {
      return ImplicitRules.CONTRADICTED;
    }
    Facts facts = new Facts(request, FactsOf.destination(destination));
    List<Rule> permitting = new ArrayList<>(2);
    List<Rule> denying = new ArrayList<>(2);
    Optional<Rule> broken = Optional.empty();
    for (CompiledRule candidate : compiled) {
      Rule rule = candidate.rule();
      try {
        if (candidate.condition().holds(facts)) {
          (rule.effect() == RuleEffect.FORBID ? denying : permitting).add(rule);
        }
      } catch (EvaluationError e) {
        broken = broken.or(() -> Optional.of(ImplicitRules.evaluationError(rule.id())));
      }
    }
    broken.ifPresent(denying::add);
    if (!denying.isEmpty()) {
      return new Decision(Effect.DENY, denying);
    }
    return permitting.isEmpty()
        ? ImplicitRules.DEFAULT_DENY
        : new Decision(Effect.PERMIT, permitting);
  }
}
