package dejima.gateway;

import dejima.evidence.Entry;
import dejima.evidence.Json;

/// One try at one site. It holds a place at the site from its start to its end.
public final class Attempt {
  private final int number;
  private final SiteState site;
  private final String pin;
  private final Entry intent;
  private final long startedAt;
  private String intentHash = "";
  private String result = "open";
  private boolean ended;

  Attempt(int number, SiteState site, String pin, Entry intent, long startedAt) {
    this.number = number;
    this.site = site;
    this.pin = pin;
    this.intent = intent;
    this.startedAt = startedAt;
    site.started();
  }

  /// Its number within the request, from 1.
  public int number() {
    return number;
  }

  /// Where it goes.
  public SiteState site() {
    return site;
  }

  /// The pin of the only key that may have it; its intent names it.
  public String pin() {
    return pin;
  }

  /// What must be durable before a byte leaves.
  public Entry intent() {
    return intent;
  }

  /// The intent is durable.
  ///
  /// @param bodyHash base64 SHA-256 of its body
  public void recorded(String bodyHash) {
    intentHash = bodyHash;
  }

  /// Whether its intent is durable; only then does the outcome name it.
  boolean isRecorded() {
    return !intentHash.isEmpty();
  }

  /// The first byte of the answer is there.
  public void firstByte(long nanoTime) {
    site.answered(nanoTime - startedAt);
  }

  /// The site answered as it should.
  public void succeeded() {
    if (end("answered")) {
      site.breaker().succeeded();
    }
  }

  /// The site failed.
  ///
  /// @param reason the word for the outcome entry
  public void failed(String reason, long nanoTime) {
    if (end(reason)) {
      site.breaker().failed(nanoTime);
    }
  }

  /// The site asked not to be asked for a while.
  public void restUntil(String reason, long restNanos, long nanoTime) {
    if (end(reason)) {
      site.breaker().rest(restNanos, nanoTime);
    }
  }

  /// The request ended for a reason that says nothing about the site.
  public void abandoned(String reason) {
    if (end(reason)) {
      site.breaker().undecided();
    }
  }

  private boolean end(String reason) {
    if (ended) {
      return false;
    }
    ended = true;
    result = reason;
    site.ended();
    return true;
  }

  Json json() {
    return Json.object()
        .put("attempt", number)
        .put("site", site.id())
        .put("intent", intentHash)
        .put("result", result)
        .build();
  }
}
