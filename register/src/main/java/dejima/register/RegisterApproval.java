package dejima.register;

import dejima.evidence.Approvers;
import dejima.evidence.Reading;
import dejima.evidence.SignedNote;

/// The note by which two people put a version of a register in force.
public final class RegisterApproval {
  private RegisterApproval() {}

  /// The text that they sign: `dejima register`, name, version, hash, and the hash of the version
  /// before or `-`, each on its line.
  public static String text(Register register) {
    RegisterHead head = register.head();
    return "dejima register\n"
        + head.name()
        + "\nversion "
        + head.version()
        + "\nsha256 "
        + register.hash()
        + "\nprevious "
        + (head.previous().isEmpty() ? "-" : head.previous())
        + "\n";
  }

  /// Where in the directory the note lies.
  public static String path() {
    return RegisterReader.APPROVAL;
  }

  /// Whether two of the approvers signed exactly this version.
  public static Approvers.Verdict judge(Register register, Approvers approvers) {
    if (register.approval().isEmpty()) {
      return new Approvers.Verdict.Lacking(
          "nobody has signed it; two people must, with 'dejima register sign'");
    }
    return switch (SignedNote.parse(register.approval().get())) {
      case Reading.Unreadable<SignedNote>(String reason) ->
          new Approvers.Verdict.Lacking(RegisterReader.APPROVAL + ": " + reason);
      case Reading.Read<SignedNote>(SignedNote note) ->
          note.text().equals(text(register))
              ? approvers.judge(note)
              : new Approvers.Verdict.Lacking(
                  RegisterReader.APPROVAL
                      + " is about another version or another text; the register was changed after"
                      + " it was signed");
    };
  }

  /// Whether a version may follow another one.
  ///
  /// @param before the version in force
  public static Reading<Register> follow(Register before, Register next) {
    RegisterHead old = before.head();
    RegisterHead head = next.head();
    if (!head.name().equals(old.name())) {
      return new Reading.Unreadable<>(
          "it is the register '" + head.name() + "', and '" + old.name() + "' is in force");
    }
    if (next.hash().equals(before.hash())) {
      return new Reading.Read<>(next);
    }
    if (head.version() != old.version() + 1) {
      return new Reading.Unreadable<>(
          "it is version "
              + head.version()
              + ", and version "
              + old.version()
              + " is in force; the next is "
              + (old.version() + 1));
    }
    return head.previous().equals(before.hash())
        ? new Reading.Read<>(next)
        : new Reading.Unreadable<>(
            "it follows " + head.previous() + ", and " + before.hash() + " is in force");
  }
}
