package dejima.server.cli;

import dejima.evidence.Approvers;
import dejima.evidence.Reading;
import dejima.evidence.SignedNote;
import dejima.evidence.Signer;
import dejima.server.files.DurableFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A text under which several people put their signatures, one after another, in one note.
///
/// @param text what is signed
/// @param present the note as it was found, if there is one; one of another text counts for nothing
/// @param file where the note belongs
record SharedNote(String text, Optional<String> present, Path file) {
  /// Adds a signature, durably, and says what was signed and how many have.
  ///
  /// @throws CommandFailed if this key has signed already, or the file cannot be written
  void sign(Signer signer, PrintWriter out) {
    SignedNote note = signed(signer);
    try {
      Files.createDirectories(file.resolveSibling(""));
      DurableFile.replace(file, note.noteText());
    } catch (IOException failed) {
      throw new CommandFailed("The signature cannot be written to " + file + ".");
    }
    out.print(text);
    out.println("signatures: " + note.signatures().size() + " of " + Approvers.NEEDED);
    out.flush();
  }

  private SignedNote signed(Signer signer) {
    return present
        .flatMap(note -> SignedNote.parse(note).toOptional())
        .filter(note -> note.text().equals(text))
        .map(note -> added(note, signer))
        .orElseGet(() -> Approvers.sign(text, signer));
  }

  private static SignedNote added(SignedNote note, Signer signer) {
    return switch (Approvers.addSignature(note, signer)) {
      case Reading.Read<SignedNote>(SignedNote signed) -> signed;
      case Reading.Unreadable<SignedNote>(String reason) ->
          throw new CommandFailed("Nothing was signed: " + reason + ".");
    };
  }
}
