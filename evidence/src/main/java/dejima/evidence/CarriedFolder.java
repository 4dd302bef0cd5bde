package dejima.evidence;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// The files of a directory that a receipt carries: a version of the register, or a mirror of
/// reference values. In JSON, a file is its text if it is UTF-8, else an object of one member
/// `base64`.
///
/// @param files content by path
public record CarriedFolder(Map<String, Json> files) {
  private static final String BASE64 = "base64";

  /// Copies the files and refuses content in another form than its one.
  public CarriedFolder {
    files = Map.copyOf(files);
    files.values().forEach(file -> requireOneForm(file, bytes(file)));
  }

  private static void requireOneForm(Json file, byte[] bytes) {
    if (!json(bytes).equals(file)) {
      throw new IllegalArgumentException("a carried file is not in its one form");
    }
  }

  /// A folder of these files.
  public static CarriedFolder of(Map<String, byte[]> files) {
    Map<String, Json> carried = new TreeMap<>();
    files.forEach((path, bytes) -> carried.put(path, json(bytes)));
    return new CarriedFolder(carried);
  }

  /// A folder of these texts.
  public static CarriedFolder ofTexts(Map<String, String> files) {
    Map<String, Json> carried = new TreeMap<>();
    files.forEach((path, text) -> carried.put(path, Json.of(text)));
    return new CarriedFolder(carried);
  }

  private static Json json(byte[] bytes) {
    try {
      return Json.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException binary) {
      return Json.object().put(BASE64, StrictBase64.text(bytes)).build();
    }
  }

  private static byte[] bytes(Json file) {
    if (file instanceof Json.Str(String text)) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    if (file instanceof Json.Obj binary && binary.members().size() == 1) {
      return StrictBase64.read(binary.string(BASE64).orElse("")).orThrow();
    }
    throw new IllegalArgumentException("a carried file is neither text nor base64");
  }

  /// Reads what [#json] gives.
  public static Reading<CarriedFolder> read(Json.Obj json) {
    Map<String, Json> files = new TreeMap<>();
    json.forEach(files::put);
    try {
      return new Reading.Read<>(new CarriedFolder(files));
    } catch (IllegalArgumentException malformed) {
      return new Reading.Unreadable<>("a carried file is neither text nor base64");
    }
  }

  /// The folder as receipts write it.
  public Json.Obj json() {
    Json.Members members = Json.object();
    files.forEach(members::put);
    return members.build();
  }

  /// Every file's bytes by its path.
  public Map<String, byte[]> bytes() {
    Map<String, byte[]> bytes = new TreeMap<>();
    files.forEach((path, file) -> bytes.put(path, bytes(file)));
    return bytes;
  }

  /// Every file's text by its path; of a file that is no text, what its bytes look like as one.
  public Map<String, String> texts() {
    Map<String, String> texts = new TreeMap<>();
    bytes().forEach((path, bytes) -> texts.put(path, new String(bytes, StandardCharsets.UTF_8)));
    return texts;
  }

  /// The hash that names it, as a bundle's: hexadecimal, without `signatures/`.
  public String hash() {
    Map<String, byte[]> hashed = bytes();
    hashed.keySet().removeIf(PolicyHash::isUnhashed);
    return FilesHash.of(hashed);
  }
}
