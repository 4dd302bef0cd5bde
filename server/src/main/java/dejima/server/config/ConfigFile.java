package dejima.server.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dejima.agent.PinnedKey;
import dejima.evidence.Approvers;
import dejima.evidence.Approvers.Approver;
import dejima.evidence.NoteKey;
import dejima.residency.Control;
import dejima.residency.Country;
import dejima.residency.Destination.SiteFacts;
import dejima.residency.EvidenceLevel;
import dejima.server.config.LocationSettings.SiteLocation;
import dejima.server.config.ServerConfig.Bounds;
import dejima.server.config.ServerConfig.ExternalDatabase;
import dejima.server.config.ServerConfig.PolicySource;
import dejima.server.config.ServerConfig.SinkPlace;
import dejima.server.config.ServerConfig.SiteConfig;
import dejima.server.config.ServerConfig.Timeouts;
import dejima.server.config.ServerConfig.TlsFiles;
import dejima.server.register.RegisterSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads `dejima.yaml`. Paths in it are relative to the file's own directory.
public final class ConfigFile {
  private static final int DEFAULT_BODY = 32 << 20;
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,62}");
  private static final Pattern ORIGIN = Pattern.compile("[A-Za-z0-9.:_/-]{1,200}");

  private final Path home;
  private final List<String> mistakes = new ArrayList<>();

  private ConfigFile(Path home) {
    this.home = home;
  }

  /// Reads the file.
  ///
  /// @throws InvalidConfig with every mistake
  public static ServerConfig read(Path file) {
    try {
      Path home = file.toAbsolutePath().normalize().getParent();
      return parse(Files.readString(file), home == null ? file : home, file.toString());
    } catch (IOException unreadable) {
      throw new InvalidConfig(
          file.toString(),
          List.of(
              "the file cannot be read ("
                  + unreadable.getClass().getSimpleName()
                  + "); name another one with --config"));
    }
  }

  /// Reads YAML text.
  ///
  /// @param home the directory that relative paths start from
  /// @param name how messages call the text
  static ServerConfig parse(String yaml, Path home, String name) {
    ConfigFile reader = new ConfigFile(home);
    ServerConfig config = reader.config(reader.tree(yaml, name));
    if (!reader.mistakes.isEmpty()) {
      throw new InvalidConfig(name, reader.mistakes);
    }
    return config;
  }

  private JsonNode tree(String yaml, String name) {
    YAMLMapper mapper =
        new YAMLMapper(
            YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());
    mapper.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    try {
      return mapper.readTree(yaml);
    } catch (JsonProcessingException malformed) {
      throw new InvalidConfig(name, List.of("it is not YAML: " + malformed.getOriginalMessage()));
    }
  }

  private ServerConfig config(JsonNode tree) {
    ConfigSection root = new ConfigSection("", tree, mistakes);
    ConfigSection telemetry = root.section("telemetry");
    Optional<URI> otlp = telemetry.read("otlp", ConfigFile::uri);
    SinkPlace telemetryPlace = place(telemetry);
    telemetry.close();
    ServerConfig config =
        new ServerConfig(
            root.read("listen", Address::parse).orElse(new Address("127.0.0.1", 8080)),
            root.read("admin", Address::parse).orElse(new Address("127.0.0.1", 8081)),
            home.resolve(root.optionalText("data").orElse("data")),
            tls(root),
            database(root),
            policy(root),
            approvers(root),
            origin(root),
            bounds(root.section("limits")),
            timeouts(root.section("timeouts")),
            otlp,
            telemetryPlace,
            sites(root),
            LocationReader.settings(root),
            root.optionalText("witnessPolicy").map(home::resolve),
            register(root));
    root.close();
    return config;
  }

  private Optional<RegisterSettings> register(ConfigSection root) {
    Optional<Path> directory = root.optionalText("register").map(home::resolve);
    Optional<Path> mirror = root.optionalText("attestationMirror").map(home::resolve);
    List<Approver> people = new ArrayList<>();
    for (ConfigSection section : root.sections("registerApprovers")) {
      String person = section.text("name");
      section
          .read("key", text -> NoteKey.parse(text).orThrow())
          .ifPresentOrElse(
              key -> approver(section, person, key).ifPresent(people::add),
              () -> {
                if (!section.has("key")) {
                  section.mistake("key", "is missing; 'dejima register key' prints it");
                }
              });
      section.close();
    }
    if (directory.isEmpty()) {
      if (mirror.isPresent()) {
        root.mistake(
            "attestationMirror",
            "needs 'register', which names the sites' hardware and the approvers");
      }
      return Optional.empty();
    }
    try {
      Approvers approvers = new Approvers(people);
      if (approvers.people() < Approvers.NEEDED) {
        root.mistake("registerApprovers", "must name at least two people, each with a key");
      }
      return Optional.of(new RegisterSettings(directory.get(), approvers, mirror));
    } catch (IllegalArgumentException twice) {
      root.mistake("registerApprovers", String.valueOf(twice.getMessage()));
      return Optional.empty();
    }
  }

  private static Optional<Approver> approver(ConfigSection section, String person, NoteKey key) {
    try {
      return Optional.of(new Approver(person, key));
    } catch (IllegalArgumentException wrong) {
      section.mistake("key", String.valueOf(wrong.getMessage()));
      return Optional.empty();
    }
  }

  private Optional<TlsFiles> tls(ConfigSection root) {
    if (!root.has("tls")) {
      return Optional.empty();
    }
    ConfigSection tls = root.section("tls");
    TlsFiles files =
        new TlsFiles(home.resolve(tls.text("certificate")), home.resolve(tls.text("key")));
    tls.close();
    return Optional.of(files);
  }

  private Optional<ExternalDatabase> database(ConfigSection root) {
    if (!root.has("database")) {
      return Optional.empty();
    }
    ConfigSection database = root.section("database");
    String url = database.text("url");
    if (!url.startsWith("jdbc:postgresql:")) {
      database.mistake("url", "must be a JDBC URL that starts with jdbc:postgresql:");
    }
    ExternalDatabase external =
        new ExternalDatabase(
            url,
            database.text("user"),
            database.optionalText("passwordFile").map(home::resolve),
            place(database));
    database.close();
    return Optional.of(external);
  }

  private PolicySource policy(ConfigSection root) {
    return switch (root.optionalText("policy").orElse("builtin:japan-baseline")) {
      case "builtin:japan-baseline" -> new PolicySource.Baseline();
      case "builtin:demo-declared" -> new PolicySource.Demo();
      case String path -> new PolicySource.Directory(home.resolve(path));
    };
  }

  private static String origin(ConfigSection root) {
    return root.read(
            "origin",
            text -> {
              if (!ORIGIN.matcher(text).matches()) {
                throw new IllegalArgumentException(
                    "must be a name such as evidence.example.jp/node-1, without spaces or '+'");
              }
              return text;
            })
        .orElse("dejima.localhost/node-1");
  }

  private static Bounds bounds(ConfigSection limits) {
    int loops = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    Bounds bounds =
        new Bounds(
            (int) limits.whole("maxBodyBytes", DEFAULT_BODY, 1_024, 1 << 30),
            (int) limits.whole("connections", 20_000, 1, 1_000_000),
            (int) limits.whole("eventLoops", loops, 1, 256));
    limits.close();
    return bounds;
  }

  private static Timeouts timeouts(ConfigSection section) {
    Timeouts timeouts =
        new Timeouts(
            section.duration("connect", Duration.ofSeconds(2)),
            section.duration("firstByte", Duration.ofSeconds(120)),
            section.duration("idle", Duration.ofSeconds(60)),
            section.duration("total", Duration.ofMinutes(15)));
    section.close();
    return timeouts;
  }

  private static SinkPlace place(ConfigSection section) {
    return new SinkPlace(
        section.read("country", ConfigFile::country).orElse(Country.UNKNOWN),
        section.constant("control", Control.class, Control.UNKNOWN));
  }

  private Approvers approvers(ConfigSection root) {
    List<Approver> approvers = new ArrayList<>();
    for (ConfigSection section : root.sections("policyApprovers")) {
      String person = section.text("person");
      section
          .read("key", text -> new Approver(person, NoteKey.parse(text).orThrow()))
          .ifPresent(approvers::add);
      if (!section.has("key")) {
        section.mistake("key", "is missing; 'dejima policy key NAME' makes one");
      }
      section.close();
    }
    return people(root, approvers);
  }

  private static Approvers people(ConfigSection root, List<Approver> approvers) {
    try {
      Approvers all = new Approvers(approvers);
      if (!approvers.isEmpty() && all.people() < Approvers.NEEDED) {
        root.mistake("policyApprovers", "must name two different people at least");
      }
      return all;
    } catch (IllegalArgumentException twice) {
      root.mistake("policyApprovers", String.valueOf(twice.getMessage()));
      return new Approvers(List.of());
    }
  }

  private List<SiteConfig> sites(ConfigSection root) {
    List<SiteConfig> sites = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (ConfigSection section : root.sections("sites")) {
      int before = mistakes.size();
      Optional<SiteConfig> site = site(section, before);
      site.filter(one -> !ids.add(one.facts().id()))
          .ifPresent(_ -> section.mistake("id", "is used by another site"));
      site.ifPresent(sites::add);
    }
    EntryRoom.lacking(sites).ifPresent(mistakes::add);
    return sites;
  }

  private Optional<SiteConfig> site(ConfigSection section, int before) {
    String id = section.text("id");
    if (!id.isEmpty() && !NAME.matcher(id).matches()) {
      section.mistake("id", "must be small letters, digits, points and hyphens");
    }
    Country country = section.read("country", ConfigFile::country).orElse(Country.UNKNOWN);
    SiteFacts facts =
        new SiteFacts(
            id,
            section.text("operator"),
            country,
            section.constant("control", Control.class, Control.UNKNOWN),
            EvidenceLevel.E0,
            section.optionalText("sku").orElse(""));
    String metro = section.optionalText("metro").orElse("");
    URI url = section.read("url", ConfigFile::httpsUri).orElseGet(() -> missingUrl(section));
    Optional<PinnedKey> pin = section.read("pin", PinnedKey::new);
    if (!section.has("pin")) {
      section.mistake("pin", "is missing; 'dejima agent' prints it when it starts");
    }
    Optional<SiteLocation> location = LocationReader.site(section);
    section.close();
    return pin.filter(_ -> mistakes.size() == before)
        .map(key -> new SiteConfig(facts, metro, url.getHost(), port(url), key, location));
  }

  private static URI missingUrl(ConfigSection section) {
    if (!section.has("url")) {
      section.mistake("url", "is missing; it is the address of the site's agent, https://…");
    }
    return URI.create("https://unknown.invalid");
  }

  private static int port(URI url) {
    return url.getPort() < 0 ? 443 : url.getPort();
  }

  private static URI httpsUri(String text) {
    URI uri = uri(text);
    if (!"https".equals(uri.getScheme())
        || uri.getHost() == null
        || uri.getPort() > 65_535
        || uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null
        || !uri.getPath().replace("/", "").isEmpty()) {
      throw new IllegalArgumentException("must be https://host:port and nothing else");
    }
    return uri;
  }

  private static URI uri(String text) {
    return URI.create(text);
  }

  private static Country country(String text) {
    return Country.read(text)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "must be an ISO 3166-1 code of two capitals, such as JP, or ZZ for unknown"));
  }
}
