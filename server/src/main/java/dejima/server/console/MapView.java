package dejima.server.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The schematic: metropolitan areas as stops on one line, sites as markers at them, and a frame
/// that keeps apart what is in Japan from what is not. It draws no coast and no border.
final class MapView {
  private final Words words;
  private final SiteView sites;
  private final Template frame;
  private final Template stop;

  MapView(Words words, SiteView sites) {
    this.words = words;
    this.sites = sites;
    this.frame = Template.read("map", words);
    this.stop = Template.read("map-stop", words);
  }

  Html draw(List<SiteCard> cards) {
    Html stops = Stream.of(Metro.values()).map(metro -> stop(metro, cards)).collect(Html.joined());
    return frame.fill(Map.of(), Map.of("stops", stops));
  }

  private Html stop(Metro metro, List<SiteCard> cards) {
    List<SiteCard> here = cards.stream().filter(card -> Metro.of(card) == metro).toList();
    List<Html> markers = new ArrayList<>();
    int drawn = metro.drawn(here.size());
    for (SiteCard card : here.subList(0, drawn)) {
      markers.add(sites.marker(card, markers.size()));
    }
    return stop.fill(
        Map.ofEntries(
            Map.entry("metro", metro.key()),
            Map.entry("name", words.language().of(metro.title())),
            Map.entry("x", Integer.toString(metro.x())),
            Map.entry("y", Integer.toString(metro.y())),
            Map.entry("side", metro.side().word()),
            Map.entry("step", Integer.toString(metro.side().step())),
            Map.entry("labelX", Integer.toString(metro.side().labelX())),
            Map.entry("labelY", Integer.toString(metro.side().labelY())),
            Map.entry("rows", Integer.toString(metro.rows())),
            Map.entry("moreY", Integer.toString(drawn * metro.side().step() + 6)),
            Map.entry("more", more(here.size() - drawn)),
            Map.entry("nameX", Integer.toString(metro.side().nameX())),
            Map.entry("nameY", Integer.toString(metro.side().nameY())),
            Map.entry("count", Integer.toString(here.size()))),
        Map.of("markers", markers.stream().collect(Html.joined())));
  }

  private String more(int left) {
    return left == 0 ? "" : words.get("map.more").formatted(left);
  }
}
