package dejima.server.cli;

import dejima.evidence.NoteSecret;
import dejima.evidence.Reading;
import dejima.evidence.SignatureType;
import dejima.evidence.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The private key with which one person signs.
final class SigningKeyOption {
  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "Your private key's file, from 'policy key' or 'register key'.")
  private Path file;

  /// Signs with that key.
  ///
  /// @throws CommandFailed saying why the file holds none that people sign with
  Signer signer() {
    NoteSecret secret = secret();
    if (secret.type() != SignatureType.ED25519) {
      throw unusable("it is a witness's, and people sign with keys of their own");
    }
    return Signer.ed25519(secret);
  }

  private NoteSecret secret() {
    try {
      return switch (NoteSecret.parse(Files.readString(file))) {
        case Reading.Read<NoteSecret>(NoteSecret secret) -> secret;
        case Reading.Unreadable<NoteSecret>(String reason) -> throw unusable(reason);
      };
    } catch (IOException unreadable) {
      throw new CommandFailed("The key file " + file + " cannot be read.");
    }
  }

  private CommandFailed unusable(String reason) {
    return new CommandFailed("The key file " + file + " cannot be used: " + reason + ".");
  }
}
