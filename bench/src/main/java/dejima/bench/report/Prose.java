package dejima.bench.report;

/// The parts of the page that do not depend on the run.
final class Prose {
  static final String METHOD =
      """
      ## What the rows mean

      - One stub answers for everybody. Contenders reach it over TLS 1.3 on kept-alive connections and show it a client
        certificate (Portkey cannot); the load generator reaches contenders over plain HTTP/1.1. All of it is loopback.
      - Request and answer are about 1 KB of OpenAI chat JSON each. Every answer of every turn is compared byte by byte;
        a turn with one wrong or missing answer gives no figure. Whoever rewrites answers is held to its own bytes, which
        must carry the same texts, reasons and usage.
      - **CPU** is user plus system time of all processes of a contender, children and its database included, from
        `/proc`, divided by the answers of that turn. The ratio is the median of the rounds' ratios.
      - **Back to back** streams are flushed chunk by chunk without a pause, so a slow reader finds several chunks at once
        and saves work; the row of reads shows how many arrive separately. With 1 ms between chunks everybody handles each
        chunk by itself, as with a real engine.
      - **Added** times are the contender's percentile less the same percentile of *direct* in the same round, at a fixed
        rate on one connection; a request that another one held up is timed from when it was due.
      - **Resident** is the proportional set size of all processes, shared pages counted once, after warm-up and with
        every stream open and flowing.
      - **Cold start** is from the start of the process to the end of its first right answer, with files cached and data
        directories made by an earlier start.
      """;

  static final String DIFFERENCES =
      """
      ## What they do for it

      - **nginx** and **Spring Cloud Gateway** pass bytes on. They check no key, decide nothing and record nothing here,
        though both can be made to do much else: caching, rewriting, HTTP/2 and 3, static files, countless filters.
      - **Portkey** translates between the dialects of many commercial model providers, retries, falls back and balances
        between them, can cache answers and run guardrail plug-ins; Dejima speaks OpenAI's and Azure's dialects to sites
        and does none of that translation. As run here Portkey checks no key of its own and records nothing.
      - **Dejima** does what its setup above says for each request. None of the peers decides by place and control of
        a site, makes a record durable before a byte leaves, or gives a receipt that an outsider can check.
      """;

  static final String REPEAT =
      """
      ## How to repeat it

      ```
      ./dejima bench --results bench/RESULTS.md --json bench/target/results.json
      ```

      It needs Debian's `nginx`, Node.js with `npm`, and Maven; the peers are fetched and built below `bench/target` the
      first time. Close other programs: the page says how much of the machine they used. `--quick` gives a first look,
      `--only nginx,dejima` leaves the others out.
      """;

  private Prose() {}
}
