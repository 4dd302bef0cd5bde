package dejima.server.console;

import dejima.evidence.EvidenceLog;
import dejima.evidence.TreeHead;
import java.time.InstantSource;

/// Tells the feed each new tree head of a log. Run it about once a second.
public final class HeadWatch implements Runnable {
  private final EvidenceLog log;
  private final LiveFeed feed;
  private final InstantSource clock;
  private long lastSize = -1;

  /// Watches `log` for `feed`.
  public HeadWatch(EvidenceLog log, LiveFeed feed, InstantSource clock) {
    this.log = log;
    this.feed = feed;
    this.clock = clock;
  }

  @Override
  public void run() {
    TreeHead head = log.head();
    if (head.size() != lastSize) {
      lastSize = head.size();
      feed.treeHead(new TreeHeadCard(log.key().name(), head.size(), head.root(), clock.instant()));
    }
  }
}
