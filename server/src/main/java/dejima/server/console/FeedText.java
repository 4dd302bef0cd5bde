package dejima.server.console;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dejima.residency.LocalText;
import dejima.residency.Rule;
import dejima.residency.SiteDecision;
import dejima.server.console.RequestEvent.Finished;
import dejima.server.console.RequestEvent.Started;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// The events of the feed as text: a name and one line of JSON each (WHATWG HTML, server-sent
/// events). A number that is not known is `null`.
final class FeedText {
  private static final JsonFactory JSON = new JsonFactory();

  private FeedText() {}

  static String sites(List<SiteCard> cards) {
    return event(
        "sites",
        json -> {
          json.writeArrayFieldStart("sites");
          for (SiteCard card : cards) {
            site(json, card);
          }
          json.writeEndArray();
        });
  }

  static String request(RequestEvent event) {
    return event(
        "request",
        json -> {
          started(json, event.started());
          switch (event) {
            case Started _ -> json.writeStringField("phase", "started");
            case Finished finished -> finished(json, finished);
          }
        });
  }

  static String refusal(RefusalEvent refusal) {
    return event(
        "refusal",
        json -> {
          json.writeStringField("id", refusal.id());
          json.writeNumberField("time", refusal.time().toEpochMilli());
          json.writeStringField("tenant", refusal.tenant());
          json.writeStringField("project", refusal.project());
          json.writeStringField("dataClass", refusal.dataClass().label());
          json.writeStringField("dataClassJa", refusal.dataClass().labelJa());
          json.writeStringField("model", refusal.model());
          json.writeNumberField("status", refusal.status());
          local(json, "reason", refusal.reason());
          json.writeArrayFieldStart("decisions");
          for (SiteDecision decision : refusal.decisions()) {
            decision(json, decision);
          }
          json.writeEndArray();
        });
  }

  static String treeHead(TreeHeadCard head) {
    return event(
        "treehead",
        json -> {
          json.writeStringField("origin", head.origin());
          json.writeNumberField("size", head.size());
          json.writeStringField("root", head.root());
          json.writeNumberField("time", head.time().toEpochMilli());
        });
  }

  static String policy(PolicyCard policy) {
    return event(
        "policy",
        json -> {
          json.writeStringField("id", policy.id());
          json.writeStringField("version", policy.version());
          json.writeStringField("hash", policy.hash());
          local(json, "title", policy.title());
          local(json, "notice", policy.notice().orElse(new LocalText("", "")));
        });
  }

  static String totals(FeedTotals totals) {
    return event(
        "totals",
        json -> {
          json.writeNumberField("finished", totals.finished());
          json.writeNumberField("running", totals.running());
          json.writeNumberField("refused", totals.refused());
        });
  }

  private static void started(JsonGenerator json, Started request) throws IOException {
    json.writeStringField("id", request.id());
    json.writeNumberField("time", request.time().toEpochMilli());
    json.writeStringField("tenant", request.tenant());
    json.writeStringField("project", request.project());
    json.writeStringField("dataClass", request.dataClass().label());
    json.writeStringField("dataClassJa", request.dataClass().labelJa());
    json.writeStringField("model", request.model());
    json.writeStringField("kind", request.kind().word());
    json.writeStringField("site", request.site());
    json.writeBooleanField("stream", request.stream());
  }

  private static void finished(JsonGenerator json, Finished request) throws IOException {
    json.writeStringField("phase", "finished");
    number(json, "inputTokens", request.inputTokens());
    number(json, "outputTokens", request.outputTokens());
    number(json, "ms", OptionalDouble.of(request.ms()));
    number(json, "firstTokenMs", request.firstTokenMs());
    json.writeStringField("finish", request.finish());
  }

  private static void site(JsonGenerator json, SiteCard card) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", card.facts().id());
    json.writeStringField("operator", card.facts().operator());
    json.writeStringField("metro", Metro.of(card).key());
    local(json, "place", Metro.of(card).title());
    json.writeStringField("country", card.facts().country().code());
    json.writeStringField("control", card.facts().control().word());
    json.writeStringField("evidence", card.facts().evidence().sign());
    local(json, "evidenceLabel", card.facts().evidence().label());
    local(json, "notProved", card.facts().evidence().notProved());
    json.writeStringField("statement", card.standing().word());
    local(json, "fault", card.standing().fault());
    json.writeBooleanField("standIn", card.standIn());
    json.writeStringField("sku", card.facts().sku());
    json.writeStringField("health", card.health().word());
    json.writeArrayFieldStart("models");
    for (String model : card.models()) {
      json.writeString(model);
    }
    json.writeEndArray();
    json.writeNumberField("inFlight", card.inFlight());
    json.writeNumberField("capacity", card.capacity());
    number(json, "latencyMs", card.latencyMs());
    permits(json, card.permits());
    json.writeEndObject();
  }

  private static void permits(JsonGenerator json, List<ClassDecision> permits) throws IOException {
    json.writeObjectFieldStart("permits");
    for (ClassDecision permit : permits) {
      json.writeBooleanField(permit.label(), permit.decision().permits());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("matrix");
    for (ClassDecision permit : permits) {
      json.writeStartObject();
      json.writeStringField("dataClass", permit.label());
      json.writeBooleanField("permits", permit.decision().permits());
      local(json, "title", permit.title());
      local(json, "reason", permit.decision().reason());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void decision(JsonGenerator json, SiteDecision decision) throws IOException {
    json.writeStartObject();
    json.writeStringField("site", decision.site().id());
    json.writeStringField("effect", decision.decision().effect().word());
    json.writeArrayFieldStart("rules");
    for (Rule rule : decision.decision().deciding()) {
      json.writeStartObject();
      json.writeStringField("id", rule.id());
      json.writeStringField("titleEn", rule.titleEn());
      json.writeStringField("titleJa", rule.titleJa());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void local(JsonGenerator json, String name, LocalText text) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("en", text.en());
    json.writeStringField("ja", text.ja());
    json.writeEndObject();
  }

  private static void number(JsonGenerator json, String name, OptionalLong value)
      throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(name, value.getAsLong());
    } else {
      json.writeNullField(name);
    }
  }

  private static void number(JsonGenerator json, String name, OptionalDouble value)
      throws IOException {
    if (value.isPresent() && Double.isFinite(value.getAsDouble())) {
      json.writeNumberField(name, Math.round(value.getAsDouble() * 10) / 10.0);
    } else {
      json.writeNullField(name);
    }
  }

  private static String event(String name, Fields fields) {
    StringWriter text = new StringWriter();
    text.append("event: ").append(name).append("\ndata: ");
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter does not fail", e);
    }
    return text.append("\n\n").toString();
  }

  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }
}
