package dejima.server.console;

import dejima.server.console.RequestEvent.Finished;
import dejima.server.console.RequestEvent.Started;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/// What the console knows, and where everybody who watches it reads.
///
/// The gateway tells the feed about each request from the path of that request, so telling costs a
/// counter and one slot in a ring, whoever watches or not: no lock, no queue, no text. Watchers
/// [subscribe][#subscribe] and ask in their own time; one that asks rarely loses what came in
/// between and never the newest. Every method may be called from any thread.
public final class LiveFeed {
  /// How many requests and how many refusals the console shows.
  static final int SHOWN = 50;

  final RecentRing<RequestEvent> requests = new RecentRing<>(256);
  final RecentRing<RefusalEvent> refusals = new RecentRing<>(64);
  private volatile List<SiteCard> sites = List.of();
  private volatile Optional<TreeHeadCard> treeHead = Optional.empty();
  private volatile Optional<PolicyCard> policy = Optional.empty();
  private final LongAdder started = new LongAdder();
  private final LongAdder finished = new LongAdder();

  /// A request was sent to its site.
  public void requestStarted(Started event) {
    started.increment();
    requests.add(event);
  }

  /// A request that [#requestStarted] announced came to its end.
  public void requestFinished(Finished event) {
    finished.increment();
    requests.add(event);
  }

  /// The gateway refused a request.
  public void refused(RefusalEvent event) {
    refusals.add(event);
  }

  /// The log signed a tree head.
  public void treeHead(TreeHeadCard head) {
    treeHead = Optional.of(head);
  }

  /// A policy became active.
  public void policy(PolicyCard active) {
    policy = Optional.of(active);
  }

  /// All sites as they are now, in the order to show them; equal lists cost watchers nothing.
  public void sites(List<SiteCard> now) {
    sites = List.copyOf(now);
  }

  /// A reader whose first reading is everything that the console shows.
  public FeedReader subscribe() {
    return new FeedReader(this);
  }

  List<SiteCard> sites() {
    return sites;
  }

  Optional<TreeHeadCard> treeHead() {
    return treeHead;
  }

  Optional<PolicyCard> policy() {
    return policy;
  }

  /// Requests and refusals since the program started.
  FeedTotals totals() {
    return new FeedTotals(started.sum(), finished.sum(), refusals.written());
  }
}
