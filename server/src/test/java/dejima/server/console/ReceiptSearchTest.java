package dejima.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dejima.evidence.Entry;
import dejima.evidence.EvidenceLog;
import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.evidence.LoggedEntry;
import dejima.evidence.RequestIds;
import dejima.server.Specimen;
import dejima.server.console.ReceiptQuery.Understanding;
import dejima.server.console.ReceiptSearch.Found;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReceiptSearchTest {
  private final EvidenceLog log = Specimen.log();
  private final RequestIds ids = Specimen.ids();
  private final ReceiptSearch search = new ReceiptSearch(log);
  private final List<String> all = new ArrayList<>();

  @BeforeEach
  void record() {
    for (int i = 0; i < 60; i++) {
      String id = ids.next();
      all.add(id);
      boolean refused = i % 5 == 0;
      append(id, Kind.INTENT, "t" + i % 3, Json.object().put("model", "m").build());
      append(
          id,
          refused ? Kind.REFUSAL : Kind.OUTCOME,
          "t" + i % 3,
          Json.object()
              .put("model", i % 2 == 0 ? "even" : "odd")
              .put("dataClass", i % 4 == 0 ? "confidentiality-2+personal" : "confidentiality-1")
              .put("attempts", refused ? Json.array(List.of()) : attempts("a" + i % 2, "b"))
              .build());
    }
  }

  @AfterEach
  void close() {
    log.close();
  }

  private static Json attempts(String... sites) {
    return Json.array(
        List.of(sites).stream().<Json>map(s -> Json.object().put("site", s).build()).toList());
  }

  private void append(String id, Kind kind, String tenant, Json.Obj facts) {
    assertThat(log.append(new Entry(id, kind, tenant, facts)).join()).isNotNull();
  }

  @Test
  void findsEveryEntryOnceAndNewestFirstPageByPage() {
    List<String> found = new ArrayList<>();
    Found page = find(Map.of());
    found.addAll(ids(page));
    while (page.below() > 0) {
      assertThat(page.entries()).hasSizeLessThanOrEqualTo(ReceiptSearch.PAGE);
      page = find(Map.of("below", Long.toString(page.below())));
      found.addAll(ids(page));
    }

    assertThat(found).isEqualTo(all.reversed());
  }

  @Test
  void findsOnlyWhatAllFieldsAskFor() {
    assertThat(ids(find(Map.of("kind", "refusal")))).hasSize(12);
    assertThat(find(Map.of("tenant", "t1", "model", "odd")).entries())
        .hasSize(10)
        .allMatch(entry -> entry.body().string("model").orElseThrow().equals("odd"))
        .allMatch(entry -> entry.body().string("tenant").orElseThrow().equals("t1"));
    assertThat(find(Map.of("class", "personal", "kind", "outcome")).entries()).hasSize(12);
    assertThat(find(Map.of("site", "a1", "tenant", "t0")).entries()).hasSize(8);
    assertThat(find(Map.of("site", "nowhere"))).isEqualTo(find(Map.of("model", "none")));
    assertThat(find(Map.of("from", "2030-01-01T00:00")).entries()).isEmpty();
    assertThat(find(Map.of("until", "2020-01-01T00:00")).entries()).isEmpty();
  }

  @Test
  void findsEverythingOfOneId() {
    assertThat(find(Map.of("id", all.get(7))).entries())
        .extracting(entry -> entry.body().string("kind").orElseThrow())
        .containsExactly("outcome", "intent");
  }

  @FuzzTest
  void understandsOrNamesAFieldWhateverIsAsked(byte[] data) {
    String text = new String(data, StandardCharsets.UTF_8);
    for (String field : ReceiptsPage.FIELDS) {
      switch (ReceiptQuery.of(Map.of(field, text))) {
        case Understanding.Understood(ReceiptQuery query) ->
            assertThat(search.find(query).entries()).hasSizeLessThanOrEqualTo(ReceiptSearch.PAGE);
        case Understanding.Mistaken(String mistaken) -> assertThat(mistaken).isEqualTo(field);
      }
    }
  }

  private Found find(Map<String, String> fields) {
    return switch (ReceiptQuery.of(fields)) {
      case Understanding.Understood(ReceiptQuery query) -> search.find(query);
      case Understanding.Mistaken(String field) -> throw new AssertionError(field);
    };
  }

  private static List<String> ids(Found found) {
    return found.entries().stream()
        .map(LoggedEntry::body)
        .map(body -> body.string("id").orElseThrow())
        .toList();
  }
}
