package dejima.register;

import dejima.register.RegisteredSite.CertificationEntry;
import dejima.register.RegisteredSite.Hardware;
import dejima.register.RegisteredSite.Network;
import dejima.register.RegisteredSite.Place;
import dejima.residency.Certification;
import dejima.residency.Country;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// Reads `sites/….json`.
final class SiteReader {
  private static final Pattern PIN = Pattern.compile("sha256/[A-Za-z0-9+/]{43}=");
  private static final Pattern UEID = Pattern.compile("[0-9A-Za-z_-]{8,128}");
  private static final Pattern SKU = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final long MOST_SYSTEMS = 4_294_967_294L;

  private SiteReader() {}

  static RegisteredSite read(String id, Section section) {
    RegisteredSite site =
        new RegisteredSite(
            id,
            section.text("operator").orElse(""),
            section.fact("place", SiteReader::place),
            section.fact("network", SiteReader::network),
            section.plainFact(
                "sku",
                fact -> fact.read("value", matching(SKU, "must be a name such as Standard"))),
            pin(section, "pin"),
            pin(section, "nextPin"),
            certifications(section),
            section.fact("hardware", SiteReader::hardware));
    section.close();
    return site;
  }

  private static Optional<Fact<String>> pin(Section section, String name) {
    return section.plainFact(
        name,
        fact ->
            fact.read("value", matching(PIN, "must be a pin, sha256/… as the agent prints it")));
  }

  static UnaryOperator<String> matching(Pattern pattern, String otherwise) {
    return text -> {
      if (!pattern.matcher(text).matches()) {
        throw new IllegalArgumentException(otherwise);
      }
      return text;
    };
  }

  private static Optional<Place> place(Section section) {
    Optional<Country> country = section.read("country", PersonReader::country);
    Optional<Double> latitude = section.number("latitude");
    Optional<Double> longitude = section.number("longitude");
    Optional<String> address = section.text("address");
    String metro = section.optionalText("metro").orElse("");
    if (country.isEmpty() || latitude.isEmpty() || longitude.isEmpty() || address.isEmpty()) {
      return Optional.empty();
    }
    return section.attempt(
        "", () -> new Place(country.get(), latitude.get(), longitude.get(), address.get(), metro));
  }

  private static Optional<Network> network(Section section) {
    List<Long> systems = new ArrayList<>();
    for (String text : section.texts("asns", UnaryOperator.identity())) {
      Optional<Long> number = system(text);
      if (number.isEmpty()) {
        section.mistake("asns", "'" + text + "' must be a system's number such as AS64500");
      }
      number.ifPresent(systems::add);
    }
    List<Prefix> prefixes = section.texts("prefixes", Prefix::of);
    return section.attempt("", () -> new Network(Set.copyOf(systems), prefixes));
  }

  private static Optional<Long> system(String text) {
    return Pattern.matches("AS[1-9]\\d{0,9}", text)
        ? Optional.of(Long.parseLong(text.substring(2))).filter(n -> n <= MOST_SYSTEMS)
        : Optional.empty();
  }

  private static List<Fact<CertificationEntry>> certifications(Section section) {
    List<Fact<CertificationEntry>> read = new ArrayList<>();
    for (Section one : section.sections("certifications")) {
      one.asFact(SiteReader::certification, "value").ifPresent(read::add);
    }
    return read;
  }

  private static Optional<CertificationEntry> certification(Section section) {
    Optional<Certification> kind = section.read("scheme", SiteReader::kind);
    Optional<String> number = section.text("number");
    Optional<String> scope = section.text("scope");
    Optional<Boolean> covered = section.flag("coversThisService", Optional.empty());
    if (kind.isEmpty() || number.isEmpty() || scope.isEmpty() || covered.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new CertificationEntry(kind.get(), number.get(), scope.get(), covered.get()));
  }

  private static Certification kind(String word) {
    return Arrays.stream(Certification.values())
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "must be one of "
                    + String.join(
                        ", ",
                        Arrays.stream(Certification.values()).map(Certification::word).toList())));
  }

  private static Optional<Hardware> hardware(Section section) {
    return Optional.of(
        new Hardware(
            Set.copyOf(section.texts("amdChipIds", hex(64))),
            Set.copyOf(section.texts("intelPpids", hex(16))),
            Set.copyOf(
                section.texts(
                    "nvidiaUeids", matching(UEID, "must be a UEID as the token writes it")))));
  }

  private static UnaryOperator<String> hex(int bytes) {
    return matching(
        Pattern.compile("[0-9a-f]{" + 2 * bytes + "}"),
        "must be " + bytes + " bytes in small hexadecimal letters");
  }
}
