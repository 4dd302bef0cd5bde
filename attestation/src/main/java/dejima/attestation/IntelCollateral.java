package dejima.attestation;

import dejima.evidence.Json;
import dejima.evidence.Reading;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What Intel's provisioning service signs as JSON (`tcbInfo`, `enclaveIdentity`), mirrored exactly
/// as it answered: `{"<name>":{…},"signature":"<128 hex>"}`. The signature is over the inner bytes.
final class IntelCollateral {
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]+");

  private IntelCollateral() {}

  /// What is inside, and when it ends.
  ///
  /// @param json the signed object
  /// @param until its `nextUpdate`
  record Signed(Json.Obj json, Instant until) {}

  static Signed read(byte[] file, String name, PublicKey signer, Instant now) {
    String text = new String(file, StandardCharsets.UTF_8).strip();
    Matcher parts =
        Pattern.compile(
                "\\{\"" + name + "\":(\\{.*\\}),\"signature\":\"([0-9a-fA-F]{128})\"\\}",
                Pattern.DOTALL)
            .matcher(text);
    Refused.unless(parts.matches(), "the mirrored " + name + " is not as Intel's service answers");
    byte[] inner = parts.group(1).getBytes(StandardCharsets.UTF_8);
    Refused.unless(
        Ecdsa.verifies(signer, "SHA256", inner, HexFormat.of().parseHex(parts.group(2))),
        "the signature of the mirrored " + name + " is wrong");
    return switch (Json.read(inner)) {
      case Reading.Read<Json>(Json.Obj json) -> current(json, name, now);
      case Reading.Read<Json> _ -> throw new Refused("the mirrored " + name + " is not an object");
      case Reading.Unreadable<Json>(String reason) -> throw new Refused(name + ": " + reason);
    };
  }

  private static Signed current(Json.Obj json, String name, Instant now) {
    Instant next = time(json, "nextUpdate");
    Refused.unless(
        !now.isBefore(time(json, "issueDate")) && now.isBefore(next),
        "the mirrored " + name + " is not current; mirror a newer one");
    return new Signed(json, next);
  }

  private static Instant time(Json.Obj json, String name) {
    try {
      return Instant.parse(json.string(name).orElse(""));
    } catch (DateTimeParseException malformed) {
      throw new Refused("mirrored collateral has no " + name);
    }
  }

  static String text(Json.Obj json, String name) {
    return json.string(name).orElseThrow(() -> new Refused("mirrored collateral lacks " + name));
  }

  static String hex(Json.Obj json, String name) {
    String text = text(json, name);
    Refused.unless(
        HEX.matcher(text).matches() && text.length() % 2 == 0,
        "mirrored collateral: " + name + " is not hexadecimal");
    return text.toLowerCase(Locale.ROOT);
  }

  static long number(Json.Obj json, String name) {
    return json.integer(name).orElseThrow(() -> new Refused("mirrored collateral lacks " + name));
  }

  static List<Json.Obj> objects(Json.Obj json, String name) {
    List<Json.Obj> found = new ArrayList<>();
    for (Json one : json.array(name).orElse(List.of())) {
      if (one instanceof Json.Obj object) {
        found.add(object);
      }
    }
    return found;
  }

  static Json.Obj object(Json.Obj json, String name) {
    return json.object(name).orElseThrow(() -> new Refused("mirrored collateral lacks " + name));
  }

  /// Only what is up to date, or needs what software can do about it, counts.
  static void requireUpToDate(String what, Json.Obj level) {
    String status = text(level, "tcbStatus");
    Refused.unless(
        status.equals("UpToDate") || status.equals("SWHardeningNeeded"), what + " is " + status);
  }

  /// Whether bytes equal a value under a mask, all in hexadecimal of equal length.
  static boolean masked(String bytes, String value, String mask) {
    if (bytes.length() != value.length() || bytes.length() != mask.length()) {
      return false;
    }
    byte[] is = HexFormat.of().parseHex(bytes);
    byte[] wanted = HexFormat.of().parseHex(value);
    byte[] under = HexFormat.of().parseHex(mask);
    for (int i = 0; i < is.length; i++) {
      if ((is[i] & under[i]) != (wanted[i] & under[i])) {
        return false;
      }
    }
    return true;
  }
}
