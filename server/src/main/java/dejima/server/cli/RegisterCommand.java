package dejima.server.cli;

import dejima.evidence.Approvers;
import dejima.evidence.Approvers.Approver;
import dejima.evidence.Json;
import dejima.evidence.NoteKey;
import dejima.evidence.NoteSecret;
import dejima.evidence.Reading;
import dejima.evidence.SignedNote;
import dejima.evidence.Signer;
import dejima.register.Mistake;
import dejima.register.Register;
import dejima.register.RegisterApproval;
import dejima.register.RegisterDiff;
import dejima.register.RegisterReading;
import dejima.server.files.DurableFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The register of persons, sites and models.
@Command(
    name = "register",
    mixinStandardHelpOptions = true,
    description =
        "Checks, compares, signs and explains the register of operators, sites and models.",
    subcommands = {
      RegisterCommand.Check.class,
      RegisterCommand.Show.class,
      RegisterCommand.Diff.class,
      RegisterCommand.Explain.class,
      RegisterCommand.NewKey.class,
      RegisterCommand.Sign.class,
      RegisterCommand.Reload.class
    })
final class RegisterCommand extends CommandGroup {
  /// Reads a register or says everything that is wrong with it.
  static Register load(Path directory) {
    return switch (Register.load(directory)) {
      case RegisterReading.Loaded(Register register) -> register;
      case RegisterReading.Rejected(List<Mistake> mistakes) ->
          throw new CommandFailed(
              mistakes.stream().map(Mistake::text).collect(Collectors.joining("\n")));
    };
  }

  /// Reads `PERSON=VKEY`.
  static Approvers people(List<String> approvers) {
    List<Approver> people = new ArrayList<>();
    for (String one : approvers) {
      int equals = one.indexOf('=');
      if (equals < 1) {
        throw new CommandFailed("--approver is written PERSON=VKEY: " + one);
      }
      switch (NoteKey.parse(one.substring(equals + 1))) {
        case Reading.Read<NoteKey>(NoteKey key) ->
            people.add(new Approver(one.substring(0, equals), key));
        case Reading.Unreadable<NoteKey>(String reason) ->
            throw new CommandFailed("--approver " + one + ": " + reason);
      }
    }
    return new Approvers(people);
  }

  /// A text with one more signature than it has, or with the first.
  static SignedNote signed(Optional<String> before, String text, Signer signer) {
    return before
        .flatMap(old -> SignedNote.parse(old).toOptional())
        .filter(old -> old.text().equals(text))
        .map(old -> added(old, signer))
        .orElseGet(() -> Approvers.sign(text, signer));
  }

  private static SignedNote added(SignedNote note, Signer signer) {
    return switch (Approvers.addSignature(note, signer)) {
      case Reading.Read<SignedNote>(SignedNote signed) -> signed;
      case Reading.Unreadable<SignedNote>(String reason) ->
          throw new CommandFailed("Nothing was signed: " + reason + ".");
    };
  }

  /// Reads a private key's file.
  static NoteSecret secret(Path key) {
    try {
      return switch (NoteSecret.parse(Files.readString(key))) {
        case Reading.Read<NoteSecret>(NoteSecret read) -> read;
        case Reading.Unreadable<NoteSecret>(String reason) ->
            throw new CommandFailed("The key file " + key + " cannot be used: " + reason);
      };
    } catch (IOException unreadable) {
      throw new CommandFailed("The key file " + key + " cannot be read.");
    }
  }

  /// Puts a note in its place.
  static void write(SignedNote note, Path file) {
    try {
      Files.createDirectories(file.resolveSibling(""));
      DurableFile.replace(file, note.noteText());
    } catch (IOException failed) {
      throw new CommandFailed("The signature cannot be written to " + file + ".");
    }
  }

