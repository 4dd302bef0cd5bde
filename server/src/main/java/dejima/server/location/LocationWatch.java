package dejima.server.location;

import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.gateway.GroundEntry;
import dejima.gateway.SiteState;
import dejima.location.Landmarks;
import dejima.server.config.LocationSettings;
import dejima.server.http.SiteConnection;
import dejima.server.records.NodeRecords;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has every site that says where it is measured by every landmark, again and again. A measurement
/// counts only once it is on record.
public final class LocationWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocationWatch.class);
  private static final int SITES_AT_ONCE = 8;
  private static final int SECONDS_TO_RECORD = 10;
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final Map<SiteConnection, Located> sites = new LinkedHashMap<>();
  private final List<LandmarkClient> landmarks;
  private final SiteMeasuring measuring;
  private final NodeRecords records;
  private final InstantSource steady;
  private final Duration every;
  private final HttpClient http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore places = new Semaphore(SITES_AT_ONCE);

  /// @param settings whom to ask, and how often
  /// @param connections the sites; those without a place are left alone
  /// @param registered what the register says of a site now
  /// @param measuring makes one measurement
  /// @param steady a clock that never jumps
  LocationWatch(
      LocationSettings settings,
      List<SiteConnection> connections,
      Function<SiteState, Registered> registered,
      SiteMeasuring measuring,
      NodeRecords records,
      InstantSource steady) {
    this.measuring = measuring;
    this.records = records;
    this.steady = steady;
    this.every = settings.every();
    this.http = HttpClient.newBuilder().executor(threads).connectTimeout(CONNECT).build();
    this.landmarks =
        settings.landmarks().stream().map(asked -> new LandmarkClient(asked, http)).toList();
    Landmarks trusted = settings.trusted();
    for (SiteConnection site : connections) {
      site.config()
          .location()
          .ifPresent(where ->
              sites.put(
                  site,
                  new Located(
                      site.state(),
                      where,
                      () -> registered.apply(site.state()),
                      trusted,
                      settings.validFor())));
    }
  }

  /// A watch over the sites; it does nothing until [#start].
  ///
  /// @param registered what the register says of a site now
  /// @param parts what a measurement needs
  public static LocationWatch over(
      LocationSettings settings,
      List<SiteConnection> connections,
      Function<SiteState, Registered> registered,
      MeasuringParts parts,
      NodeRecords records) {
    SiteMeasuring measuring =
        new SiteMeasuring(
            parts.lines(),
            parts.identity(),
            settings.trusted(),
            parts.clock(),
            parts.steady(),
            parts.random());
    return new LocationWatch(settings, connections, registered, measuring, records, parts.steady());
  }

  /// Begins to measure, if there is anything to measure with.
  public void start() {
    if (!landmarks.isEmpty()) {
      int index = 0;
      for (Map.Entry<SiteConnection, Located> site : sites.entrySet()) {
        Duration after = every.multipliedBy(index++).dividedBy(Math.max(1, sites.size()));
        threads.execute(() -> watch(site.getKey(), site.getValue(), after));
      }
    }
  }

  /// What is known of a site's place, for people; nothing if it says no place.
  public Optional<Json.Obj> json(String site) {
    return sites.entrySet().stream()
        .filter(one -> one.getKey().state().id().equals(site))
        .findFirst()
        .map(one -> one.getValue().json(steady.instant()));
  }

  private void watch(SiteConnection site, Located located, Duration after) {
    try {
      Thread.sleep(after);
      while (!Thread.currentThread().isInterrupted()) {
        long began = System.nanoTime();
        round(site, located);
        long rest = every.toNanos() - (System.nanoTime() - began);
        TimeUnit.NANOSECONDS.sleep(Math.max(rest, every.toNanos() / 10));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /// One landmark after the other: measurements at the same time would seem longer.
  private void round(SiteConnection site, Located located) throws InterruptedException {
    for (LandmarkClient landmark : landmarks) {
      places.acquire();
      try {
        measure(site, located, landmark);
      } catch (RuntimeException failed) {
        tell(site, located, landmark, failed.toString());
      } finally {
        places.release();
      }
      located.settle(steady.instant());
    }
  }

  private void measure(SiteConnection site, Located located, LandmarkClient landmark)
      throws InterruptedException {
    switch (measuring.measure(site, located.where(), located.declared(), landmark)) {
      case SiteMeasuring.Outcome.Failed(String reason) -> tell(site, located, landmark, reason);
      case SiteMeasuring.Outcome.Done(var entry, var began) -> {
        try {
          GroundEntry recorded =
              records
                  .appendGround(Kind.LOCATION, entry.json())
                  .orTimeout(SECONDS_TO_RECORD, TimeUnit.SECONDS)
                  .join();
          located.measured(entry, began, recorded);
        } catch (CompletionException unrecorded) {
          tell(site, located, landmark, "the measurement could not be recorded");
        }
      }
    }
  }

  private static void tell(
      SiteConnection site, Located located, LandmarkClient landmark, String reason) {
    if (located.failed(landmark.id(), reason)) {
      LOG.warn(
          "site {} is not measured by landmark {}: {}", site.state().id(), landmark.id(), reason);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    http.shutdownNow();
  }
}
