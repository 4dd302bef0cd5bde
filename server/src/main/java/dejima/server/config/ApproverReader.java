package dejima.server.config;

import dejima.evidence.Approvers;
import dejima.evidence.Approvers.Approver;
import dejima.evidence.NoteKey;
import java.util.ArrayList;
import java.util.List;

/// Reads who may approve a change, of whom two must.
///
/// @param list the key of the list
/// @param name the key of a person's name
/// @param command what makes a person's key
record ApproverReader(String list, String name, String command) {
  /// Those who approve policies.
  static final ApproverReader POLICY =
      new ApproverReader("policyApprovers", "person", "dejima policy key NAME");

  /// Those who approve registers, and mirrors of reference values.
  static final ApproverReader REGISTER =
      new ApproverReader("registerApprovers", "name", "dejima register key NAME");

  /// Reads the list.
  Approvers read(ConfigSection root) {
    List<Approver> approvers = new ArrayList<>();
    for (ConfigSection section : root.sections(list)) {
      String person = section.text(name);
      section
          .read("key", text -> new Approver(person, NoteKey.parse(text).orThrow()))
          .ifPresent(approvers::add);
      if (!section.has("key")) {
        section.mistake("key", "is missing; '" + command + "' makes one");
      }
      section.close();
    }
    try {
      return new Approvers(approvers);
    } catch (IllegalArgumentException twice) {
      root.mistake(list, String.valueOf(twice.getMessage()));
      return new Approvers(List.of());
    }
  }

  /// Notes a mistake unless there are enough people.
  void requireEnough(ConfigSection root, Approvers approvers) {
    if (approvers.people() < Approvers.NEEDED) {
      root.mistake(list, "must name at least two different people, each with a key");
    }
  }
}
