package dejima.residency.z3;

import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.CharSort;
import com.microsoft.z3.Context;
import com.microsoft.z3.IntExpr;
import com.microsoft.z3.SeqExpr;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// An unknown for each field that a question reads, and what its domain demands of it.
final class Variables {
  private final Context z3;
  private final Map<String, Domain> domains;
  private final Map<String, Term> terms = new HashMap<>();
  private final Map<String, List<BoolExpr>> bounds = new HashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();

  Variables(Context z3, Map<String, Domain> domains) {
    this.z3 = z3;
    this.domains = domains;
  }

  /// The unknown for a field, made when it is first asked for.
  Term term(String field) {
    asked.add(field);
    return terms.computeIfAbsent(field, this::made);
  }

  /// Begins a new question, for which nothing has been asked.
  void forgetAsked() {
    asked.clear();
  }

  /// The fields that were asked for since then.
  Set<String> asked() {
    return asked;
  }

  /// What holds of a field in any case.
  List<BoolExpr> bounds(String field) {
    return bounds.getOrDefault(field, List.of());
  }

  private Term made(String field) {
    Domain domain = domains.get(field);
    if (domain == null) {
      throw Translation.outside(field);
    }
    return made(field, domain);
  }

  private Term made(String field, Domain domain) {
    return switch (domain) {
      case Domain.Flag _ -> new Term.Flag(z3.mkBoolConst(field), z3.mkFalse());
      case Domain.Whole(long least, long most) ->
          new Term.Whole(between(field, least, most), z3.mkFalse());
      case Domain.Words(List<String> words) ->
          new Term.Text(
              new Wording.Choice(between(field, 0, words.size() - 1L), words), z3.mkFalse());
      case Domain.AnyText _ ->
          new Term.Text(
              new Wording.Free((SeqExpr<CharSort>) z3.mkConst(field, z3.getStringSort())),
              z3.mkFalse());
    };
  }

  private IntExpr between(String field, long least, long most) {
    IntExpr unknown = z3.mkIntConst(field);
    bounds.put(field, List.of(z3.mkGe(unknown, z3.mkInt(least)), z3.mkLe(unknown, z3.mkInt(most))));
    return unknown;
  }
}
