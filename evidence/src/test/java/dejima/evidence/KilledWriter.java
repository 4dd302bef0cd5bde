package dejima.evidence;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;

/// The process that [KilledLogTest] kills: records requests as fast as it can and says on standard
/// output what it began (`+`) and what the log acknowledged (`i` intent, `o` outcome).
final class KilledWriter {
  private KilledWriter() {}

  /// @param arguments directory and seed
  public static void main(String[] arguments) {
    var log = EvidenceLog.inDirectory(Path.of(arguments[0]), KilledLogTest.SETTINGS);
    var out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
    for (int writer = 0; writer < 4; writer++) {
      long seed = Long.parseLong(arguments[1]) * 10 + writer;
      Thread.ofPlatform().start(() -> write(log, seed, out));
    }
  }

  private static void write(EvidenceLog log, long seed, PrintStream out) {
    var ids = new RequestIds(InstantSource.system(), new Random(seed));
    while (true) {
      String id = ids.next();
      out.println("+" + id);
      var intent = Specimen.record(log, Specimen.intent(id, 1));
      out.println("i" + id);
      Specimen.record(log, Specimen.outcome(id, List.of(intent.bodyHash())));
      out.println("o" + id);
    }
  }
}
