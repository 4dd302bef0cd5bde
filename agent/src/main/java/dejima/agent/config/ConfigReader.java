package dejima.agent.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dejima.agent.PinnedKey;
import dejima.agent.config.AgentConfig.AttestationFiles;
import dejima.agent.config.AgentConfig.Listen;
import dejima.agent.config.AgentConfig.Location;
import dejima.agent.config.AgentConfig.Site;
import dejima.evidence.NoteKey;
import dejima.residency.Control;
import dejima.residency.Country;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads `agent.yaml` and finds every mistake in one pass.
public final class ConfigReader {
  private static final Pattern SITE = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final int LONGEST_FILE = 256 * 1024;
  private static final int MOST_SECONDS = 86_400;

  private final List<Mistake> mistakes = new ArrayList<>();
  private final Path file;

  private ConfigReader(Path file) {
    this.file = file;
  }

  /// Reads a file; relative paths in it start at its directory.
  public static ConfigReading file(Path file) {
    try {
      if (Files.size(file) > LONGEST_FILE) {
        return refused("is far too long for a configuration");
      }
      return text(Files.readString(file), file.toAbsolutePath());
    } catch (NoSuchFileException missing) {
      return refused("does not exist: `dejima agent init` writes one to start from");
    } catch (IOException failure) {
      return refused("cannot be read as UTF-8 text: " + failure);
    }
  }

  /// Reads a text as if it stood in the file; relative paths in it start at the file's directory.
  public static ConfigReading text(String yaml, Path file) {
    JsonNode tree;
    try {
      tree = YamlTree.read(yaml);
    } catch (JsonProcessingException failure) {
      return refused("is not YAML: " + failure.getOriginalMessage() + at(failure));
    } catch (IOException failure) {
      return refused("cannot be read: " + failure.getMessage());
    }
    if (!tree.isObject()) {
      return refused("is not a YAML mapping: write one key to a line, such as site: my-site");
    }
    return new ConfigReader(file).read(tree);
  }

  private ConfigReading read(JsonNode tree) {
    Section root = new Section(tree, "", mistakes);
    Set<PinnedKey> gateways = new LinkedHashSet<>(gateways(root));
    AgentConfig config =
        new AgentConfig(
            site(root),
            root.read("listen", "127.0.0.1:9101", ConfigReader::listen),
            root.readOr("identity", "identity", this::path),
            gateways,
            new EngineReader(this::path).read(root.section("engine")),
            location(tree, root),
            attestation(tree, root, gateways.size()),
            limits(root.section("limits")));
    root.finish();
    return mistakes.isEmpty()
        ? new ConfigReading.Read(config)
        : new ConfigReading.Refused(mistakes);
  }

  private static Site site(Section root) {
    return new Site(
        root.read("site", "my-site", ConfigReader::siteName),
        root.text("operator", "Example K.K."),
        root.read("country", "JP", ConfigReader::country),
        root.read("control", "domestic", ConfigReader::control),
        root.textOr("sku", ""),
        root.flagOr("standIn", false));
  }

  private List<PinnedKey> gateways(Section root) {
    int before = mistakes.size();
    List<PinnedKey> pins = root.list("gateways", PinnedKey::new);
    if (pins.isEmpty() && mistakes.size() == before) {
      root.mistake("gateways", "names no gateway: write a list with the pin of each one's key");
    }
    return pins;
  }

  private static Optional<Location> location(JsonNode tree, Section root) {
    Section section = root.section("location");
    if (!tree.has("location")) {
      return Optional.empty();
    }
    Listen listen = section.read("listen", "127.0.0.1:9201", ConfigReader::listen);
    List<NoteKey> landmarks = section.list("landmarks", ConfigReader::landmark);
    if (landmarks.isEmpty()) {
      section.mistake(
          "landmarks", "names no landmark: write a list with the key that each one prints");
    }
    section.finish();
    return Optional.of(new Location(listen, landmarks));
  }

