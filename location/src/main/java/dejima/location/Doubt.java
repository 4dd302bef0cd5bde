package dejima.location;

import java.util.Locale;

/// Why a measurement, or several together, prove nothing.
public enum Doubt {
  /// Fewer than 20 questions were answered.
  TOO_FEW_ROUNDS("往復の回数が足りない", "fewer than 20 questions were answered"),
  /// The answer took so long that it may have come from foreign land.
  REACHES_FOREIGN_LAND(
      "応答が遅く、国外からの応答と区別できない", "the answer took long enough to have come from foreign land"),
  /// The landmark is too far from the declared place to say anything about it.
  LANDMARK_FAR(
      "計測点が申告地から100 kmを超えて離れている", "the landmark is more than 100 km from the declared place"),
  /// The declared place is itself on foreign land.
  DECLARED_ABROAD("申告地が国外にある", "the declared place is on foreign land"),
  /// The declared place or the disc is outside the area whose coasts are known.
  OUTSIDE_MAP("地図の範囲外にある", "outside the area that the map covers"),
  /// Nobody vouches for this landmark.
  UNKNOWN_LANDMARK("計測点が登録されていない", "the landmark is not a trusted one"),
  /// The landmark did not sign this transcript.
  LANDMARK_SIGNATURE("計測点の署名が正しくない", "the landmark's signature does not hold"),
  /// The landmark names another place than the trusted one.
  LANDMARK_MOVED("計測点の位置が登録と異なる", "the landmark names another place than the registered one"),
  /// The landmark names another legal person than the trusted one.
  LANDMARK_PERSON(
      "計測点の運営者が登録と異なる", "the landmark names another legal person than the registered one"),
  /// The site did not sign this transcript, or another key did.
  SITE_SIGNATURE("拠点の署名が正しくない", "the site's signature does not hold"),
  /// The transcript is about another site or key.
  OTHER_SITE("別の拠点または別の鍵についての計測である", "it is about another site or another key"),
  /// Everything that proved it is older than ten minutes, or there is nothing.
  STALE("有効な計測がない（10分を過ぎた）", "no measurement of the last ten minutes proves it"),
  /// The measurement claims to begin later than it was received.
  DATED_AHEAD("計測の日時が未来である", "the measurement is dated ahead"),
  /// Only one legal person's landmarks prove it.
  ONE_PERSON("独立した2者の計測点がそろっていない", "not proved by landmarks of two different legal persons"),
  /// Landmarks prove it that belong to the site's operator, or to one under the same control.
  AFFILIATED(
      "計測点の運営者が拠点の事業者またはその支配関係者である",
      "landmarks of the site's own operator, or of one under common control, do not count"),
  /// The landmark or the site did not do its part.
  NO_ANSWER("計測点または拠点が応答しない", "the landmark or the site does not answer");

  private final String ja;
  private final String en;

  Doubt(String ja, String en) {
    this.ja = ja;
    this.en = en;
  }

  /// The word in entries, as in `too-few-rounds`.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// In Japanese.
  public String ja() {
    return ja;
  }

  /// In English.
  public String en() {
    return en;
  }
}
