package dejima.register;

import dejima.register.Person.ContractLaw;
import dejima.register.Person.Holding;
import dejima.register.Person.KeyCustody;
import dejima.register.Person.Officers;
import dejima.register.Person.Ownership;
import dejima.residency.Country;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads `persons/….json`.
final class PersonReader {
  private PersonReader() {}

  static Person read(String id, Section section) {
    Person person =
        new Person(
            id,
            section.text("name").orElse(id),
            section.plainFact("country", fact -> fact.read("value", PersonReader::country)),
            section.fact("owners", PersonReader::ownership),
            section.fact("officers", PersonReader::officers),
            section.plainFact(
                "support",
                fact -> Optional.of(Set.copyOf(fact.texts("value", PersonReader::country)))),
            section.fact("keyCustody", PersonReader::custody),
            section.fact("law", PersonReader::law));
    section.close();
    return person;
  }

  static Country country(String code) {
    return Country.read(code)
        .filter(country -> !country.equals(Country.UNKNOWN))
        .orElseThrow(() ->
            new IllegalArgumentException(
                "must be an ISO 3166-1 code such as JP; leave the fact out where it is not known"));
  }

  private static Optional<Ownership> ownership(Section section) {
    boolean ultimate = section.flag("ultimate", Optional.of(false)).orElse(false);
    List<Holding> holdings = new ArrayList<>();
    for (Section one : section.sections("holdings")) {
      holding(one).ifPresent(holdings::add);
      one.close();
    }
    return section.attempt("holdings", () -> new Ownership(ultimate, holdings));
  }

  private static Optional<Holding> holding(Section section) {
    Optional<BigDecimal> percent = section.percent("percent");
    if (section.has("dispersed")) {
      boolean dispersed = section.flag("dispersed", Optional.empty()).orElse(true);
      if (!dispersed || section.has("person") || section.has("decisive")) {
        section.mistake("dispersed", "is true, or left out; a dispersed block names nobody");
      }
      return percent.flatMap(size -> section.attempt("percent", () -> new Holding.Dispersed(size)));
    }
    Optional<String> person = section.text("person");
    boolean decisive = section.flag("decisive", Optional.of(false)).orElse(false);
    return person.flatMap(holder ->
        percent.flatMap(
            size -> section.attempt("percent", () -> new Holding.Named(holder, size, decisive))));
  }

  private static Optional<Officers> officers(Section section) {
    Optional<Long> total = section.whole("total", 1, 10_000);
    Optional<Long> foreign = section.whole("foreign", 0, 10_000);
    boolean alone = section.flag("foreignRepresentative", Optional.of(false)).orElse(true);
    return total.flatMap(all ->
        foreign.flatMap(some ->
            section.attempt(
                "foreign", () -> new Officers(all.intValue(), some.intValue(), alone))));
  }

  private static Optional<KeyCustody> custody(Section section) {
    Optional<String> holder = section.text("holder");
    Optional<Country> country = section.read("country", PersonReader::country);
    return holder.flatMap(who -> country.map(where -> new KeyCustody(who, where)));
  }

  private static Optional<ContractLaw> law(Section section) {
    Optional<Country> governing = section.read("governing", PersonReader::country);
    Optional<Country> courts = section.read("courts", PersonReader::country);
    return governing.flatMap(law -> courts.map(court -> new ContractLaw(law, court)));
  }
}
