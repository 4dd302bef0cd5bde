package dejima.audit.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dejima.evidence.KeySuccession;
import dejima.evidence.NoteSecret;
import dejima.evidence.Signer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A monitor that trusts one key of a log, while the log goes on to others.
final class SuccessorsTest {
  private static final NoteSecret NEXT = NoteSecret.generate("log.example/a", new Random(7));
  private static final NoteSecret THIEF = NoteSecret.generate("log.example/a", new Random(8));
  private static final KeySuccession NONE = new KeySuccession(List.of());
  private static final Signer OLD = Signer.ed25519(ServedLog.SECRET);

  @TempDir private Path folder;

  private ServedLog log() {
    return new ServedLog(folder.resolve("log"), 1);
  }

  private ServedLog giving() {
    return new ServedLog(folder.resolve("log"), 2, NEXT, List.of(OLD));
  }

  private ServedLog changed() {
    return new ServedLog(folder.resolve("log"), 3, NEXT, List.of());
  }

  private static void serve(ServedLog log, KeySuccession succession) {
    log.replace("succession", succession.file().getBytes(UTF_8));
  }

  private static Monitor.Round round(ServedLog log, Optional<Followed> before) {
    return new Monitor(
            log, Map.of(), ServedLog.KEYS, Optional.empty(), Optional.empty(), ServedLog.CLOCK)
        .round(before);
  }

  private static Optional<Followed> sound(Monitor.Round round) {
    assertThat(round).isInstanceOf(Monitor.Round.Sound.class);
    String text = ((Monitor.Round.Sound) round).followed().text();
    return Optional.of(Followed.parse(text.getBytes(UTF_8)).orThrow());
  }

  private static void alarmed(Monitor.Round round, Alarm.Kind kind) {
    assertThat(round).isInstanceOf(Monitor.Round.Alarmed.class);
    assertThat(((Monitor.Round.Alarmed) round).alarm().kind()).isEqualTo(kind);
  }

  /// The log's keys have changed, and the monitor has followed from the old one to the new one.
  private Optional<Followed> followedToTheNewKey() {
    Optional<Followed> before;
    try (ServedLog log = log().grow(3)) {
      before = sound(round(log, Optional.empty()));
    }
    KeySuccession succession = NONE.followedBy(OLD, NEXT.key());
    try (ServedLog log = giving().grow(3)) {
      serve(log, succession);
      before = sound(round(log, before));
    }
    try (ServedLog log = changed().grow(3)) {
      serve(log, succession);
      return sound(round(log, before));
    }
  }

  @Test
  void followsFromAKeyToTheNextWithoutAnAlarm() {
    assertThat(followedToTheNewKey().orElseThrow().succession().steps()).hasSize(1);
  }

  @Test
  void takesNoKeyThatTheOneBeforeDidNotName() {
    try (ServedLog log = log().grow(3)) {
      sound(round(log, Optional.empty()));
    }
    try (ServedLog log = giving().grow(1)) {
      sound(round(log, Optional.empty()));
    }
    try (ServedLog log = changed().grow(3)) {
      alarmed(round(log, Optional.empty()), Alarm.Kind.SIGNATURE);
      serve(log, NONE.followedBy(Signer.ed25519(THIEF), NEXT.key()));
      alarmed(round(log, Optional.empty()), Alarm.Kind.SIGNATURE);
      log.replace("succession", "AAAA\n".getBytes(UTF_8));
      alarmed(round(log, Optional.empty()), Alarm.Kind.SUCCESSION);
    }
  }

  @Test
  void seesASuccessionThatIsToldOtherwiseThanBefore() {
    Optional<Followed> before = followedToTheNewKey();
    try (ServedLog log = changed().grow(1)) {
      serve(log, NONE);
      alarmed(round(log, before), Alarm.Kind.SUCCESSION);
      serve(log, NONE.followedBy(OLD, THIEF.key()));
      alarmed(round(log, before), Alarm.Kind.SUCCESSION);
    }
  }

  @Test
  void seesAKeyThatNamesTwoToFollowIt() {
    KeySuccession both = NONE.followedBy(OLD, NEXT.key()).followedBy(OLD, THIEF.key());
    try (ServedLog log = log().grow(1)) {
      serve(log, both);
      alarmed(round(log, Optional.empty()), Alarm.Kind.SUCCESSION);
    }
  }

  @Test
  void refusesAHeadThatOnlyTheKeyBeforeSigned() {
    Optional<Followed> before = followedToTheNewKey();
    try (ServedLog log = changed().grow(1)) {
      serve(log, NONE.followedBy(OLD, NEXT.key()));
      String head = new String(log.required("checkpoint"), UTF_8);
      String text = head.substring(0, head.indexOf("\n\n") + 1);
      String stolen = dejima.evidence.SignedNote.sign(text, OLD).noteText();
      log.replace("checkpoint", stolen.getBytes(UTF_8));
      alarmed(round(log, before), Alarm.Kind.SUCCESSION);
      sound(round(log, Optional.empty()));
    }
  }
}
