package dejima.server.cli;

import dejima.evidence.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Shows one of the admin plane's lists: a line for each of its objects, or its JSON.
abstract class Listing implements Callable<Integer> {
  private final String list;
  private final String format;
  private final List<String> titles;

  @Mixin private AdminOptions admin;
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  /// @param list the list's name below `/admin/v1/` and in the answer
  /// @param format of one line, as [String#format] takes it
  /// @param titles of the columns
  Listing(String list, String format, List<String> titles) {
    this.list = list;
    this.format = format + "%n";
    this.titles = titles;
  }

  /// What stands in the columns for one object.
  abstract List<String> cells(Json.Obj row);

  /// What is wrong with an object, for a line of its own.
  Optional<String> warning(Json.Obj row) {
    return Optional.empty();
  }

  /// What is to be said below the list.
  List<String> footnotes(List<Json.Obj> rows) {
    return List.of();
  }

  @Override
  public final Integer call() {
    AdminAnswer answer = AdminAnswer.of(admin.client().get("/admin/v1/" + list));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(answer.text());
    } else {
      out.printf(format, titles.toArray());
      for (Json.Obj row : answer.rows(list)) {
        out.printf(format, cells(row).toArray());
        warning(row).ifPresent(warning -> out.println("  ! " + warning));
      }
      footnotes(answer.rows(list)).forEach(out::println);
    }
    out.flush();
    return DejimaCommand.DONE;
  }
}
