package dejima.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MediaUrlTest {

  @ParameterizedTest
  @CsvSource({
    "https://Example.JP/a?b#c, https, example.jp",
    "HTTP://example.jp:8080, http, example.jp:8080",
    "https://[::1]:443/x, https, [::1]:443",
    "s3://bucket/key, s3, bucket",
    "'data:image/png;base64,AA==', data, ''",
    "'DATA:,x', data, ''",
    "mailto:a, mailto, ''",
  })
  void seesSchemeAndHostOnly(String url, String scheme, String host) {
    assertThat(MediaUrl.of(url)).isEqualTo(new MediaUrl(scheme, host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.jp/a.png",
        "//example.jp/a",
        "/etc/passwd",
        " https://example.jp",
        "1x://a",
        "\thttps://a",
        ":",
        "https://",
        "https:///etc",
        "https://user@example.jp/",
        "https://example.jp\\@elsewhere.example/",
        "https://exa mple.jp",
        "https://exa\nmple.jp/",
        "https://ex\ud800mple.jp/",
        "https://例え.jp/",
        "https://a%2eb/",
        "file:///etc/passwd",
      })
  void doesNotGuessWhereAnAmbiguousUrlLeads(String url) {
    assertThat(MediaUrl.of(url)).isEqualTo(new MediaUrl("unknown", ""));
  }
}
