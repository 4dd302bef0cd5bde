package dejima.server.http;

import dejima.evidence.EvidenceLog;
import dejima.server.Specimen;
import dejima.server.records.LastRecorded;
import dejima.server.records.NodeRecords;
import java.nio.file.Path;

/// What takes sites' statements in tests, at once and on the thread that asks.
final class Statements {
  private Statements() {}

  static StatementDesk desk(EvidenceLog log, Path directory) {
    return new StatementDesk(
        new NodeRecords(log, Specimen.ids()),
        LastRecorded.in(directory.resolve("recorded.json")),
        Specimen.CLOCK,
        Runnable::run);
  }
}
