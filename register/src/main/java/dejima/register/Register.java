package dejima.register;

import dejima.evidence.FilesHash;
import dejima.residency.Control;
import dejima.residency.Country;
import dejima.residency.ModelFacts;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// One sound version of a register. What it says depends on the day: an expired fact is missing.
public final class Register {
  private final RegisterHead head;
  private final SortedMap<String, Person> persons;
  private final SortedMap<String, RegisteredSite> sites;
  private final SortedMap<String, RegisteredModel> models;
  private final SortedMap<String, String> files;
  private final Optional<String> approval;
  private final String hash;

  Register(
      RegisterHead head,
      Collection<Person> persons,
      Collection<RegisteredSite> sites,
      Collection<RegisteredModel> models,
      Map<String, String> files,
      Optional<String> approval) {
    this.head = head;
    this.persons = new TreeMap<>();
    persons.forEach(person -> this.persons.put(person.id(), person));
    this.sites = new TreeMap<>();
    sites.forEach(site -> this.sites.put(site.id(), site));
    this.models = new TreeMap<>();
    models.forEach(model -> this.models.put(model.id(), model));
    this.files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    this.approval = approval;
    this.hash = FilesHash.ofTexts(this.files);
  }

  /// Reads a directory. Nothing outside it is followed.
  public static RegisterReading load(Path directory) {
    RegisterDirectory.Content content = RegisterDirectory.read(directory);
    return RegisterReader.read(content.files(), content.mistakes());
  }

  /// Reads texts by their paths.
  public static RegisterReading of(Map<String, String> files) {
    return RegisterReader.read(files, List.of());
  }

  /// Which version it is.
  public RegisterHead head() {
    return head;
  }

  /// The hash that names its exact text, without the signatures.
  public String hash() {
    return hash;
  }

  /// Its files by path, without the signatures.
  public SortedMap<String, String> files() {
    return files;
  }

  /// The note with the signatures, if one lies in the directory.
  public Optional<String> approval() {
    return approval;
  }

  /// Everybody it knows, by id.
  public Collection<Person> persons() {
    return Collections.unmodifiableCollection(persons.values());
  }

  /// Every site, by id.
  public Collection<RegisteredSite> sites() {
    return Collections.unmodifiableCollection(sites.values());
  }

  /// Every model, by id.
  public Collection<RegisteredModel> models() {
    return Collections.unmodifiableCollection(models.values());
  }

  /// The person of an id.
  public Optional<Person> person(String id) {
    return Optional.ofNullable(persons.get(id));
  }

  /// The site of an id.
  public Optional<RegisteredSite> site(String id) {
    return Optional.ofNullable(sites.get(id));
  }

  /// Who can compel a person's sites at that moment, and by which chains.
  public ControlFinding control(String person, Instant now) {
    return new ControlDerivation(this, now).of(person);
  }

  /// Who can compel a person through its country, owners and officers alone.
  public Control ownership(String person, Instant now) {
    return new ControlDerivation(this, now).ownership(person);
  }

  /// What policy is told of a model at that moment. One whose facts have expired is not registered.
  ///
  /// @param name by which a client asks for it
  public ModelFacts model(String name, Instant now) {
    return models.values().stream()
        .filter(model -> model.names().contains(name))
        .findFirst()
        .map(model -> facts(model, now))
        .orElse(ModelFacts.UNREGISTERED);
  }

  private static ModelFacts facts(RegisteredModel model, Instant now) {
    Optional<String> owner = model.owner().flatMap(fact -> fact.at(now));
    Optional<String> licence = model.licence().flatMap(fact -> fact.at(now));
    Optional<Country> origin = model.origin().flatMap(fact -> fact.at(now));
    Optional<Set<String>> digests = model.digests().flatMap(fact -> fact.at(now));
    return new ModelFacts(
        owner.isPresent() && licence.isPresent() && origin.isPresent() && digests.isPresent(),
        owner.orElse(""),
        licence.orElse(""),
        origin.orElse(Country.UNKNOWN),
        model.thirdPartyCalls().flatMap(fact -> fact.at(now)).orElse(true),
        digests.orElse(Set.of()));
  }

  /// Every fact with its place, for those who watch over expiry.
  public List<PlacedFact> facts() {
    List<PlacedFact> all = new ArrayList<>();
    for (Person person : persons.values()) {
      String place = "persons/" + person.id();
      place(all, place, "country", person.country());
      place(all, place, "owners", person.owners());
      place(all, place, "officers", person.officers());
      place(all, place, "support", person.support());
      place(all, place, "keyCustody", person.keyCustody());
      place(all, place, "law", person.law());
    }
    for (RegisteredSite site : sites.values()) {
      String place = "sites/" + site.id();
      place(all, place, "place", site.place());
      place(all, place, "network", site.network());
      place(all, place, "sku", site.sku());
      place(all, place, "pin", site.pin());
      place(all, place, "nextPin", site.nextPin());
      site.certifications()
          .forEach(fact ->
              all.add(new PlacedFact(place, "certification " + fact.value().kind().word(), fact)));
      place(all, place, "hardware", site.hardware());
    }
    for (RegisteredModel model : models.values()) {
      String place = "models/" + model.id();
      place(all, place, "owner", model.owner());
      place(all, place, "licence", model.licence());
      place(all, place, "origin", model.origin());
      place(all, place, "digests", model.digests());
      place(all, place, "thirdPartyCalls", model.thirdPartyCalls());
    }
    return all;
  }

  /// A fact and where it stands.
  ///
  /// @param of the file without its ending
  /// @param name of the fact
  /// @param fact the fact
  public record PlacedFact(String of, String name, Fact<?> fact) {}

  private static void place(
      List<PlacedFact> all, String of, String name, Optional<? extends Fact<?>> fact) {
    fact.ifPresent(one -> all.add(new PlacedFact(of, name, one)));
  }

  /// The legal names of everybody who is not independent of a person: itself, those who control it,
  /// and those whom any of these control.
  public List<String> affiliates(String person) {
    return new ControlGroup(persons.values())
        .of(person).stream().flatMap(id -> person(id).stream()).map(Person::name).toList();
  }

  /// Who can compel the operator of a site; unknown where the site or its operator is.
  public Control controlOf(RegisteredSite site, Instant now) {
    return control(site.operator(), now).control();
  }

  /// Whether a site's keys are kept in Japan by somebody whom no foreign law reaches; without that,
  /// nothing is known of whom a sealing key is released to (evidence level E4).
  public boolean keepsKeysAtHome(RegisteredSite site, Instant now) {
    return person(site.operator())
        .flatMap(Person::keyCustody)
        .flatMap(fact -> fact.at(now))
        .filter(custody -> custody.country().equals(Country.JAPAN))
        .filter(custody -> ownership(custody.holder(), now) == Control.DOMESTIC)
        .isPresent();
  }
}
