package dejima.server.export;

import dejima.evidence.Json;
import dejima.evidence.LoggedEntry;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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
    // Spreadsheets take UTF-8 for it only behind a byte order mark.
    table.write("\uFEFF" + String.join(",", COLUMNS) + "\r\n");
  }

  /// Adds a request.
  ///
  /// @param receipt the file of its receipt; none if its salt was destroyed
  void add(LoggedEntry end, Optional<String> receipt) throws IOException {
    Json.Obj row = row(end, receipt);
    lines.write(row.canonicalText() + "\n");
    table.write(
        COLUMNS.stream()
                .map(column -> cell(row.get(column).orElse(Json.of(""))))
                .collect(Collectors.joining(","))
            + "\r\n");
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

  /// RFC 4180; what a spreadsheet would take for a formula is led by an apostrophe.
  private static String cell(Json value) {
    String text = value instanceof Json.Str(String plain) ? plain : value.canonicalText();
    String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? '"' + safe.replace("\"", "\"\"") + '"'
        : safe;
  }

  @Override
  public void close() throws IOException {
    try (lines) {
      table.close();
    }
  }
}
