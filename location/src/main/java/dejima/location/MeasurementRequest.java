package dejima.location;

import dejima.evidence.Json;
import dejima.evidence.Reading;

/// What a gateway asks a landmark to measure.
///
/// @param landmark whom it asks
/// @param measurement the measurement's new name, which the site knows already
/// @param site the site's id
/// @param siteKey the key that carries the traffic
/// @param host where the site answers, a name or an address
/// @param port its UDP port
/// @param tls the connection to bind the answers to
/// @param issued when the gateway signed it, epoch milliseconds
public record MeasurementRequest(
    String landmark,
    MeasurementId measurement,
    String site,
    SiteKey siteKey,
    String host,
    int port,
    TlsBinding tls,
    long issued) {
  private static final int MEMBERS = 9;
  private static final int LONGEST_HOST = 253;
  private static final int LAST_PORT = 65_535;

  /// Checks everything that has a form.
  public MeasurementRequest {
    Fields.name(landmark);
    Fields.name(site);
    if (host.isBlank() || host.length() > LONGEST_HOST || host.chars().anyMatch(c -> c <= ' ')) {
      throw new IllegalArgumentException("the host is neither a name nor an address");
    }
    if (port < 1 || port > LAST_PORT || issued < 0) {
      throw new IllegalArgumentException("the port or the time is out of range");
    }
  }

  /// A request with the gateway's signature.
  ///
  /// @param request what is asked
  /// @param gatewayKey the gateway's identity key
  /// @param signature base64 of DER
  public record Signed(MeasurementRequest request, SiteKey gatewayKey, String signature) {
    private static final int PARTS = 3;

    /// `{request, gatewayKey, signature}`.
    public Json.Obj json() {
      return Json.object()
          .put("request", request.json())
          .put("gatewayKey", gatewayKey.text())
          .put("signature", signature)
          .build();
    }

    /// Reads what [#json] writes; nothing is verified yet.
    public static Reading<Signed> of(Json json) {
      return Fields.reading(
          "the signed request",
          json,
          PARTS,
          fields ->
              new Signed(
                  MeasurementRequest.of(fields.object("request")).orThrow(),
                  SiteKey.parse(fields.text("gatewayKey")).orThrow(),
                  fields.text("signature")));
    }

    /// Did the gateway with this key sign it?
    public boolean isSigned() {
      return gatewayKey.signed(request.signedBytes(), signature);
    }
  }

  /// What the gateway signs with its identity key.
  public byte[] signedBytes() {
    return SignedText.request(json());
  }

  Json.Obj json() {
    return Json.object()
        .put("v", 1)
        .put("landmark", landmark)
        .put("measurement", measurement.text())
        .put("site", site)
        .put("siteKey", siteKey.text())
        .put("host", host)
        .put("port", port)
        .put("tls", tls.text())
        .put("issued", issued)
        .build();
  }

  static Reading<MeasurementRequest> of(Json json) {
    return Fields.reading("the request", json, MEMBERS, MeasurementRequest::of);
  }

  private static MeasurementRequest of(Fields fields) {
    return new MeasurementRequest(
        fields.version1().id("landmark"),
        MeasurementId.parse(fields.text("measurement")),
        fields.id("site"),
        SiteKey.parse(fields.text("siteKey")).orThrow(),
        fields.text("host"),
        Math.toIntExact(Math.min(fields.whole("port"), Integer.MAX_VALUE)),
        new TlsBinding(fields.text("tls")),
        fields.whole("issued"));
  }
}
