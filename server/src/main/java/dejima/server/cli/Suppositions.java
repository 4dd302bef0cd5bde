package dejima.server.cli;

import dejima.residency.Assurances;
import dejima.residency.Certification;
import dejima.residency.Control;
import dejima.residency.Country;
import dejima.residency.DataClass;
import dejima.residency.DataClassReading;
import dejima.residency.Destination;
import dejima.residency.Destination.MediaHost;
import dejima.residency.Destination.Sink;
import dejima.residency.Destination.SinkKind;
import dejima.residency.Destination.SiteFacts;
import dejima.residency.EvidenceLevel;
import dejima.residency.LegalGrounds;
import dejima.residency.ModelFacts;
import dejima.residency.RequestFacts;
import dejima.residency.RequestKind;
import dejima.residency.TransferBasis;
import dejima.server.config.ConfigFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/// The request and the destination that a command line describes. What it does not say is the worse
/// case, as it is for a request and a site of which nobody knows more.
final class Suppositions {
  @Option(
      names = "--class",
      defaultValue = "confidentiality-2",
      description = "Data class with markers, as in c2+personal (default: ${DEFAULT-VALUE}).")
  private String dataClass;

  @Option(names = "--tenant", defaultValue = "", description = "The tenant's pseudonym.")
  private String tenant;

  @Option(names = "--project", defaultValue = "", description = "The project's name.")
  private String project;

  @Option(names = "--model", defaultValue = "", description = "The model's name.")
  private String model;

  @Option(
      names = "--operation",
      defaultValue = "CHAT",
      description = "chat, completion or embedding (default: chat).")
  private RequestKind operation;

  @Option(names = "--statutory-task", defaultValue = "", description = "Its id.")
  private String task;

  @Option(names = "--subcontracting-permission", defaultValue = "", description = "Its id.")
  private String permission;

  @Option(
      names = "--transfer-basis",
      defaultValue = "NONE",
      description = "none, consent, equivalent or adequate (default: none).")
  private TransferBasis basis;

  @Option(names = "--model-registered", description = "The model is in the register.")
  private boolean registered;

  @Option(
      names = "--model-calls-nobody",
      description = "The register says that serving the model calls no third party.")
  private boolean callsNobody;

  @Option(names = "--model-origin", defaultValue = "ZZ", description = "Country of its owner.")
  private String origin;

  @Option(names = "--site", description = "A site of the configuration.")
  private Optional<String> site = Optional.empty();

  @Option(
      names = {"-c", "--config"},
      defaultValue = "dejima.yaml",
      description = "Where --site is looked up (default: ${DEFAULT-VALUE}).")
  private Path config;

  @Option(names = "--country", description = "The site's or sink's country, as in JP.")
  private Optional<String> country = Optional.empty();

  @Option(names = "--control", description = "domestic, foreign or unknown.")
  private Optional<Control> control = Optional.empty();

  @Option(names = "--evidence", description = "E0 to E4, or contradicted.")
  private Optional<EvidenceLevel> evidence = Optional.empty();

  @Option(names = "--sku", description = "Deployment type, as in GlobalStandard.")
  private Optional<String> sku = Optional.empty();

  @Option(
      names = "--certified",
      split = ",",
      description = "ismap, government_cloud, fisc, iso_27001, iso_27017, privacy_mark.")
  private List<Certification> certified = List.of();

  @Option(names = "--japanese-law", description = "Contract under Japanese law and courts.")
  private boolean japaneseLaw;

  @Option(names = "--domestic-maintenance", description = "Maintained from Japan only.")
  private boolean domesticMaintenance;

  @Option(names = "--located", description = "Age of the location proof in minutes.")
  private Optional<Integer> located = Optional.empty();

  @Option(names = "--model-verified", description = "The site reports the registered digest.")
  private boolean verified;

  @Option(names = "--media", description = "A media URL instead of a site.")
  private Optional<URI> media = Optional.empty();

  @Option(
      names = "--sink",
      description = "telemetry, log, database … instead of a site; --host says where.")
  private Optional<SinkKind> sink = Optional.empty();

  @Option(
      names = "--host",
      defaultValue = "",
      description = "The sink's host; this machine if empty.")
  private String host;

  /// The request.
  RequestFacts request() {
    return request(
        switch (DataClass.read(dataClass)) {
          case DataClassReading.Read(DataClass read) -> read;
          case DataClassReading.Unreadable(String reason) -> throw new CommandFailed(reason);
        });
  }

  /// The same request with another data class.
  RequestFacts request(DataClass other) {
    try {
      return new RequestFacts(
          other,
          tenant,
          project,
          model,
          operation,
          new LegalGrounds(task, permission, basis),
          new ModelFacts(
              registered, "", "", new Country(origin), !registered || !callsNobody, Set.of()));
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailed(String.valueOf(wrong.getMessage()));
    }
  }

  /// The destination.
  Destination destination() {
    try {
      if (media.isPresent()) {
        String scheme = Optional.ofNullable(media.get().getScheme()).orElse("unknown");
        return new MediaHost(scheme, Optional.ofNullable(media.get().getHost()).orElse(""));
      }
      return sink.<Destination>map(
              kind -> new Sink(kind, host, place(), control.orElse(Control.UNKNOWN)))
          .orElseGet(this::supposedSite);
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailed(String.valueOf(wrong.getMessage()));
    }
  }

  /// Every site of the configuration, with what the command line supposes of it.
  List<SiteFacts> sites() {
    return ConfigFile.read(config).sites().stream().map(one -> supposed(one.facts())).toList();
  }

  private SiteFacts supposedSite() {
    SiteFacts unknown =
        new SiteFacts("site", "operator", Country.UNKNOWN, Control.UNKNOWN, EvidenceLevel.E0, "");
    return supposed(site.map(this::configured).orElse(unknown));
  }

  private SiteFacts configured(String id) {
    return ConfigFile.read(config).sites().stream()
        .map(one -> one.facts())
        .filter(facts -> facts.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new CommandFailed(config + " has no site '" + id + "'."));
  }

  private SiteFacts supposed(SiteFacts facts) {
    SiteFacts described =
        new SiteFacts(
            facts.id(),
            facts.operator(),
            country.map(Country::new).orElse(facts.declaredCountry()),
            control.orElse(facts.control()),
            evidence.orElse(facts.evidence()),
            sku.orElse(facts.sku()));
    return described
        .assured(new Assurances(Set.copyOf(certified), japaneseLaw, domesticMaintenance))
        .locatedBefore(located.orElse(SiteFacts.NEVER_LOCATED))
        .serving(verified);
  }

  private Country place() {
    return country.map(Country::new).orElse(Country.UNKNOWN);
  }
}
