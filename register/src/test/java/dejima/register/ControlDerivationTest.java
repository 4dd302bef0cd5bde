package dejima.register;

import static dejima.register.Specimen.NOW;
import static dejima.register.Specimen.company;
import static dejima.register.Specimen.fact;
import static dejima.register.Specimen.held;
import static org.assertj.core.api.Assertions.assertThat;

import dejima.register.ControlFinding.Reason;
import dejima.residency.Control;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class ControlDerivationTest {
  private static Control controlOf(Map<String, String> files) {
    return Specimen.register(files).control("operator", NOW).control();
  }

  private static Control ownedBy(String holdings) {
    Map<String, String> files = Specimen.files();
    files.put("persons/operator.json", company("Example K.K.", "JP", holdings));
    return controlOf(files);
  }

  @Test
  void findsAnOperatorDomesticThatOnlyJapaneseLawReaches() {
    assertThat(controlOf(Specimen.files())).isEqualTo(Control.DOMESTIC);
  }

  @Test
  void countsForeignSharesFromHalfOn() {
    assertThat(ownedBy(held("abroad", "50") + "," + held("holder", "50")))
        .isEqualTo(Control.FOREIGN);
    assertThat(ownedBy(held("abroad", "49.9999") + "," + held("holder", "50.0001")))
        .isEqualTo(Control.DOMESTIC);
  }

  @Test
  void countsSharesWithoutAnOwnerAsUnknown() {
    assertThat(ownedBy(held("holder", "50"))).isEqualTo(Control.UNKNOWN);
    assertThat(ownedBy(held("holder", "51"))).isEqualTo(Control.DOMESTIC);
    assertThat(ownedBy(held("holder", "51") + "," + held("abroad", "1")))
        .isEqualTo(Control.DOMESTIC);
    assertThat(ownedBy(held("abroad", "10") + "," + held("holder", "50")))
        .isEqualTo(Control.UNKNOWN);
  }

  @Test
  void followsADecisiveHoldingWhateverItsSize() {
    assertThat(
            ownedBy(
                "{\"person\":\"abroad\",\"percent\":0,\"decisive\":true}," + held("holder", "100")))
        .isEqualTo(Control.FOREIGN);
  }

  @Test
  void followsChainsAndNamesThem() {
    Map<String, String> files = Specimen.files();
    files.put("persons/operator.json", company("Example K.K.", "JP", held("middle", "100")));
    files.put("persons/middle.json", company("Middle K.K.", "JP", held("top", "100")));
    files.put("persons/top.json", company("Top K.K.", "JP", held("abroad", "70")));

    ControlFinding found = Specimen.register(files).control("operator", NOW);

    assertThat(found.control()).isEqualTo(Control.FOREIGN);
    assertThat(found.reasons())
        .extracting(Reason::chain)
        .contains(List.of("operator", "middle", "top", "abroad"));
  }

  @Test
  void addsUpForeignSharesThroughChainsThatAreDomesticOneByOne() {
    Map<String, String> files = Specimen.files();
    files.put(
        "persons/operator.json",
        company("Example K.K.", "JP", held("middle", "51") + "," + held("abroad", "49")));
    files.put(
        "persons/middle.json",
        company("Middle K.K.", "JP", held("holder", "51") + "," + held("abroad", "49"))
            .replace("\"holder\":\"operator\"", "\"holder\":\"holder\""));

    assertThat(Specimen.register(files).control("middle", NOW).control())
        .isEqualTo(Control.DOMESTIC);
    assertThat(controlOf(files)).isEqualTo(Control.FOREIGN);
  }

  @Test
  void isForeignByAnySingleForeignFact() {
    String sound = String.valueOf(Specimen.files().get("persons/operator.json"));
    List<String> changed =
        List.of(
            sound.replace("\"country\":" + fact("\"JP\""), "\"country\":" + fact("\"US\"")),
            sound.replace("{\"total\":5,\"foreign\":0}", "{\"total\":4,\"foreign\":2}"),
            sound.replace(
                "{\"total\":5,\"foreign\":0}",
                "{\"total\":5,\"foreign\":1,\"foreignRepresentative\":true}"),
            sound.replace("[\"JP\"]", "[\"JP\",\"IN\"]"),
            sound.replace("\"operator\",\"country\":\"JP\"", "\"operator\",\"country\":\"IE\""),
            sound.replace("\"holder\":\"operator\"", "\"holder\":\"abroad\""),
            sound.replace("\"governing\":\"JP\"", "\"governing\":\"US\""),
            sound.replace("\"courts\":\"JP\"", "\"courts\":\"SG\""));

    for (String text : changed) {
      assertThat(text).isNotEqualTo(sound);
      Map<String, String> files = Specimen.files();
      files.put("persons/operator.json", text);
      assertThat(controlOf(files)).as(text).isEqualTo(Control.FOREIGN);
    }
  }

  @Test
  void isUnknownWithoutAnySingleFact() {
    for (String name : List.of("country", "owners", "officers", "support", "keyCustody", "law")) {
      Map<String, String> files = Specimen.files();
      String sound = String.valueOf(files.get("persons/operator.json"));
      files.put(
          "persons/operator.json",
          sound.replaceFirst(
              "(\"" + name + "\":\\{\"value\":.*?)\"expires\":\"2027-09-30\"",
              "$1\"expires\":\"2026-11-20\""));

      assertThat(controlOf(files)).as(name).isEqualTo(Control.UNKNOWN);
    }
  }

  @Test
  void knowsNothingOfStrangers() {
    assertThat(Specimen.register(Specimen.files()).control("nobody", NOW).control())
        .isEqualTo(Control.UNKNOWN);
  }

  @Test
  void followsAChainAsLongAsTheRegister() {
    Map<String, String> files = Specimen.files();
    files.put("persons/operator.json", company("Example K.K.", "JP", held("p0", "100")));
    for (int i = 0; i < 3_000; i++) {
      files.put(
          "persons/p" + i + ".json",
          company("P" + i, "JP", held(i == 2_999 ? "abroad" : "p" + (i + 1), "100")));
    }

    assertThat(controlOf(files)).isEqualTo(Control.FOREIGN);
  }

  /// Domestic before unknown before foreign.
  private static int foreignness(Control control) {
    return switch (control) {
      case DOMESTIC -> 0;
      case UNKNOWN -> 1;
      case FOREIGN -> 2;
    };
  }

  /// Person i is owned by later ones only. Of person `into`, a part is kept free, which goes to a
  /// foreigner or stays without an owner.
  private static Map<String, String> web(
      List<Integer> shares, int into, int free, boolean toForeigner) {
    Map<String, String> files = Specimen.files();
    for (int i = 0; i < 4; i++) {
      List<String> holdings = new ArrayList<>();
      int left = i == into ? 100 - free : 100;
      for (int j = i + 1; j < 4; j++) {
        left -= hold(holdings, "p" + j, Math.min(left, shares.get(4 * i + j) % 70));
      }
      left -= hold(holdings, "abroad", Math.min(left, shares.get(4 * i) % 60));
      hold(holdings, "holder", Math.min(left, shares.get(5 * i)));
      hold(holdings, "abroad", i == into && toForeigner ? free : 0);
      files.put("persons/p" + i + ".json", company("P" + i, "JP", String.join(",", holdings)));
    }
    return files;
  }

  private static int hold(List<String> holdings, String who, int share) {
    if (share > 0) {
      holdings.add(held(who, String.valueOf(share)));
    }
    return share;
  }

  @Property(tries = 300)
  void neverFindsMoreDomesticWhatGainsForeignShares(
      @ForAll @Size(16) List<@IntRange(max = 200) Integer> shares,
      @ForAll @IntRange(max = 3) int into,
      @ForAll @IntRange(min = 1, max = 100) int free) {
    Register before = Specimen.register(web(shares, into, free, false));
    Register after = Specimen.register(web(shares, into, free, true));

    for (String person : List.of("p0", "p1", "p2", "p3")) {
      assertThat(foreignness(after.control(person, NOW).control()))
          .as(person)
          .isGreaterThanOrEqualTo(foreignness(before.control(person, NOW).control()));
    }
  }

  /// Foreign shares in place of shares that nobody knows, of 'holder', or of a dispersed block.
  @Property(tries = 300)
  void neverFindsMoreDomesticWhereAForeignerTakesAPlace(
      @ForAll @IntRange(max = 45) int foreign,
      @ForAll @IntRange(max = 15) int known,
      @ForAll @IntRange(max = 15) int dispersed,
      @ForAll @IntRange(min = 1, max = 25) int taken,
      @ForAll @IntRange(max = 2) int from) {
    int[] parts = {Math.max(known, 1), Math.max(dispersed, 1)};
    Control before = ownedBy(parts(foreign, parts[0], parts[1]));
    int moved = from == 2 ? taken : Math.min(taken, parts[from] - 1);
    if (from < 2) {
      parts[from] -= moved;
    }
    Control after = ownedBy(parts(foreign + moved, parts[0], parts[1]));

    assertThat(foreignness(after)).isGreaterThanOrEqualTo(foreignness(before));
  }

  private static String parts(int foreign, int known, int dispersed) {
    String rest =
        held("holder", String.valueOf(known))
            + ",{\"dispersed\":true,\"percent\":"
            + dispersed
            + "}";
    return foreign == 0 ? rest : held("abroad", String.valueOf(foreign)) + "," + rest;
  }

  @Property(tries = 100)
  void neverBecomesDomesticByTheMerePassingOfTime(
      @ForAll @IntRange(max = 49) int foreign,
      @ForAll @IntRange(max = 50) int known,
      @ForAll @IntRange(max = 800) int days) {
    Map<String, String> files = Specimen.files();
    files.put("persons/operator.json", company("E", "JP", parts(foreign, Math.max(known, 1), 1)));
    Register register = Specimen.register(files);

    Control before = register.control("operator", NOW).control();
    Control after = register.control("operator", NOW.plus(Duration.ofDays(days))).control();

    assertThat(after).isIn(before, Control.UNKNOWN);
  }
}
