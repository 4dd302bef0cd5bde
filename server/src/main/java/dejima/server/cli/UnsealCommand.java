package dejima.server.cli;

import dejima.attestation.AnswerKey;
import dejima.attestation.AnswerOpener;
import dejima.evidence.Reading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Opens a sealed answer.
@Command(
    name = "unseal",
    mixinStandardHelpOptions = true,
    description = {
      "Opens the answer to a prompt that 'seal' sealed, and writes the engine's own bytes to"
          + " standard output: all of them, or none and the reason.",
      "Ends with 1 if it was forged, changed, cut off or sealed for another prompt, or if the"
          + " engine answered with an error."
    })
final class UnsealCommand implements Callable<Integer> {
  @Option(
      names = "--answer-key",
      required = true,
      paramLabel = "FILE",
      description = "The key that 'seal' wrote.")
  private Path key;

  @Parameters(paramLabel = "FILE", description = "The answer's body, as it was received.")
  private Path file;

  @Override
  public Integer call() {
    try {
      AnswerOpener opener = read().opening();
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      body.writeBytes(content(opener.more(Files.readAllBytes(file))));
      body.writeBytes(content(opener.end()));
      // Bytes that need not be text go past picocli's writer.
      PrintStream out = System.out;
      body.writeTo(out);
      out.flush();
      return opener.head().filter(head -> head.status() < 300).isPresent()
          ? DejimaCommand.DONE
          : DejimaCommand.FAILED;
    } catch (IOException unreadable) {
      throw new CommandFailed("The file " + file + " or " + key + " cannot be read.");
    }
  }

  private AnswerKey read() throws IOException {
    return switch (AnswerKey.parse(Files.readString(key))) {
      case Reading.Read<AnswerKey>(AnswerKey read) -> read;
      case Reading.Unreadable<AnswerKey>(String reason) ->
          throw new CommandFailed(key + ": " + reason);
    };
  }

  private static byte[] content(Reading<byte[]> part) {
    return switch (part) {
      case Reading.Read<byte[]>(byte[] content) -> content;
      case Reading.Unreadable<byte[]>(String reason) -> throw new CommandFailed(reason);
    };
  }
}
