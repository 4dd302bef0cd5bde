package dejima.residency;

/// Where bytes of a request would go: a site that computes, or a host that a request makes an
/// engine fetch media from.
public sealed interface Destination {

  /// A site of an operator. Country and control are two facts and are never merged.
  ///
  /// @param declaredCountry where the operator says the machines are; rules see [#country]
  /// @param sku the deployment type where the operator sells several, such as Azure's `Standard`;
  ///   empty elsewhere
  record SiteFacts(
      String id,
      String operator,
      Country declaredCountry,
      Control control,
      EvidenceLevel evidence,
      String sku)
      implements Destination {

    /// Where data sent here is processed. Azure's `Global…` and `DataZone…` deployments may process
    /// in any of many regions whatever their address says, so their country is unknown.
    public Country country() {
      return roams("Global") || roams("DataZone") ? Country.UNKNOWN : declaredCountry;
    }

    /// The same site with other evidence about it.
    public SiteFacts at(EvidenceLevel other) {
      return new SiteFacts(id, operator, declaredCountry, control, other, sku);
    }

    private boolean roams(String prefix) {
      return sku.regionMatches(true, 0, prefix, 0, prefix.length());
    }
  }

  /// The target of a media URL in a request.
  ///
  /// @param scheme in small letters, without the colon: `data`, `https`
  /// @param host in small letters; empty for a scheme that has none
  record MediaHost(String scheme, String host) implements Destination {}
}
