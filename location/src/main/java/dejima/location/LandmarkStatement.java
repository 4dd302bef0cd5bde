package dejima.location;

import dejima.evidence.Json;
import dejima.evidence.NoteKey;
import dejima.evidence.Reading;
import dejima.evidence.Signer;
import dejima.evidence.StrictBase64;
import java.security.PublicKey;

/// What a landmark states of itself.
///
/// @param landmark its id, which is the name of its note key
/// @param person who answers for it
/// @param place where it stands
/// @param agreement its P-256 key, from which session keys come
/// @param issued when it was signed, epoch milliseconds
public record LandmarkStatement(
    String landmark, LegalPerson person, Place place, PublicKey agreement, long issued) {
  private static final int MEMBERS = 7;

  /// Checks the name and the time.
  public LandmarkStatement {
    Fields.name(landmark);
    if (issued < 0) {
      throw new IllegalArgumentException("issued is before 1970");
    }
  }

  /// A statement with its signature.
  ///
  /// @param statement what is stated
  /// @param signature base64 of the landmark's Ed25519 signature
  public record Signed(LandmarkStatement statement, String signature) {
    private static final int PARTS = 2;

    /// `{statement, signature}`.
    public Json.Obj json() {
      return Json.object().put("statement", statement.json()).put("signature", signature).build();
    }

    /// Reads what [#json] writes; nothing is verified yet.
    public static Reading<Signed> of(Json json) {
      return Fields.reading(
          "the signed landmark statement",
          json,
          PARTS,
          fields ->
              new Signed(
                  LandmarkStatement.of(fields.object("statement")).orThrow(),
                  fields.text("signature")));
    }

    /// Did the landmark with this key sign it, under this name?
    public boolean isBy(NoteKey key) {
      return key.name().equals(statement.landmark)
          && StrictBase64.read(signature) instanceof Reading.Read<byte[]>(byte[] bytes)
          && key.verifies(SignedText.landmark(statement.json()), bytes);
    }
  }

  /// The statement with the landmark's signature.
  public Signed sign(Signer signer) {
    return new Signed(this, StrictBase64.text(signer.sign(SignedText.landmark(json()))));
  }

  Json.Obj json() {
    return Json.object()
        .put("v", 1)
        .put("landmark", landmark)
        .put("person", person.name())
        .putAll(place.json())
        .put("agreement", StrictBase64.text(agreement.getEncoded()))
        .put("issued", issued)
        .build();
  }

  static Reading<LandmarkStatement> of(Json json) {
    return Fields.reading(
        "the landmark statement",
        json,
        MEMBERS,
        fields ->
            new LandmarkStatement(
                fields.version1().id("landmark"),
                new LegalPerson(fields.text("person")),
                fields.place(),
                SiteKey.parse(fields.text("agreement")).orThrow().key(),
                fields.whole("issued")));
  }
}
