package dejima.register;

import dejima.evidence.Json;
import dejima.evidence.Reading;
import dejima.register.RegisterReading.Loaded;
import dejima.register.RegisterReading.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Turns a register's files into a register, or lists every mistake in them.
final class RegisterReader {
  static final String HEAD = "register.json";

  /// Where the note with the signatures lies. It is not part of what is hashed and signed.
  static final String APPROVAL = "signatures/approval.note";

  private static final Pattern PATH =
      Pattern.compile("(persons|sites|models)/([a-z0-9][a-z0-9.-]{0,62})\\.json");

  private final Map<String, String> files;
  private final List<Mistake> mistakes;
  private final List<Person> persons = new ArrayList<>();
  private final List<RegisteredSite> sites = new ArrayList<>();
  private final List<RegisteredModel> models = new ArrayList<>();

  private RegisterReader(Map<String, String> files, List<Mistake> mistakes) {
    this.files = new TreeMap<>(files);
    this.mistakes = new ArrayList<>(mistakes);
  }

  static RegisterReading read(Map<String, String> files, List<Mistake> mistakes) {
    return new RegisterReader(files, mistakes).read();
  }

  private RegisterReading read() {
    Optional<String> approval = Optional.ofNullable(files.remove(APPROVAL));
    if (files.size() > RegisterDirectory.MOST_FILES) {
      mistakes.add(
          new Mistake(
              HEAD, "", "the register has more than " + RegisterDirectory.MOST_FILES + " files"));
      return rejected();
    }
    Optional<RegisterHead> head = head();
    files.forEach(this::entry);
    checkReferences();
    if (mistakes.isEmpty()) {
      OwnershipCycle.in(persons)
          .ifPresent(cycle ->
              mistakes.add(
                  new Mistake("persons/" + cycle.start() + ".json", "owners", cycle.text())));
    }
    if (head.isEmpty() || !mistakes.isEmpty()) {
      return rejected();
    }
    return new Loaded(new Register(head.get(), persons, sites, models, files, approval));
  }

  private RegisterReading rejected() {
    mistakes.sort(Comparator.comparing(Mistake::file).thenComparing(Mistake::place));
    return new Rejected(mistakes);
  }

  private Optional<RegisterHead> head() {
    String text = files.get(HEAD);
    if (text == null) {
      if (mistakes.stream().noneMatch(mistake -> mistake.file().equals(HEAD))) {
        mistakes.add(new Mistake(HEAD, "", "the file is missing"));
      }
      return Optional.empty();
    }
    return json(HEAD, text).flatMap(json -> RegisterHead.read(section(HEAD, json)));
  }

  private void entry(String path, String text) {
    if (path.equals(HEAD)) {
      return;
    }
    Matcher parts = PATH.matcher(path);
    if (!parts.matches()) {
      mistakes.add(
          new Mistake(
              path,
              "",
              "has no place in a register: expected register.json and persons/ID.json,"
                  + " sites/ID.json, models/ID.json with ids in small letters, digits, points,"
                  + " hyphens"));
      return;
    }
    String id = parts.group(2);
    json(path, text)
        .ifPresent(json -> {
          switch (parts.group(1)) {
            case "persons" -> persons.add(PersonReader.read(id, section(path, json)));
            case "sites" -> sites.add(SiteReader.read(id, section(path, json)));
            case String _ -> models.add(ModelReader.read(id, section(path, json)));
          }
        });
  }

  private Section section(String path, Json json) {
    return new Section(path, "", json, mistakes);
  }

  private Optional<Json> json(String path, String text) {
    return switch (Json.read(
        text.getBytes(StandardCharsets.UTF_8), RegisterDirectory.LONGEST_FILE)) {
      case Reading.Read<Json>(Json json) -> Optional.of(json);
      case Reading.Unreadable<Json>(String reason) -> {
        mistakes.add(new Mistake(path, "", reason));
        yield Optional.empty();
      }
    };
  }

  private void checkReferences() {
    for (Person person : persons) {
      String file = "persons/" + person.id() + ".json";
      for (String holder : OwnershipCycle.holders(person)) {
        requirePerson(file, "owners.value.holdings", holder);
      }
      person
          .keyCustody()
          .ifPresent(fact -> requirePerson(file, "keyCustody.value.holder", fact.value().holder()));
    }
    for (RegisteredSite site : sites) {
      if (!site.operator().isEmpty()) {
        requirePerson("sites/" + site.id() + ".json", "operator", site.operator());
      }
    }
    Map<String, String> named = new HashMap<>();
    for (RegisteredModel model : models) {
      for (String name : model.names()) {
        String other = named.putIfAbsent(name, model.id());
        if (other != null) {
          mistakes.add(
              new Mistake(
                  "models/" + model.id() + ".json",
                  "names",
                  "'" + name + "' is a name of models/" + other + ".json too"));
        }
      }
    }
  }

  private void requirePerson(String file, String place, String id) {
    if (persons.stream().noneMatch(person -> person.id().equals(id))) {
      mistakes.add(
          new Mistake(
              file,
              place,
              "there is no persons/" + id + ".json; write one, even if only its name is known"));
    }
  }
}
