package dejima.server.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/// What a command printed and how it ended.
record CommandRun(int code, String out, String err) {
  /// Runs a command to its end.
  static CommandRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        DejimaCommand.commandLine(arguments)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));
    int code = line.execute(arguments);
    return new CommandRun(code, out.toString(), err.toString());
  }
}
