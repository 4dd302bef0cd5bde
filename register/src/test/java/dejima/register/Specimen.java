package dejima.register;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// A small sound register, to be changed by tests.
final class Specimen {
  static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");
  static final String PIN = "sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  private Specimen() {}

  /// A fact of a JSON value that counts on the specimen's day.
  static String fact(String value) {
    return fact(value, "2026-10-01", "2027-09-30");
  }

  static String fact(String value, String date, String expires) {
    return "{\"value\":%s,\"source\":\"登記事項証明書\",\"date\":\"%s\",\"expires\":\"%s\"}"
        .formatted(value, date, expires);
  }

  /// A company that only Japanese law reaches, with these owners.
  static String company(String name, String country, String holdings) {
    return """
    {"name":"%s","country":%s,"owners":%s,"officers":%s,"support":%s,"keyCustody":%s,"law":%s}
    """
        .formatted(
            name,
            fact("\"" + country + "\""),
            fact("{\"holdings\":[" + holdings + "]}"),
            fact("{\"total\":5,\"foreign\":0}"),
            fact("[\"JP\"]"),
            fact("{\"holder\":\"operator\",\"country\":\"JP\"}"),
            fact("{\"governing\":\"JP\",\"courts\":\"JP\"}"));
  }

  static String owner(String name, String country) {
    return "{\"name\":\"%s\",\"country\":%s,\"owners\":%s}"
        .formatted(name, fact("\"" + country + "\""), fact("{\"ultimate\":true}"));
  }

  static String held(String person, String percent) {
    return "{\"person\":\"%s\",\"percent\":%s}".formatted(person, percent);
  }

  static String site() {
    return """
    {"operator":"operator",
     "place":%s,"network":%s,"sku":%s,"pin":%s,
     "certifications":[%s],
     "hardware":%s}
    """
        .formatted(
            fact(
                """
                {"country":"JP","latitude":43.19,"longitude":141.32,"address":"北海道石狩市","metro":"ishikari"}\
                """),
            fact("{\"asns\":[\"AS64500\"],\"prefixes\":[\"192.0.2.0/24\",\"2001:db8::/32\"]}"),
            fact("\"Standard\""),
            fact("\"" + PIN + "\""),
            fact(
                """
                {"scheme":"ismap","number":"C26-0001","scope":"推論サービス","coversThisService":true}\
                """),
            fact("{\"amdChipIds\":[\"" + "ab".repeat(64) + "\"]}"));
  }

  static String model() {
    return "{\"names\":[\"example-8b\"],\"owner\":%s,\"licence\":%s,\"origin\":%s,\"digests\":%s,\"thirdPartyCalls\":%s}"
        .formatted(
            fact("\"Example Labs\""),
            fact("\"Apache-2.0\""),
            fact("\"JP\""),
            fact("[\"sha256:" + "0".repeat(64) + "\"]"),
            fact("false"));
  }

  static Map<String, String> files() {
    Map<String, String> files = new TreeMap<>();
    files.put("register.json", "{\"register\":\"example.jp/register\",\"version\":1}");
    files.put(
        "persons/operator.json",
        company(
            "Example K.K.", "JP", held("holder", "60") + ",{\"dispersed\":true,\"percent\":40}"));
    files.put("persons/holder.json", owner("Hanako", "JP"));
    files.put("persons/abroad.json", owner("Foreign Fund", "US"));
    files.put("sites/ishikari-1.json", site());
    files.put("models/example.json", model());
    return files;
  }

  static Register register(Map<String, String> files) {
    return switch (Register.of(files)) {
      case RegisterReading.Loaded(Register register) -> register;
      case RegisterReading.Rejected(var mistakes) ->
          throw new AssertionError(mistakes.stream().map(Mistake::text).toList().toString());
    };
  }

  static Register with(String path, String text) {
    Map<String, String> files = files();
    files.put(path, text);
    return register(files);
  }
}
