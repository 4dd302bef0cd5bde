package dejima.server.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dejima.evidence.Approvers;
import dejima.residency.Control;
import dejima.server.config.ServerConfig.Bounds;
import dejima.server.config.ServerConfig.ExternalDatabase;
import dejima.server.config.ServerConfig.PolicySource;
import dejima.server.config.ServerConfig.SinkPlace;
import dejima.server.config.ServerConfig.Timeouts;
import dejima.server.config.ServerConfig.TlsFiles;
import dejima.server.register.RegisterSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads `dejima.yaml`. Paths in it are relative to the file's own directory.
public final class ConfigFile {
  private static final int DEFAULT_BODY = 32 << 20;
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
    Optional<URI> otlp = telemetry.read("otlp", URI::create);
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
            policyApprovers(root),
            origin(root),
            bounds(root.section("limits")),
            timeouts(root.section("timeouts")),
            otlp,
            telemetryPlace,
            SiteReader.sites(root),
            LocationReader.settings(root),
            root.optionalText("witnessPolicy").map(home::resolve),
            register(root));
    root.close();
    return config;
  }

  private static Approvers policyApprovers(ConfigSection root) {
    Approvers approvers = ApproverReader.POLICY.read(root);
    if (!approvers.keys().isEmpty()) {
      ApproverReader.POLICY.requireEnough(root, approvers);
    }
    return approvers;
  }

  private Optional<RegisterSettings> register(ConfigSection root) {
    Optional<Path> directory = root.optionalText("register").map(home::resolve);
    Optional<Path> mirror = root.optionalText("attestationMirror").map(home::resolve);
    Approvers approvers = ApproverReader.REGISTER.read(root);
    if (directory.isEmpty()) {
      if (mirror.isPresent()) {
        root.mistake(
            "attestationMirror",
            "needs 'register', which names the sites' hardware and the approvers");
      }
      return Optional.empty();
    }
    ApproverReader.REGISTER.requireEnough(root, approvers);
    return Optional.of(new RegisterSettings(directory.get(), approvers, mirror));
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
        section.country("country"), section.constant("control", Control.class, Control.UNKNOWN));
  }
}
