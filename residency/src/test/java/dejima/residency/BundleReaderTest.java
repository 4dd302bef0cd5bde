package dejima.residency;

import static dejima.residency.Bundles.HEAD;
import static dejima.residency.Bundles.files;
import static dejima.residency.Bundles.problems;
import static dejima.residency.Bundles.rule;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dejima.residency.BundleReading.Loaded;
import dejima.residency.BundleReading.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BundleReaderTest {

  @Test
  void reportsAllMistakesOfAllFilesAtOnce() {
    Map<String, String> files = new HashMap<>();
    files.put(
        "bundle.properties", "id=Test Bundle\nversion=1\ncolour=red\ntitle.ja=試験\nnonsense\n");
    files.put(
        "rules/a.cel", rule("a", "allow", "request.persnal").replace("// basis.ja", "// bases.ja"));
    files.put("rules/b.cel", rule("b", "forbid", "destination.evidence >\n  1.5 && 'x'"));
    files.put("rules/c.cel", rule("b-2", "forbid", "destination.evidence"));
    files.put("rules/d.cel", rule("d", "forbid", "true &&"));
    files.put("rules/e.cel", rule("e", "permit", "true"));
    files.put("rules/f.cel", rule("e", "permit", "true"));
    files.put("rules/sub/g.cel", "true");
    files.put("README.md", "read me");

    List<String> problems = problems(PolicyBundle.of(files));

    assertThat(problems)
        .satisfiesExactly(
            p -> assertThat(p).startsWith("README.md:1:1: has no place in a bundle"),
            p -> assertThat(p).isEqualTo("bundle.properties:1:1: the key 'title.en' is missing"),
            p -> assertThat(p).startsWith("bundle.properties:1:1: an id has small letters"),
            p -> assertThat(p).startsWith("bundle.properties:3:1: unknown key 'colour'; known are"),
            p -> assertThat(p).isEqualTo("bundle.properties:5:1: expected a key, '=' and a value"),
            p -> assertThat(p).isEqualTo("rules/a.cel:1:1: the key 'basis.ja' is missing"),
            p -> assertThat(p).isEqualTo("rules/a.cel:2:4: the effect is 'forbid' or 'permit'"),
            p -> assertThat(p).startsWith("rules/a.cel:5:4: unknown key 'bases.ja'"),
            p -> assertThat(p).startsWith("rules/a.cel:10:1: request has no field 'persnal'"),
            p -> assertThat(p).startsWith("rules/b.cel:10:22: found no matching overload"),
            p -> assertThat(p).startsWith("rules/b.cel:11:3: only bool, int and string"),
            p -> assertThat(p).startsWith("rules/b.cel:11:7: found no matching overload"),
            p -> assertThat(p).endsWith("a condition is true or false; this one gives int"),
            p -> assertThat(p).startsWith("rules/d.cel:11:1: mismatched input"),
            p -> assertThat(p).isEqualTo("rules/f.cel:1:1: the id 'e' is taken by rules/e.cel"),
            p -> assertThat(p).startsWith("rules/sub/g.cel:1:1: has no place in a bundle"));
  }

  @Test
  void refusesABundleWithoutHeadOrRules() {
    assertThat(problems(PolicyBundle.of(Map.of())))
        .contains(
            "bundle.properties:1:1: the file is missing",
            "rules:1:1: the bundle has no rule, so it would deny everything");
  }

  @Test
  void refusesKeysGivenTwiceEmptyValuesAndEscapes() {
    String head = HEAD + "id=again\nnotice.ja=\nnotice.en=a\\u0041\n";

    List<String> problems =
        problems(
            PolicyBundle.of(
                Map.of("bundle.properties", head, "rules/a.cel", rule("a", "permit", "true"))));

    assertThat(problems)
        .contains(
            "bundle.properties:5:1: 'id' is given twice",
            "bundle.properties:6:1: 'notice.ja' needs 1 to 2000 characters",
            "bundle.properties:7:12: escapes are not used here: write UTF-8");
  }

  @Test
  void refusesANoticeInOneLanguage() {
    Map<String, String> files = files(Map.of("rules/a.cel", rule("a", "permit", "true")));
    files.put("bundle.properties", HEAD + "notice.ja=注意\n");

    assertThat(problems(PolicyBundle.of(files)))
        .containsExactly(
            "bundle.properties:5:1: a notice needs both languages; 'notice.en' is missing");
  }

  @Test
  void refusesTheIdsOfImplicitRules() {
    Map<String, String> files =
        files(Map.of("rules/a.cel", rule("default-deny", "permit", "true")));

    assertThat(problems(PolicyBundle.of(files)))
        .containsExactly("rules/a.cel:1:4: this id belongs to a rule of the product");
  }

  @Test
  void refusesWhatIsTooLarge() {
    Map<String, String> longFile =
        files(Map.of("rules/a.cel", rule("a", "permit", "true") + " ".repeat(65_536)));
    Map<String, String> manyFiles = new HashMap<>();
    for (int i = 0; i < 501; i++) {
      manyFiles.put("signatures/t" + i, "");
    }
    Map<String, String> manyBytes = new HashMap<>();
    for (int i = 0; i < 17; i++) {
      manyBytes.put("signatures/t" + i, "あ".repeat(21_000));
    }

    assertThat(problems(PolicyBundle.of(longFile)))
        .contains("rules/a.cel:1:1: is longer than 65536 bytes");
    assertThat(problems(PolicyBundle.of(manyFiles)))
        .containsExactly("bundle.properties:1:1: the bundle has more than 500 files");
    assertThat(problems(PolicyBundle.of(manyBytes)))
        .containsExactly("bundle.properties:1:1: the bundle is longer than 1048576 bytes");
  }

  @Test
  void refusesHalfASurrogatePair() {
    Map<String, String> files = files(Map.of("rules/a.cel", rule("a", "permit", "'\uD800' == ''")));

    assertThat(problems(PolicyBundle.of(files)))
        .contains("rules/a.cel:1:1: has half a surrogate pair");
  }

  @Test
  void keepsTheWholeRule() {
    PolicyBundle bundle =
        Bundles.loaded(files(Map.of("rules/a.cel", rule("a", "forbid", "request.personal // x"))));

    assertThat(bundle.rules())
        .containsExactly(
            new Rule(
                "a",
                RuleEffect.FORBID,
                new LocalText("題", "title"),
                new LocalText("根拠", "basis"),
                new LocalText("対処", "remedy"),
                "to be checked by counsel",
                "request.personal // x"));
  }

  @Test
  void reportsTheMistakesOfATheoremWhereTheyAre() {
    Map<String, String> files = new HashMap<>(Bundles.permissive());
    files.put("theorems/a.cel", Bundles.theorem("p", "!(permitted && request.nothing)"));
    files.put("theorems/b.cel", Bundles.theorem("b", "permited"));
    files.put("theorems/c.cel", Bundles.theorem("c", "permitted == 'yes'"));
    files.put("theorems/d.cel", "permitted");
    files.put("theorems/e.smt2", "(check-sat)");
    files.put("theorems/f.cel", Bundles.theorem("p", "permitted"));
    files.put("rules/q.cel", rule("q", "permit", "permitted"));

    assertThat(problems(PolicyBundle.of(files)))
        .anyMatch(p -> p.startsWith("theorems/a.cel:7:16: request has no field 'nothing'"))
        .anyMatch(p -> p.startsWith("theorems/b.cel:7:1: 'permited' is not declared"))
        .anyMatch(p -> p.startsWith("theorems/c.cel:7:11: found no matching overload"))
        .anyMatch(p -> p.equals("theorems/d.cel:1:1: the key 'id' is missing"))
        .anyMatch(p -> p.startsWith("theorems/e.smt2:1:1: has no place in a bundle"))
        .anyMatch(p -> p.equals("theorems/f.cel:1:1: the id 'p' is taken by rules/p.cel"))
        .anyMatch(p -> p.equals("rules/q.cel:10:1: only a theorem may speak of 'permitted'"));
  }

  @FuzzTest(maxDuration = "20s")
  void readsAnyTheoremFileWithoutFailing(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    Map<String, String> whole = Bundles.permissive();
    whole.put("theorems/a.cel", text);
    Map<String, String> body = Bundles.permissive();
    body.put("theorems/a.cel", Bundles.theorem("a", text));

    for (Map<String, String> files : List.of(whole, body)) {
      switch (PolicyBundle.of(files)) {
        case Loaded(PolicyBundle bundle) -> assertThat(bundle.theorems()).hasSize(1);
        case Rejected(List<Problem> problems) ->
            assertThat(problems).isNotEmpty().allMatch(p -> p.line() >= 1 && p.column() >= 1);
      }
    }
  }

  @FuzzTest(maxDuration = "20s")
  void readsAnyRuleFileWithoutFailing(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    Map<String, String> whole = files(Map.of("rules/a.cel", text));
    Map<String, String> body = files(Map.of("rules/a.cel", rule("a", "permit", text)));

    for (Map<String, String> files : List.of(whole, body)) {
      switch (PolicyBundle.of(files)) {
        case Loaded(PolicyBundle bundle) -> assertThat(bundle.rules()).hasSize(1);
        case Rejected(List<Problem> problems) ->
            assertThat(problems).isNotEmpty().allMatch(p -> p.line() >= 1 && p.column() >= 1);
      }
    }
  }
}
