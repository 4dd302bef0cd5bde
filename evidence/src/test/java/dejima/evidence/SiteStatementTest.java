package dejima.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

final class SiteStatementTest {
  private static final SiteStatement STATEMENT = Specimen.statement(Specimen.ids(1).next(), 1);

  @Test
  void isReadAsItIsWritten() {
    assertThat(SiteStatement.parse(STATEMENT.headerValue()).orThrow()).isEqualTo(STATEMENT);
  }

  @Test
  void verifiesUnderItsKeyOnly() {
    byte[] signature = Specimen.sign(STATEMENT);
    var key = Specimen.SITE.getPublic();

    assertThat(STATEMENT.verify(key, signature)).isTrue();
    assertThat(Specimen.statement(STATEMENT.receipt(), 2).verify(key, signature)).isFalse();
    assertThat(STATEMENT.verify(key, new byte[0])).isFalse();
    assertThat(STATEMENT.verify(key, new byte[] {0x30, 0x06, 2, 1, 0, 2, 1, 0})).isFalse();
  }

  @Test
  void refusesEveryOtherForm() {
    String json = STATEMENT.json().canonicalText();
    for (String other :
        new String[] {
          json.replace("\"v\":1", "\"v\":2"),
          json.replace(",", ", "),
          json.replace("{", "{\"a\":1,"),
          json.replace("\"status\":200", "\"status\":\"200\""),
          json.replace("\"attempt\":1", "\"attempt\":0"),
          "{}",
          "[]",
          ""
        }) {
      String header = Base64.getEncoder().encodeToString(other.getBytes(StandardCharsets.UTF_8));
      assertThat(SiteStatement.parse(header)).as(other).isInstanceOf(Reading.Unreadable.class);
    }
    assertThat(SiteStatement.parse("%")).isInstanceOf(Reading.Unreadable.class);
  }
}
