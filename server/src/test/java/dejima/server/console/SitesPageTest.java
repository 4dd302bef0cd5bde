package dejima.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.gateway.GroundEntry;
import dejima.gateway.SiteState;
import dejima.residency.LocalText;
import dejima.residency.SiteGrounds;
import dejima.residency.SiteGrounds.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SitesPageTest {
  private static final Instant NOW = Examples.NOON;
  private final SiteState site = new SiteState(Examples.SAKURA, "sha256/pin", () -> NOW);

  @Test
  void saysUntilWhenTheLevelAndEachGroundCount() {
    ground(Duration.ofDays(40), Duration.ofMinutes(9));

    String page = draw(Language.EN, Optional.empty());

    assertThat(page)
        .contains("<b>E2</b> measured", "9 min 0 s left", "40 d 0 h left")
        .contains("does not exclude a relay inside Japan to a computer abroad")
        .contains("/receipts?id=rcpt_1", "sha256 aGFzaA==");
    assertThat(draw(Language.JA, Optional.empty())).contains("実測", "残り 9分0秒", "残り 40日0時間");
  }

  @Test
  void saysWhichGroundsAreMissingOrEnded() {
    ground(Duration.ofDays(40), Duration.ofSeconds(-1));

    assertThat(draw(Language.EN, Optional.empty()))
        .contains("<b>E1</b> attributed", "data-state=\"ended\"", "data-state=\"missing\"");
  }

  @Test
  void saysWhatContradictsASite() {
    site.ground(
        Source.LOCATION,
        grounds -> grounds.contradicted(Source.LOCATION, List.of(new LocalText("光", "<light>"))),
        List.of());

    assertThat(draw(Language.EN, Optional.empty()))
        .contains("<b>location</b> &lt;light&gt;", "data-evidence=\"×\"");
  }

  @Test
  void drawsEachRoundTripAsADiscToScale() {
    String page = draw(Language.EN, Optional.of(located(2.0, 4.0)));

    double small = radius(page, 0);
    double large = radius(page, 1);
    assertThat(large / small).isBetween(606.6 / 306.8 - 0.01, 606.6 / 306.8 + 0.01);
    assertThat(page)
        .contains("306.8", "606.6", "one &lt;KK&gt;", "2.000", "proved (not on foreign land)");
  }

  private static double radius(String page, int which) {
    Matcher found = Pattern.compile("class=\"reach\"[^>]* r=\"([0-9.]+)\"").matcher(page);
    return found
        .results()
        .skip(which)
        .map(one -> Double.valueOf(one.group(1)))
        .findFirst()
        .orElseThrow();
  }

  private static Json.Obj located(double first, double second) {
    return Json.object()
        .put("declared", place(43.17, 141.31))
        .put("proof", "PROVED")
        .put("reason", text())
        .put("landmarks", Json.array(List.of(seen("one <KK>", first), seen("two KK", second))))
        .build();
  }

  private static Json seen(String person, double ms) {
    return Json.object()
        .put("id", "landmark")
        .put("person", person)
        .putAll(place(43.06, 141.35))
        .put("verdict", "PROVED")
        .put("reason", text())
        .put("roundTripMs", Json.of(ms))
        .put("radiusKm", Json.of(Math.round(ms * 1498.96229) / 10.0))
        .put("secondsAgo", 61)
        .build();
  }

  private static Json.Obj text() {
    return Json.object().put("ja", "").put("en", "").build();
  }

  private static Json.Obj place(double latitude, double longitude) {
    return Json.object()
        .put("latitude", Json.of(latitude))
        .put("longitude", Json.of(longitude))
        .build();
  }

  private void ground(Duration attributed, Duration measured) {
    site.ground(
        Source.REGISTER,
        grounds -> grounds.attributed(Optional.of(NOW.plus(attributed))),
        List.of());
    site.ground(
        Source.LOCATION,
        grounds ->
            grounds.measured(
                Optional.of(new SiteGrounds.Measured(NOW.minusSeconds(60), NOW.plus(measured)))),
        List.of(new GroundEntry(Kind.LOCATION, "rcpt_1", "aGFzaA==")));
  }

  private String draw(Language language, Optional<Json.Obj> located) {
    return new SitesPage(Words.in(language))
        .content(List.of(site), _ -> located, NOW)
        .main()
        .text();
  }
}
