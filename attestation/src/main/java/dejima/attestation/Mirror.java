package dejima.attestation;

import dejima.evidence.Approvers;
import dejima.evidence.FilesHash;
import dejima.evidence.Json;
import dejima.evidence.Reading;
import dejima.evidence.SignedNote;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reference values and the vendors' collateral, mirrored as files, so that nothing has to be asked
/// abroad. Two people sign them, as they sign the register, and they expire.
///
/// ```
/// mirror.json          {"mirror": name, "version": n, "issued": time, "expires": time,
///                       "measurements": {"amd": [hex], "intel": [hex]},
///                       "egressClosed": [those of them whose image can send nothing out],
///                       "amdLeastTcb": [bl, tee, snp, ucode], "amdLeastTcbTurin": [fmc, bl, tee, snp, ucode]}
/// amd/*.pem            roots (ARK)          amd/revoked.crl      DER, of the ARK
/// intel/root.pem       SGX root CA          intel/root.crl intel/pck.crl   DER
/// intel/tcb-signing.pem, intel/tcb-<fmspc>.json, intel/qe-identity.json   as Intel's service answered
/// nvidia/jwks.json     keys of the attestation service
/// signatures/approval.note
/// ```
public final class Mirror {
  private static final int LONGEST_FILE = 1 << 20;
  private static final int MOST_FILES = 500;
  private static final String APPROVAL = "signatures/approval.note";
  private static final Pattern PATH =
      Pattern.compile(
          "mirror\\.json|(amd|intel|nvidia|signatures)/[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final Pattern MEASUREMENT = Pattern.compile("[0-9a-f]{96}(/[0-9a-f]{96}){0,4}");
  private static final Set<String> MEMBERS =
      Set.of(
          "mirror",
          "version",
          "issued",
          "expires",
          "measurements",
          "egressClosed",
          "amdLeastTcb",
          "amdLeastTcbTurin");

  private final SortedMap<String, byte[]> files;
  private final Head head;
  private final String hash;

  private record Head(
      String name,
      long version,
      Instant issued,
      Instant expires,
      Map<String, Set<String>> measurements,
      Set<String> egressClosed,
      List<Integer> leastTcb,
      List<Integer> leastTcbTurin) {}

  private Mirror(SortedMap<String, byte[]> files, Head head) {
    this.files = files;
    this.head = head;
    this.hash = hash(files);
  }

  /// Reads a directory.
  public static Reading<Mirror> load(Path directory) {
    Map<String, byte[]> files = new HashMap<>();
    try (Stream<Path> found = Files.walk(directory, 2)) {
      for (Path file : found.filter(Files::isRegularFile).limit(MOST_FILES + 1L).toList()) {
        String path = directory.relativize(file).toString().replace('\\', '/');
        if (!path.startsWith(".") && Files.size(file) <= LONGEST_FILE) {
          files.put(path, Files.readAllBytes(file));
        } else if (!path.startsWith(".")) {
          return new Reading.Unreadable<>(path + " is longer than " + LONGEST_FILE + " bytes");
        }
      }
    } catch (IOException unreadable) {
      return new Reading.Unreadable<>("the mirror's directory cannot be read");
    }
    return of(files);
  }

  /// Where in the directory the signatures lie.
  public static String approvalPath() {
    return APPROVAL;
  }

  /// Reads files by their paths.
  public static Reading<Mirror> of(Map<String, byte[]> files) {
    try {
      Refused.unless(
          files.size() <= MOST_FILES, "the mirror has more than " + MOST_FILES + " files");
      for (String path : files.keySet()) {
        Refused.unless(PATH.matcher(path).matches(), path + " has no place in a mirror");
      }
      byte[] text = files.getOrDefault("mirror.json", new byte[0]);
      return switch (Json.read(text)) {
        case Reading.Read<Json>(Json.Obj json) ->
            new Reading.Read<>(new Mirror(new TreeMap<>(files), head(json)));
        case Reading.Read<Json> _ -> new Reading.Unreadable<>("mirror.json is not an object");
        case Reading.Unreadable<Json>(String reason) ->
            new Reading.Unreadable<>("mirror.json: " + reason);
      };
    } catch (Refused broken) {
      return new Reading.Unreadable<>(broken.reason());
    }
  }

  private static Head head(Json.Obj json) {
    json.forEach((name, _) ->
        Refused.unless(MEMBERS.contains(name), "mirror.json: '" + name + "' is not known here"));
    Map<String, Set<String>> measurements = new HashMap<>();
    Json.Obj given = json.object("measurements").orElseGet(() -> Json.object().build());
    given.forEach((vendor, _) -> {
      Refused.unless(
          vendor.equals("amd") || vendor.equals("intel"),
          "mirror.json: measurements are amd's or intel's");
      measurements.put(vendor, Set.copyOf(measured(given, vendor)));
    });
    Instant issued = time(json, "issued");
    Instant expires = time(json, "expires");
    Refused.unless(issued.isBefore(expires), "mirror.json: it expires before it is issued");
    return new Head(
        json.string("mirror")
            .filter(Pattern.compile("[A-Za-z0-9./:_-]{1,100}").asMatchPredicate())
            .orElseThrow(() -> new Refused("mirror.json: 'mirror' is the mirror's name")),
        json.integer("version")
            .filter(n -> n > 0)
            .orElseThrow(() -> new Refused("mirror.json: 'version' is a number from 1")),
        issued,
        expires,
        measurements,
        Set.copyOf(measured(json, "egressClosed")),
        levels(json, "amdLeastTcb", 4),
        levels(json, "amdLeastTcbTurin", 5));
  }

  private static Set<String> measured(Json.Obj json, String name) {
    Set<String> values = new HashSet<>();
    for (Json one : json.array(name).orElse(List.of())) {
      Refused.unless(
          one instanceof Json.Str(String hex)
              && MEASUREMENT.matcher(hex).matches()
              && values.add(hex),
          "mirror.json: a measurement is 48 bytes in small hexadecimal letters (intel: MRTD and RTMR0"
              + " to RTMR3 with '/' between)");
    }
    return values;
  }

  private static Instant time(Json.Obj json, String name) {
    try {
      return Instant.parse(json.string(name).orElse(""));
    } catch (DateTimeParseException malformed) {
      throw new Refused("mirror.json: '" + name + "' must be a time such as 2026-11-21T00:00:00Z");
    }
  }

  private static List<Integer> levels(Json.Obj json, String name, int count) {
    List<Integer> levels = new ArrayList<>();
    for (Json one : json.array(name).orElse(List.of())) {
      if (one instanceof Json.Num number) {
        number.integer().filter(n -> n >= 0 && n <= 255).ifPresent(n -> levels.add(n.intValue()));
      }
    }
    Refused.unless(
        levels.size() == count, "mirror.json: '" + name + "' must be " + count + " numbers");
    return List.copyOf(levels);
  }

  private static String hash(Map<String, byte[]> files) {
    Map<String, byte[]> signed = new HashMap<>(files);
    signed.remove(APPROVAL);
    return FilesHash.of(signed);
  }

  /// The hash that names its exact files, without the signatures.
  public String hash() {
    return hash;
  }

  /// Its files by path, with the signatures.
  public Map<String, byte[]> files() {
    return new TreeMap<>(files);
  }

  /// The text that two people sign: `dejima attestation mirror`, name, version, hash, end.
  public String approvalText() {
    return "dejima attestation mirror\n"
        + head.name()
        + "\nversion "
        + head.version()
        + "\nsha256 "
        + hash
        + "\nexpires "
        + head.expires()
        + "\n";
  }

  /// The note with the signatures, if one lies there.
  public Optional<String> approval() {
    return Optional.ofNullable(files.get(APPROVAL))
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  /// Whether two of the approvers signed exactly these files.
  public Approvers.Verdict judge(Approvers approvers) {
    return switch (SignedNote.parse(approval().orElse(""))) {
      case Reading.Unreadable<SignedNote>(String reason) ->
          new Approvers.Verdict.Lacking(APPROVAL + ": " + reason);
      case Reading.Read<SignedNote>(SignedNote note) ->
          note.text().equals(approvalText())
              ? approvers.judge(note)
              : new Approvers.Verdict.Lacking("the mirror was changed after it was signed");
    };
  }

  /// Until when it counts.
  Instant validUntil(Instant now) {
    Refused.unless(
        !now.isBefore(head.issued()) && now.isBefore(head.expires()),
        "the mirror of reference values has expired; sign a newer one");
    return head.expires();
  }

  Set<String> measurements(String vendor) {
    return head.measurements().getOrDefault(vendor, Set.of());
  }

  boolean egressClosed(String measurement) {
    return head.egressClosed().contains(measurement);
  }

  List<Integer> amdLeastTcb(boolean turin) {
    return turin ? head.leastTcbTurin() : head.leastTcb();
  }

  /// The mirrored root that equals the one that was offered.
  X509Certificate amdRoot(X509Certificate offered) {
    return files.entrySet().stream()
        .filter(file -> file.getKey().startsWith("amd/") && file.getKey().endsWith(".pem"))
        .flatMap(file -> Certificates.pem(file.getValue()).stream())
        .filter(offered::equals)
        .findFirst()
        .orElseThrow(() -> new Refused("the chain does not end in a mirrored AMD root"));
  }

  X509CRL amdRevoked() {
    return Certificates.crl(file("amd/revoked.crl"));
  }

  X509Certificate certificate(String path) {
    return Certificates.pem(file(path)).getFirst();
  }

  X509CRL crl(String path) {
    return Certificates.crl(file(path));
  }

  byte[] file(String path) {
    byte[] bytes = files.get(path);
    if (bytes == null) {
      throw new Refused("the mirror lacks " + path);
    }
    return bytes.clone();
  }
}
