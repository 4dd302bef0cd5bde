package dejima.server.console;

import dejima.server.console.Frame.Content;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The console's overview in one language: the state of this moment as HTML, complete without a
/// script, and the open templates with which its script keeps it current.
final class ConsolePage {
  private static final List<String> FOR_SCRIPT =
      List.of(
          "site-card",
          "class-cell",
          "site-marker",
          "request-row",
          "refusal",
          "refused-site",
          "policy",
          "treehead");

  private final Words words;
  private final Frame frame;
  private final Template page;
  private final Template live;
  private final Template policy;
  private final Template treeHead;
  private final Template nothing;
  private final SiteView sites;
  private final MapView map;
  private final RequestView requests;
  private final RefusalView refusals;
  private final Html open;

  ConsolePage(Language language) {
    this.words = Words.in(language);
    this.frame = new Frame(words);
    this.page = Template.read("overview", words);
    this.live = Template.read("live", words);
    this.policy = Template.read("policy", words);
    this.treeHead = Template.read("treehead", words);
    this.nothing = Template.read("nothing", words);
    this.sites = new SiteView(words);
    this.map = new MapView(words, sites);
    this.requests = new RequestView(words);
    this.refusals = new RefusalView(words);
    this.open = FOR_SCRIPT.stream().map(this::open).collect(Html.joined());
  }

  /// The page as of now.
  Html render(LiveFeed feed, ConsoleAssets assets) {
    FeedReader now = feed.subscribe();
    List<SiteCard> cards = feed.sites();
    Map<String, Html> parts =
        Map.of(
            "policy", policy(feed.policy()),
            "treehead", treeHead(feed.treeHead()),
            "map", map.draw(cards),
            "sites", cards.stream().map(sites::card).collect(Html.joined()),
            "requests",
                newestFirst(now.newRequests(), event -> event.started().time(), requests::row),
            "refusals", newestFirst(now.newRefusals(), RefusalEvent::time, refusals::item),
            "templates", open);
    Content content =
        new Content(
            Tab.OVERVIEW,
            "console.js",
            words.json(""),
            live.fill(Map.of()),
            page.fill(totals(feed.totals()), parts));
    return frame.around(content, assets, feed.policy().flatMap(PolicyCard::notice), "");
  }

  private static Map<String, String> totals(FeedTotals totals) {
    return Map.of(
        "finished", Figures.count(totals.finished()),
        "running", Figures.count(totals.running()),
        "refused", Figures.count(totals.refused()));
  }

  private Html policy(Optional<PolicyCard> active) {
    return active
        .map(card ->
            policy.fill(
                Map.of(
                    "id", card.id(),
                    "version", card.version(),
                    "title", words.language().of(card.title()),
                    "hash", card.hash(),
                    "hashShort", Figures.shortened(card.hash(), 8, 8))))
        .orElseGet(() -> nothing("policy"));
  }

  private Html treeHead(Optional<TreeHeadCard> newest) {
    return newest
        .map(head ->
            treeHead.fill(
                Map.of(
                    "origin", head.origin(),
                    "size", Figures.count(head.size()),
                    "root", head.root(),
                    "rootShort", Figures.shortened(head.root(), 8, 8),
                    "iso", Figures.iso(head.time()),
                    "time", Figures.clock(head.time()))))
        .orElseGet(() -> nothing("treehead"));
  }

  private Html nothing(String what) {
    return nothing.fill(Map.of("heading", words.get(what), "text", words.get(what + ".none")));
  }

  private Html open(String name) {
    String markup = Template.read(name, words).open().text();
    // Markers are SVG, and only inside <svg> does a parser make SVG elements of them.
    String inside = name.equals("site-marker") ? "<svg>" + markup + "</svg>" : markup;
    return new Html("<template id=\"t-" + name + "\">" + inside + "</template>\n");
  }

  private static <E> Html newestFirst(
      List<E> oldestFirst, Function<E, Instant> time, Function<E, Html> drawn) {
    return oldestFirst.reversed().stream()
        .sorted(Comparator.comparing(time).reversed())
        .map(drawn)
        .collect(Html.joined());
  }
}
