package dejima.server.export;

import dejima.audit.Csv;
import dejima.evidence.Json;
import dejima.evidence.LoggedEntry;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// `index.jsonl` and `index.csv`: a line for each request, with what its entry says and the file of
/// its receipt.
final class IndexFiles implements AutoCloseable {
  private static final List<String> COLUMNS =
      List.of(
          "id",
          "at",
          "kind",
          "project",
          "dataClass",
          "model",
          "operation",
          "status",
          "finish",
          "site",
          "inputTokens",
          "outputTokens",
          "durationMs",
          "logIndex",
          "receipt");

  private final BufferedWriter lines;
  private final BufferedWriter table;

  IndexFiles(Path directory) throws IOException {
    this.lines = Files.newBufferedWriter(directory.resolve("index.jsonl"));
    this.table = Files.newBufferedWriter(directory.resolve("index.csv"));
    table.write(Csv.BYTE_ORDER_MARK + Csv.line(COLUMNS));
  }

  /// Adds a request.
  ///
  /// @param receipt the file of its receipt; none if its salt was destroyed
  void add(LoggedEntry end, Optional<String> receipt) throws IOException {
    Json.Obj row = row(end, receipt);
    lines.write(row.canonicalText() + "\n");
    table.write(
        Csv.line(
            COLUMNS.stream().map(column -> text(row.get(column).orElse(Json.of("")))).toList()));
  }

  private static Json.Obj row(LoggedEntry end, Optional<String> receipt) {
    Json.Obj body = end.body();
    Json.Members row =
        Json.object()
            .put("at", Instant.ofEpochMilli(body.integer("time").orElse(0L)).toString())
            .put("logIndex", end.index());
    for (String column : COLUMNS) {
      body.get(column)
          .filter(value -> value instanceof Json.Str || value instanceof Json.Num)
          .filter(_ -> !column.equals("site"))
          .ifPresent(value -> row.put(column, value));
    }
    site(body).ifPresent(site -> row.put("site", site));
    receipt.ifPresent(file -> row.put("receipt", file));
    return row.build();
  }

  private static Optional<String> site(Json.Obj body) {
    List<Json> attempts = body.array("attempts").orElse(List.of());
    return attempts.isEmpty() || !(attempts.getLast() instanceof Json.Obj last)
        ? Optional.empty()
        : last.string("site");
  }

  private static String text(Json value) {
    return value instanceof Json.Str(String plain) ? plain : value.canonicalText();
  }

  @Override
  public void close() throws IOException {
    try (lines) {
      table.close();
    }
  }
}