  private Optional<AttestationFiles> attestation(JsonNode tree, Section root, int gateways) {
    Section section = root.section("attestation");
    if (!tree.has("attestation")) {
      return Optional.empty();
    }
    AttestationFiles files =
        new AttestationFiles(
            section.read("nonce", "attestation/nonce", this::path),
            file(section, "snpReport"),
            file(section, "snpChain"),
            file(section, "tdxQuote"),
            file(section, "gpuToken"),
            file(section, "sealingKey"),
            file(section, "sealingSecret"));
    shared(files, gateways, section);
    if (files.snpReport().isEmpty() && files.tdxQuote().isEmpty()) {
      section.mistake("snpReport", "is missing, and so is tdxQuote: name the file of one of them");
    }
    section.finish();
    return Optional.of(files);
  }

  /// A nonce is one gateway's: a second one that writes to the same file undoes the first one's.
  private static void shared(AttestationFiles files, int gateways, Section section) {
    List<Optional<Path>> own =
        List.of(Optional.of(files.nonce()), files.snpReport(), files.tdxQuote(), files.gpuToken());
    boolean apart =
        own.stream()
            .flatMap(Optional::stream)
            .allMatch(path -> path.toString().contains(AttestationFiles.GATEWAY));
    if (gateways > 1 && !apart) {
      section.mistake(
          "nonce",
          "is one file for several gateways, and so may be its quotes: write "
              + AttestationFiles.GATEWAY
              + " into the paths of nonce, snpReport or tdxQuote, and gpuToken, such as"
              + " attestation/{gateway}/nonce");
    }
  }

  private Optional<Path> file(Section section, String key) {
    return Optional.of(section.textOr(key, "")).filter(text -> !text.isEmpty()).map(this::path);
  }

  private static NoteKey landmark(String text) {
    return NoteKey.parse(text)
        .toOptional()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "write a landmark's key as it prints it, name+hash+base64"));
  }

  private static Limits limits(Section section) {
    Limits usual = Limits.USUAL;
    Limits read =
        new Limits(
            section.numberOr("concurrent", usual.concurrent(), 1, 10_000),
            (long) section.numberOr("bodyMebibytes", (int) (usual.bodyBytes() >> 20), 1, 1024)
                << 20,
            seconds(section, "receiveSeconds", usual.receive()),
            seconds(section, "stallSeconds", usual.stall()),
            seconds(section, "drainSeconds", usual.drain()));
    section.finish();
    return read;
  }

  static Duration seconds(Section section, String key, Duration otherwise) {
    return Duration.ofSeconds(section.numberOr(key, (int) otherwise.toSeconds(), 1, MOST_SECONDS));
  }

  private static String siteName(String text) {
    if (!SITE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "write 1 to 63 lower-case letters, digits and hyphens, such as sakura-ishikari");
    }
    return text;
  }

  private static Country country(String text) {
    return Country.read(text)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "write a country's two capital letters such as JP, or ZZ if it is not known"));
  }

  private static Control control(String text) {
    for (Control control : Control.values()) {
      if (control.word().equals(text)) {
        return control;
      }
    }
    throw new IllegalArgumentException("write domestic, foreign or unknown");
  }

  private static Listen listen(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon).replaceAll("^\\[(.*)]$", "$1");
    String port = text.substring(colon + 1);
    if (host.isBlank() || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
      throw new IllegalArgumentException(
          "write an address and a port from 0 to 65535, such as 127.0.0.1:9101");
    }
    return new Listen(host, Integer.parseInt(port));
  }

  private Path path(String text) {
    return file.resolveSibling(text).normalize();
  }

  private static String at(JsonProcessingException failure) {
    return failure.getLocation() == null
        ? ""
        : String.format(
            Locale.ROOT,
            " at line %d, column %d",
            failure.getLocation().getLineNr(),
            failure.getLocation().getColumnNr());
  }

  private static ConfigReading refused(String problem) {
    return new ConfigReading.Refused(List.of(new Mistake("", problem)));
  }
}
