package dejima.server.cli;

import dejima.audit.PolicyReplay;
import dejima.evidence.DecisionReplay.Replay;
import dejima.evidence.Json;
import dejima.evidence.Reading;
import dejima.evidence.Receipt;
import dejima.residency.BundleReading;
import dejima.residency.PolicyBundle;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Decides recorded requests again, by the policy in their receipts or by another one.
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Decides the requests of receipts again, from the facts and the policy inside them.",
      "Says nothing of signatures and proofs: that is 'verify'."
    },
    footer = {"", "Exit codes: 0 every decision came out as recorded, 3 at least one did not."})
final class PolicyReplayCommand implements Callable<Integer> {
  private static final long LONGEST_FILE = 16 << 20;

  @Spec private CommandSpec spec;
  @Mixin private LanguageOption language;

  @Parameters(paramLabel = "RECEIPT", arity = "1..*", description = "Receipt files.")
  private List<Path> files;

  @Option(
      names = "--policy",
      description =
          "Decide by this bundle instead, to see what it would change. " + Bundles.PARAMETER)
  private Optional<String> policy = Optional.empty();

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  /// What came of one file.
  private record Result(Path file, Replay replay) {
    boolean same() {
      return replay instanceof Replay.Same;
    }

    Json json() {
      Json.Members members = Json.object().put("file", file.toString()).put("same", same());
      switch (replay) {
        case Replay.Same(int decisions) -> members.put("decisions", decisions);
        case Replay.Different(String reason) -> members.put("reason", reason);
      }
      return members.build();
    }
  }

  @Override
  public Integer call() {
    List<Result> results = files.stream().map(file -> new Result(file, replay(file))).toList();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Json rows = Json.array(results.stream().map(Result::json).toList());
      out.println(Json.object().put("receipts", rows).build().canonicalText());
    } else {
      results.forEach(result -> print(result, out));
    }
    out.flush();
    return results.stream().allMatch(Result::same) ? DejimaCommand.DONE : DejimaCommand.REFUSED;
  }

  private void print(Result result, PrintWriter out) {
    switch (result.replay()) {
      case Replay.Same(int decisions) ->
          out.printf(
              language.of("一致  %s  判断 %d 件%n", "same       %s  %d decisions%n"),
              result.file(),
              decisions);
      case Replay.Different(String reason) ->
          out.printf(language.of("相違  %s  %s%n", "DIFFERENT  %s  %s%n"), result.file(), reason);
    }
  }

  private Replay replay(Path file) {
    Receipt receipt = receipt(file);
    List<Json.Obj> bodies = new ArrayList<>();
    receipt.intents().forEach(intent -> bodies.add(intent.body()));
    if (receipt.body().array("decisions").isPresent()
        || receipt.body().object("decisions").isPresent()) {
      bodies.add(receipt.body());
    }
    int decisions = 0;
    for (Json.Obj body : bodies) {
      switch (replay(receipt, body)) {
        case Replay.Same(int same) -> decisions += same;
        case Replay.Different different -> {
          return different;
        }
      }
    }
    return decisions > 0
        ? new Replay.Same(decisions)
        : new Replay.Different("the receipt holds no decision");
  }

  private Replay replay(Receipt receipt, Json.Obj body) {
    if (policy.isPresent()) {
      return new PolicyReplay()
          .replay(
              body,
              new Receipt.Documents(
                  Bundles.read(policy.get()).files(), receipt.documents().siteFacts()));
    }
    if (!body.string("siteFacts")
        .equals(Optional.of(receipt.documents().siteFacts().canonicalHash()))) {
      return new Replay.Different("the sites' facts inside are not those that the record names");
    }
    Optional<String> named = body.object("policy").flatMap(decided -> decided.string("hash"));
    return switch (PolicyBundle.of(receipt.policyFiles())) {
      case BundleReading.Loaded(PolicyBundle bundle)
          when Optional.of(bundle.hash()).equals(named) ->
          new PolicyReplay().replay(body, receipt.documents());
      case BundleReading.Loaded _ ->
          new Replay.Different("the policy inside is not the one that the record names");
      case BundleReading.Rejected(var problems) ->
          new Replay.Different("the policy inside cannot be read: " + problems.getFirst().text());
    };
  }

  private static Receipt receipt(Path file) {
    try {
      if (Files.size(file) > LONGEST_FILE) {
        throw new CommandFailed(file + " is longer than any receipt.");
      }
      return switch (Receipt.parse(Files.readAllBytes(file))) {
        case Reading.Read<Receipt>(Receipt read) -> read;
        case Reading.Unreadable<Receipt>(String reason) ->
            throw new CommandFailed(file + " is no receipt: " + reason);
      };
    } catch (IOException unreadable) {
      throw new CommandFailed("The file " + file + " cannot be read.");
    }
  }
}
