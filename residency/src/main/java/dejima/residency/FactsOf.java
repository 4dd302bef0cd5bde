package dejima.residency;

import dejima.residency.Destination.MediaHost;
import dejima.residency.Destination.Sink;
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
        markers.contains(Marker.LOCAL_3A),
        markers.contains(Marker.LOCAL_3B),
        markers.contains(Marker.LOCAL_3C),
        request.modelFacts().registered(),
        request.modelFacts().thirdPartyCalls(),
        request.tenant(),
        request.project(),
        request.model(),
        request.kind().word(),
        request.grounds().statutoryTask(),
        request.grounds().subcontractingPermission(),
        request.grounds().transferBasis().word(),
        request.modelFacts().origin().code());
  }

  static DestinationValues destination(Destination destination) {
    return switch (destination) {
      case SiteFacts site -> site(site);
      case MediaHost(String scheme, String host) ->
          elsewhere("media", Country.UNKNOWN, Control.UNKNOWN, scheme, host);
      case Sink sink ->
          elsewhere(sink.kind().word(), sink.country(), sink.control(), "", sink.host());
    };
  }

  private static DestinationValues site(SiteFacts site) {
    Set<Certification> certified = site.assurances().certifications();
    return new DestinationValues(
        "site",
        site.id(),
        site.operator(),
        site.country().code(),
        site.control().word(),
        site.evidence().level(),
        site.locationMinutes(),
        site.sku(),
        certified.contains(Certification.ISMAP),
        certified.contains(Certification.GOVERNMENT_CLOUD),
        certified.contains(Certification.FISC),
        site.assurances().japaneseLaw(),
        site.assurances().domesticMaintenance(),
        site.modelVerified(),
        "",
        "");
  }

  private static DestinationValues elsewhere(
      String kind, Country country, Control control, String scheme, String host) {
    return new DestinationValues(
        kind,
        "",
        "",
        country.code(),
        control.word(),
        0,
        SiteFacts.NEVER_LOCATED,
        "",
        false,
        false,
        false,
        false,
        false,
        false,
        scheme,
        host);
  }
}