  /// Reads a register as the server would.
  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = {
        "Reads a register as the server would and lists every mistake, and the facts that have"
            + " expired or will within 30 days.",
        "With --approver, also whether two of these people have signed it."
      })
  static final class Check implements Callable<Integer> {
    private static final int SOON_DAYS = 30;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The register's directory.")
    private Path directory;

    @Option(
        names = "--approver",
        paramLabel = "PERSON=VKEY",
        description =
            "Somebody who may sign, as 'registerApprovers' in dejima.yaml has it; repeat it.")
    private List<String> approvers = List.of();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
      Register register = load(directory);
      Approvers.Verdict verdict = RegisterApproval.judge(register, people(approvers));
      List<String> ending = ending(register, Instant.now());
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(asJson(register, verdict, ending).canonicalText());
      } else {
        out.println(register.head().name() + " version " + register.head().version());
        out.println("hash " + register.hash());
        out.printf(
            "%d persons, %d sites, %d models%n",
            register.persons().size(), register.sites().size(), register.models().size());
        ending.forEach(line -> out.println("  ! " + line));
        out.println(text(verdict));
      }
      out.flush();
      return approvers.isEmpty() || verdict instanceof Approvers.Verdict.Approved
          ? DejimaCommand.DONE
          : DejimaCommand.FAILED;
    }

    private String text(Approvers.Verdict verdict) {
      return switch (verdict) {
        case Approvers.Verdict.Approved(List<String> people) ->
            "approved by " + String.join(", ", people);
        case Approvers.Verdict.Lacking(String reason) ->
            approvers.isEmpty()
                ? "signatures not checked; name the approvers with --approver"
                : "not approved: " + reason;
      };
    }

    private static List<String> ending(Register register, Instant now) {
      Instant soon = now.plus(java.time.Duration.ofDays(SOON_DAYS));
      return register.facts().stream()
          .filter(placed -> placed.fact().until().isBefore(soon))
          .map(placed ->
              placed.of()
                  + ": "
                  + placed.name()
                  + (placed.fact().until().isAfter(now) ? " expires after " : " expired after ")
                  + placed.fact().expires())
          .toList();
    }

    private static Json asJson(Register register, Approvers.Verdict verdict, List<String> ending) {
      Json.Members members =
          Json.object()
              .put("register", register.head().name())
              .put("version", register.head().version())
              .put("hash", register.hash())
              .put("ending", Json.strings(ending));
      switch (verdict) {
        case Approvers.Verdict.Approved(List<String> people) ->
            members.put("approvedBy", Json.strings(people));
        case Approvers.Verdict.Lacking(String reason) -> members.put("notApproved", reason);
      }
      return members.build();
    }
  }

  /// Shows what is in a register.
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Lists a register's persons, sites and models, or prints one of its files.")
  static final class Show implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "DIR", description = "The register's directory.")
    private Path directory;

    @Parameters(
        index = "1",
        arity = "0..1",
        defaultValue = "",
        paramLabel = "ID",
        description = "Of a person, a site or a model.")
    private String id;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
      Register register = load(directory);
      PrintWriter out = spec.commandLine().getOut();
      if (!id.isEmpty()) {
        one(register, out);
      } else if (json) {
        Json.Members files = Json.object();
        register.files().forEach((path, text) -> files.put(path, parsed(text)));
        out.println(files.build().canonicalText());
      } else {
        register.facts().stream()
            .collect(
                Collectors.groupingBy(
                    Register.PlacedFact::of, java.util.TreeMap::new, Collectors.toList()))
            .forEach((of, facts) -> {
              out.println(of);
              facts.forEach(placed ->
                  out.println(
                      "  "
                          + placed.name()
                          + "  "
                          + placed.fact().date()
                          + " to "
                          + placed.fact().expires()
                          + "  "
                          + placed.fact().source()));
            });
      }
      out.flush();
      return DejimaCommand.DONE;
    }

    private void one(Register register, PrintWriter out) {
      List<String> found =
          register.files().entrySet().stream()
              .filter(file -> file.getKey().endsWith("/" + id + ".json"))
              .map(file -> json ? parsed(file.getValue()).canonicalText() : file.getValue())
              .toList();
      if (found.isEmpty()) {
        throw new CommandFailed("There is no '" + id + "' in the register.");
      }
      found.forEach(out::println);
    }

    private static Json parsed(String text) {
      return Json.read(text.getBytes(StandardCharsets.UTF_8)).orThrow();
    }
  }

  /// Compares two versions.
  @Command(
      name = "diff",
      mixinStandardHelpOptions = true,
      description = "Shows what differs between two versions, fact by fact.")
  static final class Diff implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "OLD", description = "A register's directory.")
    private Path before;

    @Parameters(index = "1", paramLabel = "NEW", description = "A register's directory.")
    private Path after;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
      Register old = load(before);
      Register next = load(after);
      List<String> changes =
          RegisterDiff.between(old, next).changes().stream()
              .map(RegisterDiff.Change::text)
              .toList();
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(Json.object().put("changes", Json.strings(changes)).build().canonicalText());
      } else {
        changes.forEach(out::println);
        out.println(
            switch (RegisterApproval.follow(old, next)) {
              case Reading.Read<Register> _ -> "the second may follow the first";
              case Reading.Unreadable<Register>(String reason) ->
                  "the second cannot follow the first: " + reason;
            });
      }
      out.flush();
      return DejimaCommand.DONE;
    }
  }

  /// Makes a key to sign with.
  @Command(
      name = "key",
      mixinStandardHelpOptions = true,
      description = "Makes an approver's key and prints its public half for dejima.yaml.")
  static final class NewKey implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "The key's name, without spaces and '+'.")
    private String name;

    @Option(
        names = "--out",
        required = true,
        paramLabel = "FILE",
        description = "Where the private half goes; it must not exist yet.")
    private Path file;

    @Override
    public Integer call() {
      NoteSecret secret;
      try {
        secret = NoteSecret.generate(name, new SecureRandom());
      } catch (IllegalArgumentException notAName) {
        throw new CommandFailed("'" + name + "' is not a key's name; leave out spaces and '+'.");
      }
      write(secret);
      PrintWriter out = spec.commandLine().getOut();
      out.println(secret.key().text());
      out.flush();
      return DejimaCommand.DONE;
    }

    private void write(NoteSecret secret) {
      try {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, secret.keyFile() + "\n", StandardOpenOption.WRITE);
      } catch (IOException failed) {
        throw new CommandFailed(
            "The key cannot be written to "
                + file
                + "; it must not exist, and its directory must.");
      }
    }
  }

  /// Signs a version.
  @Command(
      name = "sign",
      mixinStandardHelpOptions = true,
      description = {
        "Adds your signature to a register's version. Two different people must sign.",
        "Read what you sign first, with 'register diff OLD NEW'."
      })
  static final class Sign implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The register's directory.")
    private Path directory;

    @Option(
        names = "--key",
        required = true,
        paramLabel = "FILE",
        description = "Your private key, as 'register key' wrote it.")
    private Path key;

    @Override
    public Integer call() {
      Register register = load(directory);
      Signer signer = Signer.ed25519(secret(key));
      String text = RegisterApproval.text(register);
      SignedNote note = signed(register.approval(), text, signer);
      RegisterCommand.write(note, directory.resolve(RegisterApproval.path()));
      PrintWriter out = spec.commandLine().getOut();
      out.print(text);
      out.println("signatures: " + note.signatures().size() + " of " + Approvers.NEEDED);
      out.flush();
      return DejimaCommand.DONE;
    }
  }

  /// Explains a site or a person.
  @Command(
      name = "explain",
      mixinStandardHelpOptions = true,
      description = {
        "Says who can compel a person or a site's operator, and by which chain of owners; for a"
            + " site also which evidence level its facts carry and what each level does not prove."
      })
  static final class Explain implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "DIR", description = "The register's directory.")
    private Path directory;

    @Parameters(index = "1", paramLabel = "ID", description = "Of a person or a site.")
    private String id;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
      RegisterExplanation explanation =
          RegisterExplanation.of(load(directory), id, Instant.now())
              .orElseThrow(() ->
                  new CommandFailed(
                      "There is no person and no site '" + id + "' in the register."));
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(explanation.json().canonicalText());
      } else {
        explanation.print(out);
      }
      out.flush();
      return DejimaCommand.DONE;
    }
  }

  /// Makes a running server read its register again.
  @Command(
      name = "reload",
      mixinStandardHelpOptions = true,
      description =
          "Makes the server read its register again; only the next version with two signatures"
              + " replaces the one in force.")
  static final class Reload implements Callable<Integer> {
    @Mixin private AdminOptions admin;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      AdminAnswer register = AdminAnswer.of(admin.client().post("/admin/v1/register", "{}"));
      PrintWriter out = spec.commandLine().getOut();
      out.println("in force: " + register.string("register") + " " + register.string("hash"));
      out.flush();
      return DejimaCommand.DONE;
    }
  }
}
