package dejima.gateway;

import static dejima.residency.Marker.FINANCIAL;
import static dejima.residency.Marker.MY_NUMBER;
import static dejima.residency.Marker.PERSONAL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dejima.residency.Marker;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ContentInspectionTest {

  private static Set<Marker> found(String content) {
    String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"" + content + "\"}]}";
    return ContentInspection.of(body.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "123456789018",
        "1234-5678-9018",
        "1234 5678 9018",
        "１２３４５６７８９０１８",
        "１２３４－５６７８－９０１８",
        "1234　5678　9018",
        "個人番号は123456789018です。",
        "番号\\n123456789018\\n",
        "\\u0031\\uff1234567890\\u00318",
        "受付 2026-11-20 1234-5678-9018。",
        "番号:123456789018.",
        "data: 123456789018",
        "say \\\"data: 123456789018\\\"",
      })
  void findsAnIndividualNumber(String content) {
    assertThat(found(content)).containsExactlyInAnyOrder(MY_NUMBER, PERSONAL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4111 1111 1111 1111",
        "4111111111111111",
        "5555-5555-5555-4444",
        "3782 822463 10005",
        "30569309025904",
        "カード3530111333300000まで",
      })
  void findsAPaymentCard(String content) {
    assertThat(found(content)).contains(FINANCIAL, PERSONAL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "090-1234-5678",
        "08012345678",
        "０７０－１２３４－５６７８",
        "電話\\n060-1234-5678.",
        "2026-11-20 090-1234-5678",
        "TEL.090-1234-5678",
        "+81 90-1234-5678",
        "+819012345678",
        "taro@example.jp",
        "mail: taro.yamada+x@mail.example.co.jp.",
        "\\nhanako@example.com、",
        "taro\\u0040example.jp",
      })
  void findsContactsOfAPerson(String content) {
    assertThat(found(content)).contains(PERSONAL).doesNotContain(FINANCIAL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "123456789012",
        "1234567890180",
        "0.123456789018",
        "123456789018.5",
        "id_123456789018",
        "x9123456789018",
        "123456789018a",
        "2026-11-20 1200 30",
        "4111 1111 1111 1112",
        "8111111111111111",
        "050-1234-5678",
        "03-1234-5678",
        "pkg@1.2.3",
        "@mention",
        "user@localhost",
        "a @ b.jp",
        "1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 8",
        "",
      })
  void leavesLookAlikesAlone(String content) {
    assertThat(found(content)).isEmpty();
  }

  @Test
  void skipsEmbeddedMediaAndNothingBehindIt() {
    String image = "\"data:image/png;base64,AAAA090/+12345678" + "/08012345678/\"";

    assertThat(ContentInspection.of(("{\"url\":" + image + "}").getBytes(UTF_8))).isEmpty();
    assertThat(ContentInspection.of(("[" + image + ",\"08012345678\"]").getBytes(UTF_8)))
        .containsExactly(PERSONAL);
  }

  @Property(tries = 500)
  void acceptsExactlyOneCheckDigit(@ForAll @LongRange(min = 0, max = 99_999_999_999L) long number) {
    String eleven = "%011d".formatted(number);

    long hits =
        "0123456789".chars().filter(d -> found(eleven + (char) d).contains(MY_NUMBER)).count();

    assertThat(hits).isEqualTo(1);
  }

  static Stream<byte[]> seeds() {
    return Stream.of("{\"c\":\"1234-5678-9018 taro@example.jp \\u0031\"}".getBytes(UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void survivesAnyBytes(byte @NotNull [] body) {
    assertThat(ContentInspection.of(body)).isNotNull();
  }
}
