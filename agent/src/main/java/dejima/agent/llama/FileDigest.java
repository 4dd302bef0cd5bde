package dejima.agent.llama;

import dejima.agent.EngineUnavailable;
import dejima.evidence.tree.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/// The digest by which a model file is known: `sha256:` and hex.
final class FileDigest {
  private FileDigest() {}

  /// Reads the whole file.
  ///
  /// @throws EngineUnavailable if it cannot be read
  static String of(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest sha256 = Sha256.digest();
      in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), sha256));
      return "sha256:" + HexFormat.of().formatHex(sha256.digest());
    } catch (IOException failure) {
      throw new EngineUnavailable("the model " + file + " cannot be read", failure);
    }
  }
}
