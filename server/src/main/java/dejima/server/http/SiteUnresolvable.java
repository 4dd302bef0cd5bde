package dejima.server.http;

/// A site's host name has no address.
public final class SiteUnresolvable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SiteUnresolvable(String site, String host, Throwable cause) {
    super("The host '" + host + "' of site " + site + " has no address. Correct its 'url'.", cause);
  }
}
