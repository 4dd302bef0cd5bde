package dejima.server.cli.demo;

import dejima.evidence.Approvers;
import dejima.evidence.NoteSecret;
import dejima.evidence.SignedNote;
import dejima.evidence.Signer;
import dejima.register.Register;
import dejima.register.RegisterApproval;
import dejima.register.RegisterReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// The demo's register of operators, sites and the model: made-up facts, signed by two made-up
/// people. A new version is made when the facts of the last one grow old.
record DemoRegister(DemoFiles files) {
  private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
  private static final int DAYS_OF_A_VERSION = 30;
  private static final int DAYS_OF_A_FACT = 80;
  private static final String NAME = "dejima.localhost/demo-register";
  private static final List<String> PEOPLE = List.of("hanako", "taro");

  private Path directory() {
    return files.gateway().resolve("register");
  }

  private Path keyFile(String person) {
    return files.home().resolve(person + ".key");
  }

  private Path made() {
    return files.home().resolve("register.made");
  }

  /// Writes and signs a version, unless a young one is there.
  void renew(Instant now) throws IOException {
    LocalDate today = LocalDate.ofInstant(now, JAPAN);
    if (Files.exists(made())
        && ChronoUnit.DAYS.between(LocalDate.parse(Files.readString(made())), today)
            < DAYS_OF_A_VERSION) {
      return;
    }
    write("register.json", head());
    for (StandIn site : StandIn.ALL) {
      if (site.registered()) {
        write("persons/" + site.id() + ".json", person(site, today));
        write("sites/" + site.id() + ".json", site(site, today));
      }
    }
    write("models/builtin-selftest.json", model(today));
    sign();
    Files.writeString(made(), today.toString());
  }

  private String head() {
    return Files.exists(directory().resolve("register.json"))
        ? next(read())
        : "{\"register\":\"%s\",\"version\":1}".formatted(NAME);
  }

  private static String next(Register before) {
    return "{\"register\":\"%s\",\"version\":%d,\"previous\":\"%s\"}"
        .formatted(NAME, before.head().version() + 1, before.hash());
  }

  private Register read() {
    return switch (Register.load(directory())) {
      case RegisterReading.Loaded(Register register) -> register;
      case RegisterReading.Rejected(var mistakes) ->
          throw new DemoFailed("The demo's register is damaged, remove .demo: " + mistakes);
    };
  }

  private void write(String name, String text) throws IOException {
    Path file = directory().resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text);
  }

  private void sign() throws IOException {
    Path approval = directory().resolve(RegisterApproval.path());
    Files.deleteIfExists(approval);
    SignedNote note = Approvers.sign(RegisterApproval.text(read()), signer(PEOPLE.getFirst()));
    note = Approvers.addSignature(note, signer(PEOPLE.getLast())).orThrow();
    Files.createDirectories(approval.resolveSibling("."));
    Files.writeString(approval, note.noteText());
  }

  private Signer signer(String person) throws IOException {
    return Signer.ed25519(secret(person));
  }

  private NoteSecret secret(String person) throws IOException {
    Path file = keyFile(person);
    if (!Files.exists(file)) {
      Files.writeString(file, NoteSecret.generate(person, new SecureRandom()).keyFile());
    }
    return NoteSecret.parse(Files.readString(file)).orThrow();
  }

  /// What the gateway's configuration says of the register.
  String gatewayConfig() throws IOException {
    StringBuilder config = new StringBuilder("register: register\nregisterApprovers:\n");
    for (String person : PEOPLE) {
      config.append("  - {name: %s, key: %s}%n".formatted(person, secret(person).key().text()));
    }
    return config.toString();
  }

  /// The file by which `verify` knows whose signatures count.
  String trustFile() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String person : PEOPLE) {
      lines.append("approver %s %s%n".formatted(secret(person).key().text(), person));
    }
    return lines.toString();
  }

  private String person(StandIn site, LocalDate today) {
    String home = site.control().equals("domestic") ? "JP" : "US";
    return """
    {"name":"%s (stand-in)","country":%s,"owners":%s,"officers":%s,"support":%s,"keyCustody":%s,"law":%s}
    """
        .formatted(
            site.operator(),
            fact("\"" + home + "\"", today),
            fact("{\"holdings\":[{\"dispersed\":true,\"percent\":100}]}", today),
            fact("{\"total\":5,\"foreign\":%d}".formatted(home.equals("JP") ? 0 : 5), today),
            fact("[\"" + home + "\"]", today),
            fact("{\"holder\":\"%s\",\"country\":\"%s\"}".formatted(site.id(), home), today),
            fact("{\"governing\":\"JP\",\"courts\":\"JP\"}", today));
  }

  private String site(StandIn site, LocalDate today) throws IOException {
    String place =
        "{\"country\":\"%s\",\"latitude\":%s,\"longitude\":%s,\"address\":\"stand-in\",\"metro\":\"%s\"}"
            .formatted(site.country(), site.latitude(), site.longitude(), site.metro());
    String sku =
        site.sku().isEmpty() ? "" : "\"sku\":" + fact("\"" + site.sku() + "\"", today) + ",";
    return """
    {"operator":"%s","place":%s,%s"network":%s,"pin":%s,"certifications":[%s]}
    """
        .formatted(
            site.id(),
            fact(place, today),
            sku,
            fact("{\"asns\":[\"AS64500\"],\"prefixes\":[\"127.0.0.0/8\"]}", today),
            fact("\"" + files.pin(site) + "\"", today),
            fact(
                "{\"scheme\":\"ismap\",\"number\":\"demo\",\"scope\":\"demo\",\"coversThisService\":true}",
                today));
  }

  private static String model(LocalDate today) {
    return """
    {"names":["builtin-selftest"],"owner":%s,"licence":%s,"origin":%s,"thirdPartyCalls":%s}
    """
        .formatted(
            fact("\"Dejima\"", today),
            fact("\"made up\"", today),
            fact("\"JP\"", today),
            fact("false", today));
  }

  private static String fact(String value, LocalDate today) {
    return "{\"value\":%s,\"source\":\"made up for the demo\",\"date\":\"%s\",\"expires\":\"%s\"}"
        .formatted(value, today.minusDays(1), today.plusDays(DAYS_OF_A_FACT));
  }
}
