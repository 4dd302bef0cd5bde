package dejima.evidence;

import dejima.evidence.Approvers.Approver;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The people whom a reader trusts to approve, and what. Its file has a line for each key:
///
/// ```
/// approver <vkey> <person>            policies, registers and mirrors
/// policy-approver <vkey> <person>     policies alone
/// register-approver <vkey> <person>   registers and mirrors alone
/// ```
///
/// Empty lines and lines that begin with `#` say nothing. Two of the people must have signed what
/// is to be believed.
///
/// @param policy who approves policy bundles
/// @param register who approves registers and mirrors
public record TrustedApprovers(Approvers policy, Approvers register) {
  private static final int LONGEST = 1 << 16;
  private static final int PARTS = 3;
  private static final String BOTH = "approver";
  private static final String POLICY = "policy-approver";
  private static final String REGISTER = "register-approver";

  /// Reads a file of at most 64 KiB.
  public static Reading<TrustedApprovers> parse(String file) {
    if (file.length() > LONGEST) {
      return new Reading.Unreadable<>("approvers: longer than 64 KiB");
    }
    List<Approver> policy = new ArrayList<>();
    List<Approver> register = new ArrayList<>();
    int number = 0;
    try {
      for (String line : file.split("\r?\n", -1)) {
        number++;
        if (!line.isBlank() && !line.startsWith("#")) {
          read(line, policy, register);
        }
      }
    } catch (IllegalArgumentException refused) {
      return new Reading.Unreadable<>("approvers, line " + number + ": " + refused.getMessage());
    }
    return of(policy, register);
  }

  private static Reading<TrustedApprovers> of(List<Approver> policy, List<Approver> register) {
    try {
      return new Reading.Read<>(
          new TrustedApprovers(new Approvers(policy), new Approvers(register)));
    } catch (IllegalArgumentException twice) {
      return new Reading.Unreadable<>("approvers: " + twice.getMessage());
    }
  }

  private static void read(String line, List<Approver> policy, List<Approver> register) {
    String[] parts = line.strip().split("[ \t]+", PARTS);
    if (parts.length != PARTS || !List.of(BOTH, POLICY, REGISTER).contains(parts[0])) {
      throw new IllegalArgumentException(
          "write approver, policy-approver or register-approver, the key and the person's name");
    }
    Approver approver = new Approver(parts[2], NoteKey.parse(parts[1]).orThrow());
    if (!parts[0].equals(REGISTER)) {
      policy.add(approver);
    }
    if (!parts[0].equals(POLICY)) {
      register.add(approver);
    }
  }

  /// The file that [#parse] reads.
  public String file() {
    return Stream.concat(lines(POLICY, policy), lines(REGISTER, register))
        .collect(Collectors.joining());
  }

  private static Stream<String> lines(String word, Approvers approvers) {
    return approvers.keys().stream()
        .map(one -> word + " " + one.key().text() + " " + one.person() + "\n");
  }
}
