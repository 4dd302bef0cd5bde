package dejima.server.console;

import dejima.residency.DataClass;
import dejima.residency.DataClassReading;
import dejima.server.console.RequestEvent.Finished;
import dejima.server.console.RequestEvent.Started;
import java.util.HashMap;
import java.util.Map;

/// A request as a row of the page's table.
final class RequestView {
  private final Words words;
  private final Template row;

  RequestView(Words words) {
    this.words = words;
    this.row = Template.read("request-row", words);
  }

  Html row(RequestEvent event) {
    Map<String, String> fields = started(event.started());
    switch (event) {
      case Started _ -> fields.putAll(unfinished());
      case Finished finished -> fields.putAll(finished(finished));
    }
    return row.fill(fields);
  }

  /// A data class in the language of these words.
  static String dataClass(DataClass shown, Words words) {
    return switch (words.language()) {
      case JA -> shown.labelJa();
      case EN -> shown.label().replace("confidentiality-", "C").replace("+", " + ");
    };
  }

  /// The class of a label in the language of these words; the label itself where it is none.
  static String dataClass(String label, Words words) {
    return switch (DataClass.read(label)) {
      case DataClassReading.Read(DataClass read) -> dataClass(read, words);
      case DataClassReading.Unreadable _ -> ScreenText.of(label);
    };
  }

  private Map<String, String> started(Started request) {
    String kind = words.get("kind", request.kind().word());
    Map<String, String> fields = new HashMap<>();
    fields.put("id", request.id());
    fields.put("idShort", Figures.shortened(request.id(), 0, 7));
    fields.put("iso", Figures.iso(request.time()));
    fields.put("time", Figures.clock(request.time()));
    fields.put("level", Integer.toString(request.dataClass().level().level()));
    fields.put("classId", request.dataClass().label());
    fields.put("dataClass", dataClass(request.dataClass(), words));
    fields.put("tenant", request.tenant());
    fields.put("project", request.project());
    fields.put("model", request.model());
    fields.put("kind", request.stream() ? kind + " · " + words.get("kind.stream") : kind);
    fields.put("site", request.site());
    return fields;
  }

  private Map<String, String> unfinished() {
    return Map.of(
        "phase", "started",
        "inputTokens", Figures.UNKNOWN,
        "outputTokens", Figures.UNKNOWN,
        "first", Figures.UNKNOWN,
        "total", Figures.UNKNOWN,
        "finish", "running",
        "finishText", words.get("finish.running"));
  }

  private Map<String, String> finished(Finished request) {
    return Map.of(
        "phase", "finished",
        "inputTokens", Figures.count(request.inputTokens()),
        "outputTokens", Figures.count(request.outputTokens()),
        "first", Figures.ms(request.firstTokenMs()),
        "total", Figures.ms(request.ms()),
        "finish", request.finish(),
        "finishText", words.get("finish", request.finish()));
  }
}
