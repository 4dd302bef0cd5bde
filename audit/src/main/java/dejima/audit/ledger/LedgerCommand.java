package dejima.audit.ledger;

import dejima.audit.Csv;
import dejima.evidence.Reading;
import dejima.evidence.VerificationKeys;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Makes the record of provision to third parties from a folder of receipts.
@Command(
    name = "ledger",
    mixinStandardHelpOptions = true,
    description = "Writes the transfer ledger of the Personal Information Protection Act (CSV).",
    footer = {
      "",
      "Only genuine receipts are listed; one that is not ends the command with code 3 after the"
          + " others were written.",
      "Exit codes: 0 written, 1 it did not work, 2 wrong usage, 3 a receipt was refused."
    })
public final class LedgerCommand implements Callable<Integer> {
  private static final int REFUSED = 3;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The folder of receipts.")
  private Path folder;

  @Option(
      names = {"-k", "--keys"},
      required = true,
      description = "The log's key: a vkey or a C2SP tlog-policy file.")
  private Path keys;

  @Option(
      names = {"-o", "--out"},
      description = "The file to write (default: standard output).")
  private Optional<Path> file;

  @Option(names = "--all", description = "Lists requests without personal information too.")
  private boolean every;

  /// Made by the command line.
  public LedgerCommand() {}

  @Override
  public Integer call() {
    var ledger = new TransferLedger(trusted(), every);
    SortedMap<String, List<List<String>>> lines = new TreeMap<>();
    PrintWriter err = spec.commandLine().getErr();
    int code = 0;
    for (Path receipt : receipts()) {
      switch (ledger.read(receipt, bytes(receipt))) {
        case TransferLedger.Entry.Lines(String id, var ofOne) -> lines.put(id, ofOne);
        case TransferLedger.Entry.Refused(Path refused, String reason) -> {
          err.println("REFUSED  拒否  " + refused + ": " + reason);
          code = REFUSED;
        }
      }
    }
    err.flush();
    write(csv(lines));
    return code;
  }

  private static String csv(SortedMap<String, List<List<String>>> lines) {
    var csv = new StringBuilder(Csv.BYTE_ORDER_MARK).append(Csv.line(TransferLedger.HEADINGS));
    lines.values().forEach(ofOne -> ofOne.forEach(line -> csv.append(Csv.line(line))));
    return csv.toString();
  }

  private void write(String csv) {
    if (file.isEmpty()) {
      PrintWriter out = spec.commandLine().getOut();
      out.print(csv);
      out.flush();
      return;
    }
    try {
      Files.writeString(file.get(), csv);
    } catch (IOException full) {
      throw new UncheckedIOException("The file " + file.get() + " cannot be written.", full);
    }
  }

  private List<Path> receipts() {
    try (var files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(path -> !path.toString().endsWith(".promise"))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("The folder " + folder + " cannot be read.", unreadable);
    }
  }

  private static byte[] bytes(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("The file " + path + " cannot be read.", unreadable);
    }
  }

  private VerificationKeys trusted() {
    try {
      return switch (VerificationKeys.parse(Files.readString(keys))) {
        case Reading.Read<VerificationKeys>(VerificationKeys read) -> read;
        case Reading.Unreadable<VerificationKeys>(String reason) ->
            throw new IllegalStateException("The key file " + keys + ": " + reason);
      };
    } catch (IOException unreadable) {
      throw new UncheckedIOException("The key file " + keys + " cannot be read.", unreadable);
    }
  }
}
