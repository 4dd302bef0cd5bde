package dejima.audit.witness;

import dejima.evidence.Checkpoint;
import dejima.evidence.NoteKey;
import dejima.evidence.Reading;
import dejima.evidence.SignedNote;
import dejima.evidence.tree.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The latest checkpoint of each log, one file for each, named by the hash of its origin. What was
/// once kept here outlives the machine; a file holds the old checkpoint or the new one.
final class Memory {
  private final Path folder;

  /// @param folder which this process owns alone
  Memory(Path folder) {
    this.folder = folder;
  }

  /// The latest checkpoint with its cosignatures.
  ///
  /// @throws IllegalStateException if the file is damaged: a witness that has forgotten must not
  ///   sign
  Optional<SignedNote> latest(String origin) {
    var file = file(origin);
    try {
      return Files.exists(file)
          ? Optional.of(read(file, Files.readString(file), origin))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SignedNote read(Path file, String text, String origin) {
    var note =
        SignedNote.parse(text)
            .then(read ->
                Checkpoint.parseExtended(read.text())
                    .then(head ->
                        head.origin().equals(origin)
                            ? new Reading.Read<>(read)
                            : new Reading.Unreadable<SignedNote>("it is about another log")));
    return switch (note) {
      case Reading.Read<SignedNote>(SignedNote read) -> read;
      case Reading.Unreadable<SignedNote>(String reason) ->
          throw new IllegalStateException(
              "The witness's record "
                  + file
                  + " is damaged ("
                  + reason
                  + "). Restore it: without it this witness would sign a second history.");
    };
  }

  /// Whether no log was seen yet.
  boolean isEmpty() {
    return notes().isEmpty();
  }

  /// Whether one of the latest checkpoints carries a cosignature by this key.
  boolean holdsSignatureBy(NoteKey key) {
    return notes().stream()
        .flatMap(note -> note.signatures().stream())
        .anyMatch(line -> line.isBy(key));
  }

  private List<SignedNote> notes() {
    try (var files = Files.list(folder)) {
      var notes = new ArrayList<SignedNote>();
      for (Path file : files.filter(one -> !one.toString().endsWith(".draft")).toList()) {
        SignedNote.parse(Files.readString(file)).toOptional().ifPresent(notes::add);
      }
      return notes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Keeps a checkpoint in place of the one before; when this returns, it is on the disk.
  void keep(String origin, SignedNote checkpoint) {
    var file = file(origin);
    var draft = folder.resolve(file.getFileName() + ".draft");
    try {
      try (var channel =
          FileChannel.open(
              draft,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        var bytes = ByteBuffer.wrap(checkpoint.noteText().getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      try (var names = FileChannel.open(folder, StandardOpenOption.READ)) {
        names.force(true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String origin) {
    return folder.resolve(name(origin));
  }

  /// The hexadecimal SHA-256 of the origin, as paths of the monitoring interface have it.
  static String name(String origin) {
    return Sha256.hex(origin.getBytes(StandardCharsets.UTF_8));
  }
}
