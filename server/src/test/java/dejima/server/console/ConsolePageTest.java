package dejima.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.residency.LocalText;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConsolePageTest {
  private static final Pattern TEMPLATE =
      Pattern.compile("<template.*?</template>", Pattern.DOTALL);
  private static final String EVIL = "<script>alert(1)</script>\"'onload=x&{{id}}";

  @Test
  void hasEveryWordInBothLanguages() {
    assertThat(Words.in(Language.JA).all().keySet())
        .isEqualTo(Words.in(Language.EN).all().keySet());
    assertThat(Words.in(Language.JA).all().values()).doesNotContain("");
    assertThat(Words.in(Language.EN).all().values()).doesNotContain("");
  }

  @ParameterizedTest
  @EnumSource
  void showsTheWholeStateWithoutAScript(Language language) {
    String page = TEMPLATE.matcher(render(Examples.feed(), language)).replaceAll("");

    assertThat(page)
        .contains("<html lang=\"" + language.tag() + "\">")
        .contains("sakura-ishikari", "softbank-sakai", "azure-japaneast", "us-west")
        .contains(Examples.POLICY.hash())
        .contains(Html.escaped(language.of(Examples.POLICY.notice().orElseThrow())).text())
        .contains("12,345", Examples.treeHead().root())
        .contains("rcpt_00000000000000000000000012", "1,234", "12:00:01")
        .contains("c3-never-declared")
        .doesNotContain("{{", "null");
  }

  @Test
  void speaksJapaneseInJapaneseAndEnglishInEnglish() {
    assertThat(render(Examples.feed(), Language.JA))
        .contains("機密性2", "支配 国内", "申告", "証拠の限界", "石狩", "代役", "実行中", "日本")
        .doesNotContain("in flight", "domestic control", "Schematic of");
    assertThat(render(Examples.feed(), Language.EN))
        .contains(
            "C2", "domestic control", "declared", "Limit of this evidence", "Ishikari", "stand-in")
        .doesNotContain("支配", "申告", "代役", "機密性");
  }

  @ParameterizedTest
  @EnumSource
  void saysThatThereIsNothingYet(Language language) {
    assertThat(render(new LiveFeed(), language))
        .contains(Words.in(language).get("policy.none"))
        .contains(Words.in(language).get("treehead.none"))
        .contains("<tbody id=\"requests\"></tbody>");
  }

  @ParameterizedTest
  @EnumSource
  void showsMarkupFromOutsideAsText(Language language) {
    LiveFeed feed = new LiveFeed();
    feed.requestStarted(Examples.started(EVIL, EVIL, 1));
    feed.refused(Examples.refusal(1, EVIL));

    String page = render(feed, language);

    assertThat(page)
        .doesNotContain("<script>", "\"'onload")
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;onload=x&amp;{{id}}");
  }

  @Test
  void containsNoInlineScriptOrStyleAndNoOtherHost() {
    String page = render(Examples.feed(), Language.JA);

    assertThat(page).doesNotContain("<style", " style=", "javascript:", "http://", "https://");
    Matcher scripts = Pattern.compile("<script[^>]*>(.*?)</script>").matcher(page);
    assertThat(scripts.results().map(result -> result.group(1))).containsExactly("");
    assertThat(page).doesNotContainPattern(" on[a-z]+=\"");
  }

  @Test
  void putsEverySiteWhereItsCountryAndItsNameSay() {
    assertThat(Metro.of(Examples.card(Examples.SAKURA, SiteHealth.UP, 0)))
        .isEqualTo(Metro.ISHIKARI);
    assertThat(Metro.of(Examples.card(Examples.SOFTBANK, SiteHealth.UP, 0))).isEqualTo(Metro.OSAKA);
    assertThat(Metro.of(Examples.card(Examples.AZURE, SiteHealth.UP, 0))).isEqualTo(Metro.TOKYO);
    assertThat(Metro.of(Examples.card(Examples.WEST, SiteHealth.UP, 0))).isEqualTo(Metro.ABROAD);
  }

  @Test
  void putsAGlobalDeploymentWhereItMayRunWhichNobodyKnows() {
    SiteCard card =
        Examples.card(Examples.withSku(Examples.AZURE, "GlobalStandard"), SiteHealth.UP, 0);

    assertThat(Metro.of(card)).isEqualTo(Metro.UNKNOWN);
    LiveFeed feed = new LiveFeed();
    feed.sites(List.of(card));
    assertThat(render(feed, Language.JA)).contains("国不明 <b>ZZ</b>");
  }

  @Test
  void countsTheSitesForWhichTheirPlaceHasNoRoom() {
    LiveFeed feed = new LiveFeed();
    feed.sites(
        IntStream.range(0, 6)
            .mapToObj(i -> Examples.card(Examples.domestic("pool-" + i), SiteHealth.UP, 0))
            .toList());

    String page = render(feed, Language.EN);

    assertThat(page).contains("+3 more</text>", "id=\"site-pool-5\"", "data-site=\"pool-2\"");
    assertThat(page).doesNotContain("data-site=\"pool-3\"");
  }

  @Test
  void saysInWhatASiteContradictsItsRegistration() {
    SiteCard card =
        Examples.contradicted(Examples.SAKURA, new LocalText("国：登録は「JP」", "country is <JP>"));
    LiveFeed feed = new LiveFeed();
    feed.sites(List.of(card));

    assertThat(render(feed, Language.JA)).contains("申告と登録が矛盾", "国：登録は「JP」", "<b>×</b> 矛盾");
    assertThat(render(feed, Language.EN))
        .contains("Contradicted:</b> country is &lt;JP&gt;", "<b>×</b> contradicted");
  }

  private static String render(LiveFeed feed, Language language) {
    return new ConsolePage(language).render(feed, new ConsoleAssets()).text();
  }
}
