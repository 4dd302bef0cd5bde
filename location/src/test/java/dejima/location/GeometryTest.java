package dejima.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The tables of the design page, and what geometry must never do.
class GeometryTest {
  private static final Place TOKYO = new Place(35.681, 139.767);
  private static final Place OSAKA = new Place(34.694, 135.502);
  private static final Place BUSAN = new Place(35.180, 129.075);
  private static final double KM_PER_MILLI = 149.896;

  @ParameterizedTest
  @CsvSource({
    "Tokyo, 35.681, 139.767, 5.39",
    "Sendai, 38.268, 140.872, 4.72",
    "Nagoya, 35.181, 136.906, 3.92",
    "Naha, 26.212, 127.681, 3.85",
    "Osaka, 34.694, 135.502, 3.39",
    "Sapporo, 43.062, 141.354, 2.09",
    "Hiroshima, 34.385, 132.455, 1.96",
    "Ishigaki, 24.340, 124.156, 1.48",
    "Fukuoka, 33.590, 130.402, 1.30"
  })
  void findsTheLongestRoundTripThatProves(
      String city, double latitude, double longitude, double millis) {
    Place place = new Place(latitude, longitude);

    assertThat(Geometry.longestMillis(place)).as(city).isCloseTo(millis, within(0.04));
    assertThat(Geometry.judge(place, place, millis(millis - 0.04)))
        .isInstanceOf(Verdict.Proved.class);
    assertThat(Geometry.judge(place, place, millis(millis + 0.04)))
        .isEqualTo(new Verdict.Unproved(Doubt.REACHES_FOREIGN_LAND));
  }

  @ParameterizedTest
  @CsvSource({
    "Busan–Fukuoka, 35.10, 129.04, 33.59, 130.40, 1.4",
    "Seoul–Tokyo, 37.57, 126.98, 35.68, 139.77, 7.7",
    "Vladivostok–Tokyo, 43.12, 131.89, 35.68, 139.77, 7.1",
    "Taipei–Naha, 25.03, 121.57, 26.21, 127.68, 4.2"
  })
  void knowsTheShortestRoundTripsFromAbroad(
      String way, double lat1, double lon1, double lat2, double lon2, double millis) {
    double metres = new Place(lat1, lon1).metresTo(new Place(lat2, lon2));

    assertThat(metres / 1000 / KM_PER_MILLI).as(way).isCloseTo(millis, within(0.06));
  }

  @ParameterizedTest
  @CsvSource({"0.3", "2.0", "3.3"})
  void provesOsakaFromOsaka(double millis) {
    assertThat(Geometry.judge(OSAKA, OSAKA, millis(millis))).isInstanceOf(Verdict.Proved.class);
  }

  @ParameterizedTest
  @CsvSource({"3.5", "4.0", "8.0", "900"})
  void leavesOsakaUnprovedWhenTheAnswerMayComeFromAbroad(double millis) {
    assertThat(Geometry.judge(OSAKA, OSAKA, millis(millis)).word()).isEqualTo("UNPROVED");
  }

  @Test
  void measuresTokyoToOsaka() {
    assertThat(TOKYO.metresTo(OSAKA) / 1000).isCloseTo(403.2, within(1.5));
  }

  @Property(tries = 300)
  void neverProvesOsakaFromTokyo(@ForAll @IntRange(min = 1, max = 20_000_000) int nanos) {
    assertThat(Geometry.judge(OSAKA, TOKYO, new RoundTrip(nanos)))
        .isNotInstanceOf(Verdict.Proved.class);
  }

  @Test
  void contradictsWhatIsFasterThanLight() {
    assertThat(Geometry.judge(OSAKA, TOKYO, millis(2.6))).isInstanceOf(Verdict.Contradicted.class);
    assertThat(Geometry.judge(OSAKA, TOKYO, millis(2.75)))
        .isEqualTo(new Verdict.Unproved(Doubt.LANDMARK_FAR));
  }

  /// Whoever answers from foreign land needs as long as light does, from wherever a landmark asks.
  @Property(tries = 200)
  void neverProvesATwinAbroad(
      @ForAll @IntRange(min = 0, max = 28_861) int point,
      @ForAll @DoubleRange(min = 24, max = 45.5) double latitude,
      @ForAll @DoubleRange(min = 123, max = 146) double longitude,
      @ForAll @DoubleRange(min = 1, max = 1.5) double slower) {
    Place landmark = new Place(latitude, longitude);
    Place twin = Coast.foreign().point(point);
    double metres = twin.metresTo(landmark) * slower;
    Assume.that(metres < 1_400_000_000);

    RoundTrip answer = new RoundTrip((long) Math.ceil(metres / 0.149896229));

    assertThat(Geometry.judge(landmark, landmark, answer)).isNotInstanceOf(Verdict.Proved.class);
  }

