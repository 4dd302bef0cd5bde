package dejima.server.config;

import dejima.agent.PinnedKey;
import dejima.residency.Control;
import dejima.residency.Destination.SiteFacts;
import dejima.residency.EvidenceLevel;
import dejima.server.config.LocationSettings.SiteLocation;
import dejima.server.config.ServerConfig.SiteConfig;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads what `dejima.yaml` says of the sites.
final class SiteReader {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,62}");

  private SiteReader() {}

  static List<SiteConfig> sites(ConfigSection root) {
    List<SiteConfig> sites = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (ConfigSection section : root.sections("sites")) {
      Optional<SiteConfig> site = site(section);
      site.filter(one -> !ids.add(one.facts().id()))
          .ifPresent(_ -> section.mistake("id", "is used by another site"));
      site.ifPresent(sites::add);
    }
    EntryRoom.lacking(sites).ifPresent(reason -> root.mistake("sites", reason));
    return sites;
  }

  private static Optional<SiteConfig> site(ConfigSection section) {
    int before = section.mistakes();
    String id = section.text("id");
    if (!id.isEmpty() && !NAME.matcher(id).matches()) {
      section.mistake("id", "must be small letters, digits, points and hyphens");
    }
    SiteFacts facts =
        new SiteFacts(
            id,
            section.text("operator"),
            section.country("country"),
            section.constant("control", Control.class, Control.UNKNOWN),
            EvidenceLevel.E0,
            section.optionalText("sku").orElse(""));
    String metro = section.optionalText("metro").orElse("");
    URI url = section.read("url", SiteReader::httpsUri).orElseGet(() -> missingUrl(section));
    Optional<PinnedKey> pin = section.read("pin", PinnedKey::new);
    if (!section.has("pin")) {
      section.mistake("pin", "is missing; 'dejima agent' prints it when it starts");
    }
    Optional<PinnedKey> nextPin = section.read("nextPin", PinnedKey::new);
    if (nextPin.isPresent() && nextPin.equals(pin)) {
      section.mistake("nextPin", "is the same as pin; leave it out once the key has changed");
    }
    Optional<SiteLocation> location = LocationReader.site(section);
    section.close();
    return pin.filter(_ -> section.mistakes() == before)
        .map(key -> new SiteConfig(facts, metro, url.getHost(), port(url), key, nextPin, location));
  }

  private static URI missingUrl(ConfigSection section) {
    if (!section.has("url")) {
      section.mistake("url", "is missing; it is the address of the site's agent, https://…");
    }
    return URI.create("https://unknown.invalid");
  }

  private static int port(URI url) {
    return url.getPort() < 0 ? 443 : url.getPort();
  }

  private static URI httpsUri(String text) {
    URI uri = URI.create(text);
    if (!"https".equals(uri.getScheme())
        || uri.getHost() == null
        || uri.getPort() > 65_535
        || uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null
        || !uri.getPath().replace("/", "").isEmpty()) {
      throw new IllegalArgumentException("must be https://host:port and nothing else");
    }
    return uri;
  }
}
