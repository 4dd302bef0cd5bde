package dejima.server.console;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

/// One watcher's place in the [LiveFeed]. Not for several threads at once.
///
/// Bursts are merged here: however much happened since the last reading, a reading holds each
/// request once, in its newest state, and at most the newest fifty.
public final class FeedReader {
  private static final int POLLS_PER_SITES = 5;

  private final LiveFeed feed;
  private int polls;
  private long nextRequest;
  private long nextRefusal;
  private List<SiteCard> sites = List.of();
  private Optional<TreeHeadCard> treeHead = Optional.empty();
  private Optional<PolicyCard> policy = Optional.empty();
  private FeedTotals totals = new FeedTotals(0, 0, 0);

  FeedReader(LiveFeed feed) {
    this.feed = feed;
  }

  /// What is new since the last call as events of the WHATWG event stream format, each with
  /// `event:` and one line of JSON in `data:`; empty when nothing is.
  public String poll() {
    StringBuilder events = new StringBuilder();
    newPolicy().ifPresent(card -> events.append(FeedText.policy(card)));
    newTreeHead().ifPresent(card -> events.append(FeedText.treeHead(card)));
    newSites().ifPresent(cards -> events.append(FeedText.sites(cards)));
    newRequests().forEach(event -> events.append(FeedText.request(event)));
    newRefusals().forEach(event -> events.append(FeedText.refusal(event)));
    newTotals().ifPresent(counts -> events.append(FeedText.totals(counts)));
    return events.toString();
  }

  /// Oldest first.
  List<RequestEvent> newRequests() {
    RecentRing.Reading<RequestEvent> reading = feed.requests.since(nextRequest);
    nextRequest = reading.next();
    SequencedMap<String, RequestEvent> newest = new LinkedHashMap<>();
    for (RequestEvent event : reading.things()) {
      keepNewest(newest, event);
    }
    return last(newest.values());
  }

  /// Oldest first.
  List<RefusalEvent> newRefusals() {
    RecentRing.Reading<RefusalEvent> reading = feed.refusals.since(nextRefusal);
    nextRefusal = reading.next();
    return last(reading.things());
  }

  /// Looked at on every fifth call only, because in-flight counts change all the time.
  Optional<List<SiteCard>> newSites() {
    if (polls++ % POLLS_PER_SITES != 0) {
      return Optional.empty();
    }
    List<SiteCard> before = sites;
    sites = feed.sites();
    return sites.equals(before) ? Optional.empty() : Optional.of(sites);
  }

  Optional<TreeHeadCard> newTreeHead() {
    Optional<TreeHeadCard> before = treeHead;
    treeHead = feed.treeHead();
    return Objects.equals(treeHead, before) ? Optional.empty() : treeHead;
  }

  Optional<PolicyCard> newPolicy() {
    Optional<PolicyCard> before = policy;
    policy = feed.policy();
    return Objects.equals(policy, before) ? Optional.empty() : policy;
  }

  Optional<FeedTotals> newTotals() {
    FeedTotals before = totals;
    totals = feed.totals();
    return totals.equals(before) ? Optional.empty() : Optional.of(totals);
  }

  private static void keepNewest(SequencedMap<String, RequestEvent> newest, RequestEvent event) {
    String id = event.started().id();
    boolean late = event instanceof RequestEvent.Started && newest.containsKey(id);
    if (!late) {
      newest.putLast(id, event);
    }
  }

  private static <E> List<E> last(Collection<E> things) {
    List<E> all = new ArrayList<>(things);
    return all.subList(Math.max(0, all.size() - LiveFeed.SHOWN), all.size());
  }
}
