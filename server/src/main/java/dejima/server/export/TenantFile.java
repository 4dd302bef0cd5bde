package dejima.server.export;

import dejima.evidence.Json;
import dejima.evidence.Reading;
import dejima.gateway.Credential;
import dejima.residency.DataClass;
import dejima.residency.DataClassReading;
import dejima.server.keys.KeyRow;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// `tenant.json`: the tenant's name and pseudonym, its projects with their classes, and what is
/// known of its API keys, without anything secret.
///
/// @param name the tenant's name
/// @param pseudonym what evidence calls it
/// @param projects the class of each project by its name, empty where none is set
/// @param keys the keys as the file has them
record TenantFile(
    String name,
    String pseudonym,
    SortedMap<String, Optional<DataClass>> projects,
    List<Json.Obj> keys) {
  static final String FILE = "tenant.json";

  /// Copies the collections.
  TenantFile {
    projects = Collections.unmodifiableSortedMap(new TreeMap<>(projects));
    keys = List.copyOf(keys);
  }

  /// What the keys of a tenant say of it.
  ///
  /// @param rows its keys, at least one
  static TenantFile of(List<KeyRow> rows) {
    SortedMap<String, Optional<DataClass>> projects = new TreeMap<>();
    rows.forEach(row -> projects.put(row.credential().project(), row.credential().defaultClass()));
    return new TenantFile(
        rows.getFirst().tenantName(),
        rows.getFirst().credential().tenant(),
        projects,
        rows.stream().map(TenantFile::key).toList());
  }

  private static Json.Obj key(KeyRow row) {
    Credential key = row.credential();
    Json.Members members =
        Json.object()
            .put("id", key.id())
            .put("project", key.project())
            .put("requestsPerMinute", key.limits().requestsPerMinute())
            .put("tokensPerMinute", key.limits().tokensPerMinute())
            .put("concurrent", key.limits().concurrent())
            .put("created", row.created().toString());
    key.expires().ifPresent(end -> members.put("expires", end.toString()));
    row.revoked().ifPresent(since -> members.put("revoked", since.toString()));
    return members.build();
  }

  Json json() {
    List<Json.Obj> all =
        projects.entrySet().stream()
            .map(project -> {
              Json.Members members = Json.object().put("name", project.getKey());
              project.getValue().ifPresent(floor -> members.put("defaultClass", floor.label()));
              return members.build();
            })
            .toList();
    return Json.object()
        .put("v", 1)
        .put("name", name)
        .put("pseudonym", pseudonym)
        .put("projects", Json.array(all))
        .put("keys", Json.array(keys))
        .build();
  }

  static Reading<TenantFile> read(byte[] file) {
    return Json.read(file)
        .then(json -> json instanceof Json.Obj object ? read(object) : malformed());
  }

  private static Reading<TenantFile> read(Json.Obj object) {
    SortedMap<String, Optional<DataClass>> projects = new TreeMap<>();
    for (Json one : object.array("projects").orElse(List.of())) {
      if (!(one instanceof Json.Obj project) || project.string("name").isEmpty()) {
        return malformed();
      }
      Optional<String> label = project.string("defaultClass");
      Optional<DataClass> floor = label.flatMap(TenantFile::dataClass);
      if (label.isPresent() && floor.isEmpty()) {
        return malformed();
      }
      projects.put(project.string("name").get(), floor);
    }
    List<Json.Obj> keys = object.objects("keys");
    return new Reading.Read<>(
        new TenantFile(
            object.string("name").orElse(""),
            object.string("pseudonym").orElse(""),
            projects,
            keys));
  }

  private static Optional<DataClass> dataClass(String label) {
    return switch (DataClass.read(label)) {
      case DataClassReading.Read(DataClass known) -> Optional.of(known);
      case DataClassReading.Unreadable _ -> Optional.empty();
    };
  }

  private static Reading<TenantFile> malformed() {
    return new Reading.Unreadable<>("tenant.json is malformed");
  }

  /// The keys that still worked, for which new ones have to be issued elsewhere.
  List<Json.Obj> toReissue() {
    return keys.stream().filter(key -> key.get("revoked").isEmpty()).toList();
  }
}
