package dejima.residency;

import dejima.residency.Destination.MediaHost;
import dejima.residency.Destination.SiteFacts;
import dejima.residency.cel.Facts.DestinationValues;
import dejima.residency.cel.Facts.RequestValues;
import java.util.Set;

/// What conditions see of requests and destinations.
final class FactsOf {
  private FactsOf() {}

  static RequestValues request(RequestFacts request) {
    Set<Marker> markers = request.dataClass().markers();
    return new RequestValues(
        request.dataClass().level().level(),
        markers.contains(Marker.PERSONAL),
        markers.contains(Marker.FINANCIAL),
        markers.contains(Marker.MY_NUMBER),
        markers.contains(Marker.CRITICAL_INFRASTRUCTURE),
        request.tenant(),
        request.project(),
        request.model(),
        request.kind().word());
  }

  static DestinationValues destination(Destination destination) {
    return switch (destination) {
      case SiteFacts site ->
          new DestinationValues(
              "site",
              site.id(),
              site.operator(),
              site.country().code(),
              site.control().word(),
              site.evidence().level(),
              site.sku(),
              "",
              "");
      case MediaHost(String scheme, String host) ->
          new DestinationValues(
              "media", "", "", Country.UNKNOWN.code(), Control.UNKNOWN.word(), 0, "", scheme, host);
    };
  }
}
