package dejima.acceptance.product;

/// A site as the gateway's configuration names it.
///
/// @param id its name
/// @param country where it says it is
/// @param control who could be compelled
/// @param sku the deployment's kind, empty where there are none
/// @param port where its agent listens on loopback
/// @param pin the pin of its key
/// @param nextPin the pin of the key that it is about to change to, empty if none
public record SiteEntry(
    String id, String country, String control, String sku, int port, String pin, String nextPin) {
  /// A site whose key stays.
  public SiteEntry(String id, String country, String control, String sku, int port, String pin) {
    this(id, country, control, sku, port, pin, "");
  }

  /// The same with the key that it is about to change to.
  public SiteEntry changingTo(String next) {
    return new SiteEntry(id, country, control, sku, port, pin, next);
  }

  String yaml() {
    return """
      - id: %s
        operator: Operator of %s
        country: %s
        control: %s
        %surl: https://127.0.0.1:%d
        pin: %s
    %s\
    """
        .formatted(
            id,
            id,
            country,
            control,
            sku.isEmpty() ? "" : "sku: " + sku + "\n    ",
            port,
            pin,
            nextPin.isEmpty() ? "" : "    nextPin: " + nextPin + "\n");
  }
}
