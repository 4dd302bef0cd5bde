package dejima.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dejima.evidence.Signer;
import dejima.location.LegalPerson;
import dejima.location.Place;
import dejima.server.config.LocationSettings.SiteLocation;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `dejima.yaml` says of landmarks and places.
final class LocationReaderTest {
  private static final String KEY = Signer.ed25519("osaka-1.example", new byte[32]).key().text();
  private static final String YAML =
      """
      location: {every: 30s, validFor: 5m}
      landmarks:
        - id: osaka-1.example
          url: http://127.0.0.1:9301
          key: %s
          legalPerson: Example University
          latitude: 34.7
          longitude: 135.5
      sites:
        - id: sakura
          operator: SAKURA internet Inc.
          url: https://127.0.0.1:9101
          pin: sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
          location: {latitude: 34.694, longitude: 135.502, udp: "127.0.0.1:9201"}
      """
          .formatted(KEY);

  private static ServerConfig read(String yaml) {
    return ConfigFile.parse(yaml, Path.of("/srv"), "dejima.yaml");
  }

  @Test
  void readsLandmarksAndPlaces() {
    ServerConfig config = read(YAML);

    assertThat(config.location().every()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.location().validFor()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.location().trusted().of("osaka-1.example"))
        .hasValueSatisfying(landmark -> {
          assertThat(landmark.key().text()).isEqualTo(KEY);
          assertThat(landmark.person()).isEqualTo(new LegalPerson("Example University"));
        });
    assertThat(config.sites().getFirst().location())
        .contains(new SiteLocation(new Place(34.694, 135.502), "127.0.0.1", 9201));
  }

  @Test
  void measuresNothingWhereNothingIsSet() {
    assertThat(read("listen: 127.0.0.1:8080").location()).isEqualTo(LocationSettings.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "validFor: 5m | validFor: 11m | validFor",
        "every: 30s | every: 61s | every",
        "every: 30s | every: 500ms | every",
        "every: 30s | often: 30s | often",
        "latitude: 34.7 | latitude: 91 | latitude",
        "longitude: 135.5 | longitude: NaN | longitude",
        "latitude: 34.694 | latitude: north | latitude",
        "id: osaka-1.example | id: osaka-2.example | is not the name",
        "legalPerson: Example University | person: x | legalPerson",
        "http://127.0.0.1:9301 | ftp://127.0.0.1 | url",
        "key: osaka-1 | key: osaka-2 | key",
        "udp: \"127.0.0.1:9201\" | port: 9201 | udp"
      })
  void namesMistakes(String right, String wrong, String named) {
    String yaml = YAML.replace(right, wrong);

    assertThat(yaml).isNotEqualTo(YAML);
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining(named);
  }

  @Test
  void refusesTheSameLandmarkTwice() {
    String landmarks = YAML.substring(YAML.indexOf("  - id: osaka"), YAML.indexOf("sites:"));

    assertThatThrownBy(() -> read(YAML.replace("sites:\n", landmarks + "sites:\n")))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("share a name or a key");
  }
}
