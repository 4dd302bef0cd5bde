package dejima.server.witness;

import dejima.evidence.NoteKey;
import dejima.evidence.Quorum;
import dejima.evidence.Reading;
import dejima.evidence.VerificationKeys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Which witnesses are asked, and how many must cosign: a C2SP tlog-policy file.
public final class WitnessPolicy {
  private WitnessPolicy() {}

  /// Nobody is asked.
  public static final VerificationKeys NONE =
      new VerificationKeys(List.of(), List.of(), new Quorum.None());

  /// Reads a file.
  ///
  /// @throws IllegalStateException saying what to mend
  public static VerificationKeys read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException unreadable) {
      throw new IllegalStateException(
          "'witnessPolicy': the file " + file + " cannot be read.", unreadable);
    }
    return switch (VerificationKeys.parse(text)) {
      case Reading.Unreadable<VerificationKeys>(String reason) ->
          throw new IllegalStateException("'witnessPolicy': " + reason + ", in " + file);
      case Reading.Read<VerificationKeys>(VerificationKeys policy) -> checked(policy, file);
    };
  }

  private static VerificationKeys checked(VerificationKeys policy, Path file) {
    for (NoteKey key : policy.witnesses()) {
      if (Optional.ofNullable(policy.addresses().get(key)).filter(WitnessPolicy::isWeb).isEmpty()) {
        throw new IllegalStateException(
            "'witnessPolicy': the witness "
                + key.name()
                + " has no http or https address at the end of its line in "
                + file);
      }
    }
    return policy;
  }

  private static boolean isWeb(URI address) {
    return List.of("http", "https").contains(String.valueOf(address.getScheme()))
        && address.getHost() != null;
  }
}
