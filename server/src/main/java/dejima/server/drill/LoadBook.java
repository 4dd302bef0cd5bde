package dejima.server.drill;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Adds up what was asked in the last days: for each kind of work how much there was, and for each
/// site that stays what it would have had to carry. Its memory is bounded, whatever the log holds.
///
/// Work goes to the sites that may do it in proportion to the requests that they say they take at
/// once, or in equal parts where one of them does not say.
final class LoadBook {
  /// How far back it looks.
  static final Duration PERIOD = Duration.ofDays(30);

  private static final int MOST_WORKS = 10_000;

  private final Instant from;
  private final Function<Work, Fate> fates;
  private final Map<String, Integer> capacities;
  private final int mostWorks;
  private final Map<Work, Tally> works = new LinkedHashMap<>();
  private final Map<String, SiteLoad> sites = new HashMap<>();
  private long requests;
  private long refused;
  private long beyond;
  private long carried;
  private long carriedTokens;

  /// How much of one kind of work there was.
  static final class Tally {
    private final Fate fate;
    private long requests;
    private long refused;
    private long tokens;

    private Tally(Fate fate) {
      this.fate = fate;
    }

    Fate fate() {
      return fate;
    }

    long requests() {
      return requests;
    }

    /// How many of them were not let out even then.
    long refused() {
      return refused;
    }

    long tokens() {
      return tokens;
    }
  }

  /// A book of nothing.
  ///
  /// @param now the end of the period
  /// @param fates what becomes of work
  /// @param capacities requests that each staying site takes at once, 0 where it does not say
  LoadBook(Instant now, Function<Work, Fate> fates, Map<String, Integer> capacities) {
    this(now, fates, capacities, MOST_WORKS);
  }

  LoadBook(
      Instant now, Function<Work, Fate> fates, Map<String, Integer> capacities, int mostWorks) {
    this.from = now.minus(PERIOD).truncatedTo(ChronoUnit.HOURS);
    this.fates = fates;
    this.capacities = Map.copyOf(capacities);
    this.mostWorks = mostWorks;
    int hours = (int) PERIOD.toHours() + 1;
    capacities.keySet().forEach(site -> sites.put(site, new SiteLoad(from, hours)));
  }

  /// The beginning of the period, on the hour.
  Instant from() {
    return from;
  }

  /// Adds the end of one request.
  void add(Sighting sighting) {
    requests++;
    Tally known = works.get(sighting.work());
    boolean room = known != null || works.size() < mostWorks;
    Tally tally = known != null ? known : new Tally(fates.apply(sighting.work()));
    if (!room) {
      beyond++;
    } else if (known == null) {
      works.put(sighting.work(), tally);
    }
    tally.requests++;
    tally.tokens += sighting.tokens();
    if (sighting.left()) {
      leave(sighting, tally.fate);
    } else {
      tally.refused++;
      refused++;
    }
  }

  private void leave(Sighting sighting, Fate fate) {
    if (sighting.site().filter(fate.withdrawal()::takes).isPresent()) {
      carried++;
      carriedTokens += sighting.tokens();
    }
    List<String> able = fate.after().stream().filter(sites::containsKey).toList();
    boolean said = able.stream().allMatch(site -> capacity(site) > 0);
    double whole = said ? able.stream().mapToInt(this::capacity).sum() : able.size();
    for (String site : able) {
      SiteLoad load = sites.get(site);
      if (load != null) {
        load.add(sighting, (said ? capacity(site) : 1) / whole);
      }
    }
  }

  private int capacity(String site) {
    return capacities.getOrDefault(site, 0);
  }

  /// Every kind of work, in the order in which it was first seen.
  Map<Work, Tally> works() {
    return Collections.unmodifiableMap(works);
  }

  /// The busiest hour of a site that stays.
  SiteLoad.Hour busiest(String site) {
    SiteLoad load = sites.get(site);
    if (load == null) {
      throw new IllegalArgumentException("not a site that stays: " + site);
    }
    return load.busiest();
  }

  /// How many requests there were.
  long requests() {
    return requests;
  }

  /// How many of them were not let out even then.
  long refused() {
    return refused;
  }

  /// How many are of a kind for which there was no room in [#works]; they count everywhere else.
  long beyond() {
    return beyond;
  }

  /// How many the sites that go have answered.
  long carried() {
    return carried;
  }

  /// How many tokens those had.
  long carriedTokens() {
    return carriedTokens;
  }
}
