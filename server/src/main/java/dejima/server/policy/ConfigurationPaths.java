package dejima.server.policy;

import dejima.residency.Destination.MediaHost;
import dejima.residency.Destination.Sink;
import dejima.residency.Destination.SinkKind;
import dejima.residency.LocalText;
import dejima.server.config.ServerConfig;
import dejima.server.config.ServerConfig.ExternalDatabase;
import dejima.server.config.ServerConfig.SinkPlace;
import dejima.server.config.ServerConfig.SiteConfig;
import dejima.server.policy.ConfigurationPath.Content;
import dejima.server.policy.ConfigurationPath.End;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Every path that a configuration opens. A new sink of the product belongs in this list before it
/// belongs anywhere else.
public final class ConfigurationPaths {
  private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "::1", "[::1]", "");

  private static final Pattern AUTHORITY = Pattern.compile("jdbc:postgresql://([^/?]*)");
  private static final Pattern PORT = Pattern.compile(":[0-9]+$");

  private final ServerConfig config;
  private final List<ConfigurationPath> paths = new ArrayList<>();

  private ConfigurationPaths(ServerConfig config) {
    this.config = config;
  }

  /// The paths, sites first.
  public static List<ConfigurationPath> of(ServerConfig config) {
    ConfigurationPaths all = new ConfigurationPaths(config);
    config.sites().forEach(all::site);
    all.media();
    all.telemetry();
    all.database();
    all.onThisMachine();
    all.witnesses();
    all.absent();
    return List.copyOf(all.paths);
  }

  /// First choice, retry and failover differ only in what happened before: all of them go to a site
  /// that the policy has permitted for this very request.
  private void site(SiteConfig site) {
    add(
        "拠点（最初の選択、再試行、切り替え）",
        "site (first choice, retry, failover)",
        Content.REQUEST,
        new End.DecidedEachTime(site.facts()),
        "gateway",
        site.facts().id() + " (" + site.host() + ":" + site.port() + ")");
  }

  private void media() {
    add(
        "メディアの URL",
        "media URLs",
        Content.REQUEST,
        new End.DecidedEachTime(new MediaHost("https", "host.example")),
        "gateway",
        "site",
        "the host that the request names");
  }

  private void telemetry() {
    Optional<URI> collector = config.otlp();
    String host = collector.map(URI::getHost).map(ConfigurationPaths::plain).orElse("");
    End end =
        collector
            .map(_ -> end(SinkKind.TELEMETRY, host, config.otlpPlace(), "telemetry.otlp"))
            .orElseGet(End.NotConfigured::new);
    add(
        "トレース（OTLP）",
        "traces (OTLP)",
        collector.isPresent() ? Content.METADATA : Content.NOTHING,
        end,
        "gateway",
        "span exporter",
        collector.map(URI::toString).orElse("-"));
  }

  private void database() {
    Optional<ExternalDatabase> external = config.database();
    String host = external.map(database -> host(database.url())).orElse("");
    SinkPlace place = external.map(ExternalDatabase::place).orElse(SinkPlace.UNKNOWN);
    add(
        "鍵とテナントのデータベース",
        "database of keys and tenants",
        Content.METADATA,
        end(SinkKind.DATABASE, host, place, "database.url"),
        "gateway",
        external.map(ExternalDatabase::url).orElse("embedded PostgreSQL"));
  }

  private void onThisMachine() {
    End here = new End.StaysHere();
    add("ログ", "log", Content.METADATA, here, "gateway", "standard output");
    add("指標", "metrics", Content.METADATA, here, "gateway", "/metrics on " + config.admin());
    add("証跡", "evidence log", Content.METADATA, here, "gateway", config.data().toString());
  }

  /// Witnesses see tree heads: a size and a hash.
  private void witnesses() {
    config
        .witnessPolicy()
        .ifPresent(policy ->
            add(
                "証人",
                "witnesses",
                Content.NOTHING,
                new End.CarriesNothing(),
                "gateway",
                "the witnesses of " + policy));
  }

  private void absent() {
    absent("キャッシュ", "cache", SinkKind.CACHE);
    absent("バッチ", "batch", SinkKind.BATCH);
    absent("ファイル", "files", SinkKind.FILES);
    absent("ガードレールの呼び出し", "guardrail calls", SinkKind.GUARDRAIL);
    absent("保守のための遠隔接続", "support access", SinkKind.SUPPORT);
  }

  private void absent(String ja, String en, SinkKind kind) {
    add(ja, en, Content.NOTHING, new End.NotConfigured(), "gateway", kind.word());
  }

  private static End end(SinkKind kind, String host, SinkPlace place, String setting) {
    return HERE.contains(host)
        ? new End.StaysHere()
        : new End.AlwaysOpen(new Sink(kind, host, place.country(), place.control()), setting);
  }

  /// The host of a JDBC URL; several hosts stay together, because each of them may be used.
  private static String host(String jdbc) {
    Matcher authority = AUTHORITY.matcher(jdbc);
    return authority.lookingAt() ? plain(PORT.matcher(authority.group(1)).replaceFirst("")) : "";
  }

  private static String plain(String host) {
    return host.toLowerCase(Locale.ROOT);
  }

  private void add(String ja, String en, Content content, End end, String... afterClient) {
    List<String> hops = new ArrayList<>(List.of("client"));
    hops.addAll(List.of(afterClient));
    paths.add(new ConfigurationPath(new LocalText(ja, en), hops, content, end));
  }
}
