package dejima.server.console;

import java.util.Locale;

/// A page of the console, as its navigation names it.
enum Tab {
  OVERVIEW("/"),
  SITES("/sites"),
  POLICY("/policy"),
  RECEIPTS("/receipts"),
  CHECK("/check"),
  DRILLS("/drills");

  private final String address;

  Tab(String address) {
    this.address = address;
  }

  /// Where it is.
  String address() {
    return address;
  }

  /// As in `overview`: its name among the words is `page.overview`.
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
