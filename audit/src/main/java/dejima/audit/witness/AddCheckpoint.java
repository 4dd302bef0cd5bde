package dejima.audit.witness;

import dejima.evidence.Reading;
import dejima.evidence.SignedNote;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// The body of an `add-checkpoint` request: old size, consistency proof, empty line, checkpoint.
///
/// @param oldSize size of the tree that the sender believes to be the latest one seen
/// @param proof base64 hashes, at most 63
/// @param checkpoint the signed note
record AddCheckpoint(long oldSize, List<String> proof, SignedNote checkpoint) {
  /// What a request with 63 hashes and a dozen post-quantum signatures needs.
  static final int MAX_BYTES = 1 << 16;

  private static final int MAX_PROOF = 63;
  private static final Pattern OLD_SIZE = Pattern.compile("old (0|[1-9][0-9]{0,18})");

  AddCheckpoint {
    proof = List.copyOf(proof);
  }

  List<byte[]> hashes() {
    return proof.stream().map(Base64.getDecoder()::decode).toList();
  }

  /// Reads a body strictly: each request has one form.
  static Reading<AddCheckpoint> parse(byte[] body) {
    if (body.length > MAX_BYTES) {
      return new Reading.Unreadable<>("the request is longer than 64 KiB");
    }
    try {
      return parse(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException e) {
      return new Reading.Unreadable<>("the request is not UTF-8");
    }
  }

  private static Reading<AddCheckpoint> parse(String text) {
    int blank = text.indexOf("\n\n");
    if (blank < 0) {
      return new Reading.Unreadable<>("there is no empty line before the checkpoint");
    }
    var lines = List.of(text.substring(0, blank).split("\n", -1));
    var old = OLD_SIZE.matcher(lines.getFirst());
    if (!old.matches()) {
      return new Reading.Unreadable<>("the first line is not 'old' and a size");
    }
    var proof = lines.subList(1, lines.size());
    if (proof.size() > MAX_PROOF || !proof.stream().allMatch(AddCheckpoint::isHash)) {
      return new Reading.Unreadable<>("the proof is not at most 63 hashes in base64");
    }
    try {
      long size = Long.parseLong(old.group(1));
      return SignedNote.parse(text.substring(blank + 2))
          .then(note -> new Reading.Read<>(new AddCheckpoint(size, proof, note)));
    } catch (NumberFormatException e) {
      return new Reading.Unreadable<>("the old size is larger than any tree");
    }
  }

  private static boolean isHash(String line) {
    try {
      byte[] hash = Base64.getDecoder().decode(line);
      return hash.length == 32 && Base64.getEncoder().encodeToString(hash).equals(line);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// The body.
  String text() {
    var text = new StringBuilder("old ").append(oldSize).append('\n');
    proof.forEach(hash -> text.append(hash).append('\n'));
    return text.append('\n').append(checkpoint.noteText()).toString();
  }
}
