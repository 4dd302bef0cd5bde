package dejima.gateway;

import dejima.evidence.Json;
import dejima.evidence.Reading;
import dejima.residency.DataClass;
import dejima.residency.DataClassReading;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What stands outside a sealed prompt's ciphertext: all that a gateway can read of it.
///
/// @param site the only site whose environment can open it
/// @param dataClass what the client says is inside; nothing can be inspected
/// @param keyId hexadecimal SHA-256 of the key that it is sealed to
public record SealedOutline(String site, DataClass dataClass, String keyId) {
  /// The member that marks a sealed body.
  static final String MARK = "dejimaSealed";

  private static final long VERSION = 2;
  private static final int LONGEST = 64 << 20;
  private static final Set<String> MEMBERS =
      Set.of(MARK, "model", "class", "site", "key", "issued", "enc", "ciphertext");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  /// Reads a body that bears the mark.
  ///
  /// @throws MalformedBody if it is not of the form of version 2
  static SealedOutline of(byte[] body) {
    return switch (Json.read(body, LONGEST)) {
      case Reading.Read<Json>(Json.Obj sealed) -> of(sealed);
      case Reading.Read<Json> _ -> throw malformed("it is not an object");
      case Reading.Unreadable<Json>(String reason) -> throw malformed(reason);
    };
  }

  private static SealedOutline of(Json.Obj sealed) {
    boolean exact =
        sealed.members().size() == MEMBERS.size()
            && sealed.members().stream().map(Json.Member::name).allMatch(MEMBERS::contains);
    if (!exact || !sealed.integer(MARK).equals(Optional.of(VERSION))) {
      throw malformed("version 2 has exactly the members " + String.join(", ", MEMBERS));
    }
    String site = text(sealed, "site");
    String keyId = text(sealed, "key");
    if (!HASH.matcher(keyId).matches()) {
      throw malformed("'key' must be 64 small hexadecimal letters");
    }
    return switch (DataClass.read(text(sealed, "class"))) {
      case DataClassReading.Read(DataClass said) -> new SealedOutline(site, said, keyId);
      case DataClassReading.Unreadable(String reason) -> throw malformed("'class': " + reason);
    };
  }

  private static String text(Json.Obj sealed, String name) {
    return sealed.string(name).orElseThrow(() -> malformed("'" + name + "' must be a string"));
  }

  private static MalformedBody malformed(String why) {
    return new MalformedBody("The sealed prompt cannot be read: " + why + ".");
  }
}
