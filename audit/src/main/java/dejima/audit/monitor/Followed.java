package dejima.audit.monitor;

import dejima.evidence.Checkpoint;
import dejima.evidence.Json;
import dejima.evidence.KeySuccession;
import dejima.evidence.Reading;
import dejima.evidence.SignedNote;
import dejima.evidence.tree.TileEdge;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// How far a log was followed: the tree head that was checked last, and the right edge of its tree,
/// from which the tree of any later head must grow.
///
/// @param note the signed head
/// @param levels the edge, as [TileEdge#levels()] gives it
/// @param succession how the log's keys followed one another by then
/// @param grewAt when a larger tree was last seen, by the reader's clock
record Followed(
    SignedNote note, List<List<byte[]>> levels, KeySuccession succession, Instant grewAt) {
  Followed {
    levels = levels.stream().map(List::copyOf).toList();
  }

  Checkpoint head() {
    return Checkpoint.parseExtended(note.text()).orThrow();
  }

  TileEdge edge() {
    return TileEdge.of(head().size(), levels);
  }

  String text() {
    var edge =
        levels.stream()
            .<Json>map(level ->
                Json.strings(level.stream().map(Base64.getEncoder()::encodeToString).toList()))
            .toList();
    return Json.object()
        .put("checkpoint", note.noteText())
        .put("edge", Json.array(edge))
        .put("succession", succession.file())
        .put("grewAt", grewAt.toEpochMilli())
        .build()
        .canonicalText();
  }

  /// Reads the text form; the edge must be that of the head.
  static Reading<Followed> parse(byte[] text) {
    return Json.read(text, 1 << 20).then(Followed::of);
  }

  private static Reading<Followed> of(Json json) {
    try {
      if (json instanceof Json.Obj object) {
        var note = SignedNote.parse(object.string("checkpoint").orElse("")).orThrow();
        var levels = object.array("edge").orElse(List.of()).stream().map(Followed::level).toList();
        var succession = KeySuccession.parse(object.string("succession").orElse("")).orThrow();
        var grewAt = Instant.ofEpochMilli(object.integer("grewAt").orElse(0L));
        var followed = new Followed(note, levels, succession, grewAt);
        if (Arrays.equals(followed.edge().root(), followed.head().rootBytes())) {
          return new Reading.Read<>(followed);
        }
      }
      return new Reading.Unreadable<>("the edge is not that of the checkpoint");
    } catch (IllegalArgumentException malformed) {
      return new Reading.Unreadable<>(String.valueOf(malformed.getMessage()));
    }
  }

  private static List<byte[]> level(Json json) {
    if (json instanceof Json.Arr(var hashes)) {
      return hashes.stream().map(Followed::hash).toList();
    }
    throw new IllegalArgumentException("a level is not a list");
  }

  private static byte[] hash(Json json) {
    if (json instanceof Json.Str(String text)) {
      byte[] hash = Base64.getDecoder().decode(text);
      if (hash.length == 32) {
        return hash;
      }
    }
    throw new IllegalArgumentException("a hash has 32 bytes in base64");
  }
}
