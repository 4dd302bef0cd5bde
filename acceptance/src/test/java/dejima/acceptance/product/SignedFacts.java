package dejima.acceptance.product;

import dejima.acceptance.site.ConstructedMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A register of one site and its model, and a mirror of reference values, each signed by two
/// people with the program's own commands.
public final class SignedFacts {
  private static final List<String> PEOPLE = List.of("sato", "suzuki");

  private final Path folder;
  private final List<String> keys = new ArrayList<>();
  private int version;
  private String previous = "";

  /// What the register says of the site beside what is the same for all tests.
  ///
  /// @param site its id
  /// @param pin the key that carries its traffic
  /// @param latitude where it stands
  /// @param longitude where it stands
  /// @param digest of the model that it serves, `sha256:…`
  public record Site(String site, String pin, double latitude, double longitude, String digest) {}

  /// In a folder, where `register/` and `mirror/` come to be; makes the people's keys.
  public SignedFacts(Path folder) {
    this.folder = folder;
    for (String person : PEOPLE) {
      keys.add(
          Product.run(folder, "register", "key", person, "--out", person + ".key")
              .expect(0)
              .out()
              .strip());
    }
    write("register/register.json", "{}");
  }

  /// The keys of `dejima.yaml` that name them.
  public String yaml() {
    StringBuilder yaml =
        new StringBuilder("register: register\nattestationMirror: mirror\nregisterApprovers:\n");
    for (int i = 0; i < keys.size(); i++) {
      yaml.append("  - {name: ").append(PEOPLE.get(i)).append(", key: ").append(keys.get(i));
      yaml.append("}\n");
    }
    return yaml.toString();
  }

  /// `--approver`, for whoever checks.
  public List<String> approverOptions() {
    List<String> options = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      options.addAll(List.of("--approver", PEOPLE.get(i) + "=" + keys.get(i)));
    }
    return options;
  }

  /// Writes the next version of the register, signed by two.
  public void register(Site site) {
    version++;
    write(
        "register/register.json",
        "{\"register\":\"example.jp/register\",\"version\":"
            + version
            + (previous.isEmpty() ? "" : ",\"previous\":\"" + previous + "\"")
            + "}");
    write("register/persons/operator.json", operator("Operator of " + site.site()));
    write("register/sites/" + site.site() + ".json", site(site));
    write(
        "register/models/m.json",
        "{\"names\":[\"builtin-selftest\"],\"owner\":%s,\"licence\":%s,\"origin\":%s,\"digests\":%s,\"thirdPartyCalls\":%s}"
            .formatted(
                fact("\"Dejima\""),
                fact("\"Apache-2.0\""),
                fact("\"JP\""),
                fact("[\"" + site.digest() + "\"]"),
                fact("false")));
    for (String person : PEOPLE) {
      Product.run(folder, "register", "sign", "register", "--key", person + ".key").expect(0);
    }
    previous =
        Answer.json(Product.run(folder, "register", "check", "register", "--json").expect(0).out())
            .path("hash")
            .asText();
  }

  private static String operator(String name) {
    return "{\"name\":\"%s\",\"country\":%s,\"owners\":%s,\"officers\":%s,\"support\":%s,\"keyCustody\":%s,\"law\":%s}"
        .formatted(
            name,
            fact("\"JP\""),
            fact("{\"holdings\":[{\"dispersed\":true,\"percent\":100}]}"),
            fact("{\"total\":5,\"foreign\":0}"),
            fact("[\"JP\"]"),
            fact("{\"holder\":\"operator\",\"country\":\"JP\"}"),
            fact("{\"governing\":\"JP\",\"courts\":\"JP\"}"));
  }

  private static String site(Site site) {
    return "{\"operator\":\"operator\",\"place\":%s,\"network\":%s,\"pin\":%s,\"certifications\":[%s],\"hardware\":%s}"
        .formatted(
            fact(
                "{\"country\":\"JP\",\"latitude\":%s,\"longitude\":%s,\"address\":\"大阪市\",\"metro\":\"osaka\"}"
                    .formatted(site.latitude(), site.longitude())),
            fact("{\"asns\":[\"AS64500\"],\"prefixes\":[\"127.0.0.0/8\"]}"),
            fact("\"" + site.pin() + "\""),
            fact(
                "{\"scheme\":\"ismap\",\"number\":\"C26-0001\",\"scope\":\"推論\",\"coversThisService\":true}"),
            fact(
                "{\"amdChipIds\":[\"%s\"],\"nvidiaUeids\":[\"%s\"]}"
                    .formatted(ConstructedMachine.CHIP, ConstructedMachine.GPU)));
  }

  private static String fact(String value) {
    LocalDate today = LocalDate.now(ZoneId.of("Asia/Tokyo"));
    return "{\"value\":%s,\"source\":\"試験\",\"date\":\"%s\",\"expires\":\"%s\"}"
        .formatted(value, today.minusDays(2), today.plusDays(60));
  }

  /// Writes a mirror, signed by two.
  ///
  /// @param files what it holds
  public void mirror(Map<String, byte[]> files) {
    files.forEach(
        (path, bytes) -> Verifying.write(made(folder.resolve("mirror").resolve(path)), bytes));
    for (String person : PEOPLE) {
      Product.run(folder, "mirror", "sign", "mirror", "--key", person + ".key").expect(0);
    }
  }

  private void write(String path, String text) {
    try {
      Files.writeString(made(folder.resolve(path)), text);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Path made(Path file) {
    try {
      Files.createDirectories(file.resolveSibling(""));
      return file;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
