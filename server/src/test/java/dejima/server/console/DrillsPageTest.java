package dejima.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.evidence.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DrillsPageTest {
  private final ConsoleSources sources = Evidenced.of(new LiveFeed());

  @Test
  void showsWhatIsLeftWithoutHomeAndHowLongTheSwitchTook() {
    String page = draw(Language.EN, sources.drills().get(), sources.lastDrill().get());

    assertThat(page)
        .contains("Some work would have nowhere to go", "1,204", "38.4 ms", "48,211", "115 %")
        .contains("softbank-sakai: confidentiality 3 needs evidence level E3")
        .contains("data-strands=\"true\"", "data-over=\"true\"")
        .contains("2026-11-21 18:12:00", "/receipts?id=rcpt_01KTQ0000000000000000000DR");
    assertThat(draw(Language.JA, sources.drills().get(), sources.lastDrill().get()))
        .contains("行き場を失う仕事があります", "softbank-sakai: 機密性3には証拠水準E3が必要", "予約容量はありません");
  }

  @Test
  void saysThatNoneWasHeld() {
    assertThat(draw(Language.EN, List.of(), Optional.empty()))
        .contains("No drill has been held yet.");
  }

  @Test
  void showsAnUnfinishedSwitchAsUnknownAndMarkupAsText() {
    Json.Obj drill =
        Json.object()
            .put("operator", "<b>gone</b>")
            .put("strands", false)
            .put("switches", Json.array(List.of(Json.object().put("model", "m").build())))
            .build();

    assertThat(draw(Language.EN, List.of(drill), Optional.of(drill)))
        .contains("&lt;b&gt;gone&lt;/b&gt;", "All work keeps a permitted site")
        .doesNotContain("<b>gone", " ms</td>");
  }

  private static String draw(Language language, List<Json.Obj> drills, Optional<Json.Obj> last) {
    return new DrillsPage(Words.in(language)).content(drills, last).main().text();
  }
}
