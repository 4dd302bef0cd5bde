package dejima.evidence;

import dejima.evidence.tree.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a receipt carries for those who judge its sites' evidence levels: the register, and of an
/// attested site the mirror, the quotes and the tree head that its nonce was made of. Each stands
/// under the hash by which an entry names it.
///
/// @param folders directories by their hash
/// @param texts single documents by the hexadecimal SHA-256 of their UTF-8
public record Carried(Map<String, CarriedFolder> folders, Map<String, String> texts) {
  /// Nothing.
  public static final Carried NONE = new Carried(Map.of(), Map.of());

  private static final String FOLDERS = "folders";
  private static final String TEXTS = "texts";

  /// Copies both maps.
  public Carried {
    folders = Map.copyOf(folders);
    texts = Map.copyOf(texts);
  }

  /// The hash by which entries name a single document.
  public static String hash(String text) {
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The hashes by which an entry names what a receipt carries for it: a register's version, a
  /// site's offer, a mirror, the tree head behind a nonce.
  public static Stream<String> named(Json.Obj body) {
    Optional<Json.Obj> claims = body.object("claims");
    return Stream.of(
            body.string("hash"),
            body.string("evidence"),
            claims.flatMap(said -> said.string("mirror")),
            claims.flatMap(said -> said.object("nonce")).flatMap(nonce -> nonce.string("head")))
        .flatMap(Optional::stream);
  }

  /// These and those of another receipt or ground.
  public Carried and(Carried other) {
    Map<String, CarriedFolder> allFolders = new TreeMap<>(folders);
    allFolders.putAll(other.folders);
    Map<String, String> allTexts = new TreeMap<>(texts);
    allTexts.putAll(other.texts);
    return new Carried(allFolders, allTexts);
  }

  /// Every name that stands here.
  Stream<String> names() {
    return Stream.concat(folders.keySet().stream(), texts.keySet().stream());
  }

  /// Whether everything stands under its own hash.
  boolean isNamedRightly() {
    return folders.entrySet().stream().allMatch(one -> one.getValue().hash().equals(one.getKey()))
        && texts.entrySet().stream().allMatch(one -> hash(one.getValue()).equals(one.getKey()));
  }

  Json.Obj json() {
    Json.Members folder = Json.object();
    folders.forEach((hash, one) -> folder.put(hash, one.json()));
    Json.Members text = Json.object();
    texts.forEach(text::put);
    return Json.object().put(FOLDERS, folder.build()).put(TEXTS, text.build()).build();
  }

  /// Reads what [#json] gives.
  ///
  /// @throws IllegalArgumentException if it is anything else
  static Carried of(Json.Obj json) {
    Map<String, CarriedFolder> folders = new TreeMap<>();
    json.object(FOLDERS)
        .orElseThrow(() -> new IllegalArgumentException("no folders"))
        .forEach((hash, folder) -> {
          if (!(folder instanceof Json.Obj files)) {
            throw new IllegalArgumentException("a folder is an object");
          }
          folders.put(hash, CarriedFolder.read(files).orThrow());
        });
    Map<String, String> texts = new TreeMap<>();
    json.object(TEXTS)
        .orElseThrow(() -> new IllegalArgumentException("no texts"))
        .forEach((hash, text) -> {
          if (!(text instanceof Json.Str(String said))) {
            throw new IllegalArgumentException("a text is a string");
          }
          texts.put(hash, said);
        });
    return new Carried(folders, texts);
  }
}
