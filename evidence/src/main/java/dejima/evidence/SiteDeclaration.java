package dejima.evidence;

import java.security.PublicKey;
import java.util.List;
import java.util.Optional;

/// What a site's operator declares about it: the site statement of evidence level E0. The site
/// signs the canonical bytes with its P-256 key, as it signs a [SiteStatement]; the two cannot be
/// taken for one another, because each has exactly its own members.
///
/// @param site the site's id
/// @param operator the legal person that runs it
/// @param country ISO 3166-1 alpha-2 code of the machines' country, `ZZ` where it is not known
/// @param control who can be compelled: `domestic`, `foreign` or `unknown`
/// @param sku the deployment's kind at a cloud provider, empty where there is none
/// @param issued when it was signed, epoch milliseconds
public record SiteDeclaration(
    String site, String operator, String country, String control, String sku, long issued) {
  private static final int MEMBERS = 7;
  private static final int LONGEST = 256;
  private static final List<String> TEXTS =
      List.of("site", "operator", "country", "control", "sku");

  /// The declaration as JSON: `v` is 1, the other names are those of the components.
  public Json.Obj json() {
    return Json.object()
        .put("v", 1)
        .put("site", site)
        .put("operator", operator)
        .put("country", country)
        .put("control", control)
        .put("sku", sku)
        .put("issued", issued)
        .build();
  }

  /// The bytes that the site signs.
  public byte[] canonicalBytes() {
    return json().canonicalBytes();
  }

  /// Reads a declaration: exactly these members, no text longer than 256 characters.
  public static Reading<SiteDeclaration> of(Json json) {
    if (!(json instanceof Json.Obj o) || o.members().size() != MEMBERS) {
      return new Reading.Unreadable<>("the site statement has not exactly its seven members");
    }
    var issued = o.integer("issued").filter(n -> n >= 0);
    if (!o.integer("v").equals(Optional.of(1L)) || issued.isEmpty()) {
      return new Reading.Unreadable<>("the site statement has a bad v or issued");
    }
    var texts =
        TEXTS.stream()
            .flatMap(name -> o.string(name).stream())
            .filter(text -> text.length() <= LONGEST)
            .toList();
    return texts.size() == TEXTS.size()
        ? new Reading.Read<>(of(texts, issued.get()))
        : new Reading.Unreadable<>("the site statement lacks a text or has one that is too long");
  }

  private static SiteDeclaration of(List<String> texts, long issued) {
    return new SiteDeclaration(
        texts.get(0), texts.get(1), texts.get(2), texts.get(3), texts.get(4), issued);
  }

  /// Did the holder of this key sign exactly this declaration?
  ///
  /// @param key a P-256 key
  /// @param signature DER
  public boolean verify(PublicKey key, byte[] signature) {
    return EcdsaP256.verifies(key, canonicalBytes(), signature);
  }
}
