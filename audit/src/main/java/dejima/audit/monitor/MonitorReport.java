package dejima.audit.monitor;

import dejima.audit.LanguageChoice;
import dejima.evidence.Json;
import dejima.evidence.NoteKey;
import dejima.residency.LocalText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/// Says what came of a round: in words, or as a line of JSON.
///
/// @param out where to
/// @param json whether as JSON
/// @param language of the words
record MonitorReport(PrintWriter out, boolean json, LanguageChoice language) {
  /// All is as it must be.
  ///
  /// @param heads how many signed notes agree
  void sound(Followed followed, int heads) {
    var head = followed.head();
    if (json) {
      say(
          Json.object()
              .put("verdict", "sound")
              .put("origin", head.origin())
              .put("size", head.size())
              .put("root", head.root())
              .put("heads", heads)
              .put("keyChanges", followed.succession().steps().size()));
    } else {
      out.println(
          "%s  %s, size %d, root %s; %d signed head(s) agree"
              .formatted(
                  language.line(new LocalText("健全", "sound")),
                  head.origin(),
                  head.size(),
                  head.root(),
                  heads));
    }
  }

  /// The log goes on under other keys, as the ones before said.
  void successors(List<NoteKey> keys) {
    if (json) {
      say(
          Json.object()
              .put("verdict", "key-changed")
              .put("keys", Json.strings(keys.stream().map(NoteKey::text).toList())));
    } else {
      String all = String.join(", ", keys.stream().map(NoteKey::text).toList());
      out.println(
          language.line(
              new LocalText(
                  "鍵の交代：以前の鍵が後継として次の鍵を指名した： " + all,
                  "key changed: the key before named these to follow it: " + all)));
    }
  }

  /// The log misbehaves.
  ///
  /// @param evidence where its signed notes were kept
  void alarm(Alarm alarm, Path evidence) {
    if (json) {
      say(
          Json.object()
              .put("verdict", "alarm")
              .put("kind", alarm.kind().name())
              .put("en", alarm.text().en())
              .put("ja", alarm.text().ja())
              .put("evidence", evidence.toString()));
    } else {
      out.println(language.line(new LocalText("警報", "ALARM")) + "  " + alarm.kind());
      language.of(alarm.text()).forEach(line -> out.println("  " + line));
      out.println("  " + language.line(new LocalText("証拠", "evidence")) + ": " + evidence);
    }
  }

  /// It cannot be judged now.
  void unreachable(String reason) {
    if (json) {
      say(Json.object().put("verdict", "unreachable").put("reason", reason));
    } else {
      out.println(language.line(new LocalText("到達不能", "not reachable")) + "  " + reason);
    }
  }

  private void say(Json.Members members) {
    out.println(members.build().canonicalText());
  }
}
