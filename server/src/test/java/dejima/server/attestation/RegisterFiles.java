package dejima.server.attestation;

import java.util.Map;
import java.util.TreeMap;

/// A register of one site with everything that the baseline asks for.
final class RegisterFiles {
  static final String DIGEST = "sha256:" + "0".repeat(64);

  private RegisterFiles() {}

  private static String fact(String value) {
    return fact(value, "2027-09-30");
  }

  static String fact(String value, String expires) {
    return "{\"value\":%s,\"source\":\"登記事項証明書\",\"date\":\"2026-10-01\",\"expires\":\"%s\"}"
        .formatted(value, expires);
  }

  /// @param pin of the site's key
  static Map<String, String> of(String pin) {
    Map<String, String> files = new TreeMap<>();
    files.put("register.json", "{\"register\":\"example.jp/register\",\"version\":1}");
    files.put(
        "persons/operator.json",
        "{\"name\":\"Example K.K.\",\"country\":%s,\"owners\":%s,\"officers\":%s,\"support\":%s,\"keyCustody\":%s,\"law\":%s}"
            .formatted(
                fact("\"JP\""),
                fact("{\"holdings\":[{\"person\":\"holder\",\"percent\":100}]}"),
                fact("{\"total\":5,\"foreign\":0}"),
                fact("[\"JP\"]"),
                fact("{\"holder\":\"operator\",\"country\":\"JP\"}"),
                fact("{\"governing\":\"JP\",\"courts\":\"JP\"}")));
    files.put(
        "persons/holder.json",
        "{\"name\":\"Hanako\",\"country\":%s,\"owners\":%s}"
            .formatted(fact("\"JP\""), fact("{\"ultimate\":true}")));
    files.put("sites/s.json", site(pin, ConstructedSite.CHIP, "2027-09-30"));
    files.put(
        "models/m.json",
        "{\"names\":[\"m\"],\"owner\":%s,\"licence\":%s,\"origin\":%s,\"digests\":%s,\"thirdPartyCalls\":%s}"
            .formatted(
                fact("\"Example Labs\""),
                fact("\"Apache-2.0\""),
                fact("\"JP\""),
                fact("[\"" + DIGEST + "\"]"),
                fact("false")));
    return files;
  }

  /// The site's file.
  ///
  /// @param listed the last day on which its certification counts
  static String site(String pin, String chip, String listed) {
    return "{\"operator\":\"operator\",\"place\":%s,\"network\":%s,\"sku\":%s,\"pin\":%s,\"certifications\":[%s],\"hardware\":%s}"
        .formatted(
            fact(
                "{\"country\":\"JP\",\"latitude\":34.69,\"longitude\":135.50,\"address\":\"大阪市\",\"metro\":\"osaka\"}"),
            fact("{\"asns\":[\"AS64500\"],\"prefixes\":[\"192.0.2.0/24\"]}"),
            fact("\"Standard\""),
            fact("\"" + pin + "\""),
            fact(
                "{\"scheme\":\"ismap\",\"number\":\"C26-0001\",\"scope\":\"推論サービス\",\"coversThisService\":true}",
                listed),
            fact(
                "{\"amdChipIds\":[\"%s\"],\"nvidiaUeids\":[\"%s\"]}"
                    .formatted(chip, ConstructedSite.GPU)));
  }
}