  @ParameterizedTest
  @CsvSource({
    "33.590, 130.402",
    "34.694, 135.502",
    "35.681, 139.767",
    "34.385, 132.455",
    "34.2, 129.29"
  })
  void neverProvesATwinInBusan(double latitude, double longitude) {
    Place landmark = new Place(latitude, longitude);
    RoundTrip light = new RoundTrip((long) (BUSAN.metresTo(landmark) / 0.149896229) + 1);

    assertThat(Geometry.judge(landmark, landmark, light)).isNotInstanceOf(Verdict.Proved.class);
  }

  @ParameterizedTest
  @CsvSource({
    "Tsushima from Fukuoka, 34.20, 129.29, 33.590, 130.402",
    "Wakkanai from Sapporo, 45.41, 141.67, 43.062, 141.354"
  })
  void provesTheEdgesFromALocalLandmarkOnly(
      String way, double lat1, double lon1, double lat2, double lon2) {
    Place town = new Place(lat1, lon1);
    Place city = new Place(lat2, lon2);

    for (double millis = 0.01; millis < 5; millis += 0.01) {
      assertThat(Geometry.judge(town, city, millis(millis)))
          .as(way)
          .isNotInstanceOf(Verdict.Proved.class);
    }
    assertThat(Geometry.judge(town, town, millis(0.15))).isInstanceOf(Verdict.Proved.class);
  }

  @ParameterizedTest
  @CsvSource({
    "Daejeon, 36.35, 127.38",
    "Taichung, 24.2, 120.9",
    "Harbin, 45.75, 126.63",
    "Khabarovsk hills, 46.2, 135.5",
    "Pyongyang, 39.03, 125.75"
  })
  void neverProvesAPlaceInsideForeignLand(String town, double latitude, double longitude) {
    Place place = new Place(latitude, longitude);

    assertThat(Geometry.judge(place, place, millis(0.001)))
        .as(town)
        .isIn(
            new Verdict.Unproved(Doubt.DECLARED_ABROAD),
            new Verdict.Unproved(Doubt.REACHES_FOREIGN_LAND));
  }

  @ParameterizedTest
  @CsvSource({
    "90, 0",
    "-90, 0",
    "90, 180",
    "0, 180",
    "0, -180",
    "52, 179.999",
    "52, -179.999",
    "40, 0"
  })
  void judgesPolesAndTheAntimeridianWithoutProof(double latitude, double longitude) {
    Place place = new Place(latitude, longitude);

    assertThat(Geometry.judge(place, place, millis(1)))
        .isEqualTo(new Verdict.Unproved(Doubt.OUTSIDE_MAP));
    assertThat(Geometry.judge(OSAKA, place, millis(1))).isInstanceOf(Verdict.Contradicted.class);
  }

  @Test
  void knowsNoSeamAtPoleAndAntimeridian() {
    assertThat(new Place(52, 179.999).metresTo(new Place(52, -179.999))).isLessThan(200);
    assertThat(new Place(90, 12).metresTo(new Place(90, -170))).isLessThan(1e-3);
    assertThat(new Place(10, 180).metresTo(new Place(10, -180))).isLessThan(1e-3);
  }

  @Test
  void coversTheMapWithPointsLessThanTwoMarginsApart() {
    Coast coast = Coast.foreign();
    assertThat(coast.size()).isEqualTo(28_862);
    new CoastFile(bytes())
        .forEach(
            new CoastFile.Taker() {
              private Place before = Coast.MIDDLE;

              @Override
              public void take(int index, double latitude, double longitude, boolean first) {
                Place now = new Place(latitude, longitude);
                if (!first) {
                  assertThat(before.metresTo(now)).isLessThan(2 * Disc.MARGIN);
                }
                before = now;
              }
            });
  }

  private static byte[] bytes() {
    try (var in = Coast.class.getResourceAsStream("coast.bin")) {
      return Objects.requireNonNull(in).readAllBytes();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static RoundTrip millis(double millis) {
    return new RoundTrip((long) (millis * 1e6));
  }
}
