package dejima.residency;

import static dejima.residency.Confidentiality.C1;
import static dejima.residency.Confidentiality.C2;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dejima.residency.DataClassReading.Read;
import dejima.residency.DataClassReading.Unreadable;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataClassTest {

  @Property
  void joinIsCommutative(
      @ForAll Confidentiality c,
      @ForAll Set<Marker> m,
      @ForAll Confidentiality d,
      @ForAll Set<Marker> n) {
    DataClass a = new DataClass(c, m);
    DataClass b = new DataClass(d, n);

    assertThat(a.join(b)).isEqualTo(b.join(a));
  }

  @Property
  void joinIsAssociative(
      @ForAll Confidentiality c,
      @ForAll Set<Marker> m,
      @ForAll Confidentiality d,
      @ForAll Set<Marker> n) {
    DataClass a = new DataClass(c, m);
    DataClass b = new DataClass(d, n);
    DataClass e = new DataClass(d, m);

    assertThat(a.join(b).join(e)).isEqualTo(a.join(b.join(e)));
    assertThat(b.join(a).join(e)).isEqualTo(b.join(a.join(e)));
  }

  @Property
  void joinIsIdempotent(@ForAll Confidentiality c, @ForAll Set<Marker> m) {
    DataClass a = new DataClass(c, m);

    assertThat(a.join(a)).isEqualTo(a);
  }

  @Property
  void joinOnlyRaises(
      @ForAll Confidentiality c,
      @ForAll Set<Marker> m,
      @ForAll Confidentiality d,
      @ForAll Set<Marker> n) {
    DataClass joined = new DataClass(c, m).join(new DataClass(d, n));

    assertThat(joined.level()).isGreaterThanOrEqualTo(c).isGreaterThanOrEqualTo(d);
    assertThat(joined.markers()).containsAll(m).containsAll(n);
    assertThat(joined.level()).isIn(c, d);
    assertThat(joined.markers()).allMatch(marker -> m.contains(marker) || n.contains(marker));
  }

  @Property
  void readsBackItsOwnLabels(@ForAll Confidentiality c, @ForAll Set<Marker> m) {
    DataClass a = new DataClass(c, m);

    assertThat(DataClass.read(a.label())).isEqualTo(new Read(a));
    assertThat(DataClass.read(a.labelJa())).isEqualTo(new Read(a));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "confidentiality-1 | confidentiality-1",
        "C3 | confidentiality-3",
        "機密性2 | confidentiality-2",
        "機密性２ | confidentiality-2",
        "personal | confidentiality-2+personal",
        "個人情報 | confidentiality-2+personal",
        "c1,personal | confidentiality-1+personal",
        "c1, c3 | confidentiality-3",
        "Financial + MY-NUMBER | confidentiality-2+financial+my-number",
        "mynumber | confidentiality-2+my-number",
        "マイナンバー | confidentiality-2+my-number",
        "特定個人情報 | confidentiality-2+my-number",
        "機密性３，個人情報 | confidentiality-3+personal",
        "critical-infrastructure | confidentiality-2+critical-infrastructure",
      })
  void readsWhatPeopleWrite(String text, String label) {
    assertThat(DataClass.read(text))
        .isInstanceOfSatisfying(
            Read.class, read -> assertThat(read.dataClass().label()).isEqualTo(label));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", ",", "c2,", "c4", "confidentiality-0", "public", "機密性", "c2 personal"})
  void refusesWhatIsNoDataClass(String text) {
    assertThat(DataClass.read(text)).isInstanceOf(Unreadable.class);
  }

  @Test
  void complaintsQuoteNoControlCharacters() {
    assertThat(DataClass.read("c2\r\nSet-Cookie: <b>"))
        .isInstanceOfSatisfying(
            Unreadable.class,
            unreadable -> assertThat(unreadable.reason()).doesNotContainPattern("[\\p{Cntrl}<>]"));
  }

  @Test
  void countsUnlabelledAsConfidential() {
    assertThat(DataClass.UNLABELLED).isEqualTo(new DataClass(C2, Set.of()));
    assertThat(new DataClass(C1, Set.of()).join(DataClass.UNLABELLED).level()).isEqualTo(C2);
  }

  @FuzzTest(maxDuration = "10s")
  void readsAnythingWithoutFailing(byte[] bytes) {
    switch (DataClass.read(new String(bytes, StandardCharsets.UTF_8))) {
      case Read(DataClass dataClass) ->
          assertThat(DataClass.read(dataClass.label())).isEqualTo(new Read(dataClass));
      case Unreadable(String reason) -> assertThat(reason.length()).isBetween(1, 400);
    }
  }
}
