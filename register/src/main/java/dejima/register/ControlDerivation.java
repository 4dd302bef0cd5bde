package dejima.register;

import dejima.register.ControlFinding.Reason;
import dejima.register.Person.Holding;
import dejima.register.Person.KeyCustody;
import dejima.register.Person.Officers;
import dejima.register.Person.Ownership;
import dejima.residency.Control;
import dejima.residency.Country;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Derives who can compel a person from the facts that count at one moment.
///
/// A foreign law reaches a person that is incorporated abroad, is led by foreign officers, or of
/// which half or more, counted through all chains, or a decisive holding is foreign. It reaches an
/// operator also through support from abroad, keys abroad or with a foreign holder, and foreign
/// contract law or courts. Whoever is reached counts as foreign in full where it owns others. Facts
/// that are missing make the finding unknown unless it is foreign already.
///
/// Half is where Japanese investment law (外為法26条1項) begins to call an investor foreign; to be
/// checked by counsel.
final class ControlDerivation {
  private static final BigDecimal NONE = BigDecimal.ZERO;

  /// Enough for people; the finding itself rests on all of them.
  private static final int MOST_INHERITED = 40;

  private final Register register;
  private final Instant now;
  private final Map<String, Standing> known = new HashMap<>();

  ControlDerivation(Register register, Instant now) {
    this.register = register;
    this.now = now;
  }

  /// How a person stands as an owner.
  ///
  /// @param foreign the part of it that is foreign through all chains, 1 if a foreign law reaches
  ///   it
  /// @param open the part of which nobody knows, without what is foreign
  /// @param reasons its own, without those of its owners
  /// @param deciders the owners that decide and are not domestic
  private record Standing(
      Control control,
      BigDecimal foreign,
      BigDecimal open,
      List<Reason> reasons,
      List<String> deciders) {}

  Control ownership(String id) {
    return standing(id).control();
  }

  ControlFinding of(String id) {
    List<Reason> reasons = new ArrayList<>(standing(id).reasons());
    fromAbove(id, reasons);
    register.person(id).ifPresent(person -> operation(person, reasons));
    return new ControlFinding(worse(standingOf(id).control(), worst(reasons)), reasons);
  }

  /// Adds what the owners that decide bring with them, each with its chain.
  private void fromAbove(String id, List<Reason> reasons) {
    Deque<List<String>> open = new ArrayDeque<>(List.of(List.of(id)));
    Set<String> seen = new HashSet<>();
    int most = reasons.size() + MOST_INHERITED;
    while (!open.isEmpty() && reasons.size() < most) {
      List<String> chain = open.removeFirst();
      Standing below = standingOf(chain.getLast());
      for (String decider : below.deciders()) {
        if (seen.add(decider)) {
          List<String> longer = new ArrayList<>(chain);
          longer.add(decider);
          open.addLast(longer);
          Standing above = standingOf(decider);
          above.reasons().stream()
              .filter(reason -> reason.side() == above.control())
              .forEach(reason -> reasons.add(new Reason(reason.side(), longer, reason.text())));
        }
      }
    }
  }

  private static Control worst(List<Reason> reasons) {
    return reasons.stream()
        .map(Reason::side)
        .reduce(ControlDerivation::worse)
        .orElse(Control.UNKNOWN);
  }

  private static Control worse(Control one, Control other) {
    if (one == Control.FOREIGN || other == Control.FOREIGN) {
      return Control.FOREIGN;
    }
    return one == Control.UNKNOWN ? one : other;
  }

  /// The owners above are derived first, so that no chain is too long for the stack.
  private Standing standing(String id) {
    List<String> open = new ArrayList<>(List.of(id));
    while (!open.isEmpty()) {
      String one = open.getLast();
      List<String> above =
          register.person(one).map(OwnershipCycle::holders).orElse(List.of()).stream()
              .filter(owner -> !known.containsKey(owner))
              .toList();
      if (above.isEmpty()) {
        known.put(one, derive(one));
        open.removeLast();
      } else {
        open.addAll(above);
      }
    }
    return Optional.ofNullable(known.get(id)).orElseGet(() -> derive(id));
  }

  private Standing derive(String id) {
    Optional<Person> found = register.person(id);
    if (found.isEmpty()) {
      return new Standing(
          Control.UNKNOWN,
          NONE,
          BigDecimal.ONE,
          List.of(ControlReasons.unregistered(id)),
          List.of());
    }
    Person person = found.get();
    List<Reason> reasons = new ArrayList<>();
    reasons.add(incorporation(person));
    Holdings holdings = owners(person, reasons);
    officers(person, holdings.ultimate(), reasons);
    Control control = worst(reasons);
    for (String decider : holdings.deciders()) {
      control = worse(control, standingOf(decider).control());
    }
    return switch (control) {
      case FOREIGN -> new Standing(control, BigDecimal.ONE, NONE, reasons, holdings.deciders());
      case UNKNOWN ->
          new Standing(
              control,
              holdings.foreign(),
              BigDecimal.ONE.subtract(holdings.foreign()),
              reasons,
              holdings.deciders());
      case DOMESTIC ->
          new Standing(control, holdings.foreign(), holdings.open(), reasons, holdings.deciders());
    };
  }

  private Reason incorporation(Person person) {
    return person
        .country()
        .flatMap(fact -> fact.at(now))
        .map(country ->
            ControlReasons.side(
                person.id(), country, "設立地・国籍は" + country.code(), "is of " + country.code()))
        .orElseGet(() -> ControlReasons.missing(person.id(), "設立地・国籍", "its country"));
  }

  /// What owners amount to.
  private record Holdings(
      boolean ultimate, BigDecimal foreign, BigDecimal open, List<String> deciders) {}

  private Holdings owners(Person person, List<Reason> reasons) {
    Optional<Ownership> owners = person.owners().flatMap(fact -> fact.at(now));
    if (owners.isEmpty()) {
      reasons.add(ControlReasons.missing(person.id(), "株主・出資者", "its owners"));
      return new Holdings(false, NONE, BigDecimal.ONE, List.of());
    }
    List<String> deciders = new ArrayList<>();
    BigDecimal foreign = NONE;
    BigDecimal open = ControlReasons.part(owners.get().unaccounted());
    for (Holding holding : owners.get().holdings()) {
      switch (holding) {
        case Holding.Named named -> {
          Standing above = standingOf(named.person());
          foreign = foreign.add(ControlReasons.part(named.percent()).multiply(above.foreign()));
          open = open.add(ControlReasons.part(named.percent()).multiply(above.open()));
          if (decides(named) && above.control() != Control.DOMESTIC) {
            deciders.add(named.person());
          }
        }
        case Holding.Dispersed _ -> {}
      }
    }
    reasons.add(ControlReasons.holdings(person.id(), owners.get().ultimate(), foreign, open));
    return new Holdings(owners.get().ultimate(), foreign, open, deciders);
  }

  private Standing standingOf(String id) {
    return Optional.ofNullable(known.get(id)).orElseGet(() -> derive(id));
  }

  private static boolean decides(Holding.Named holding) {
    return holding.decisive()
        || ControlReasons.part(holding.percent()).compareTo(ControlReasons.HALF) >= 0;
  }

  /// A state or a natural person has no officers.
  private void officers(Person person, boolean ultimate, List<Reason> reasons) {
    if (ultimate && person.officers().isEmpty()) {
      return;
    }
    Optional<Officers> officers = person.officers().flatMap(fact -> fact.at(now));
    if (officers.isEmpty()) {
      reasons.add(ControlReasons.missing(person.id(), "役員", "its officers"));
      return;
    }
    reasons.add(ControlReasons.officers(person.id(), officers.get()));
  }

  private void operation(Person person, List<Reason> reasons) {
    String id = person.id();
    person
        .support()
        .flatMap(fact -> fact.at(now))
        .ifPresentOrElse(
            countries -> {
              if (countries.isEmpty()) {
                reasons.add(ControlReasons.missing(id, "保守要員の所在", "from where it is supported"));
              }
              countries.stream()
                  .sorted(Comparator.comparing(Country::code))
                  .forEach(country ->
                      reasons.add(
                          ControlReasons.side(
                              id,
                              country,
                              "保守要員・遠隔保守は" + country.code() + "から",
                              "is supported from " + country.code())));
            },
            () -> reasons.add(ControlReasons.missing(id, "保守要員の所在", "from where it is supported")));
    custody(person, reasons);
    person
        .law()
        .flatMap(fact -> fact.at(now))
        .ifPresentOrElse(
            law -> {
              reasons.add(
                  ControlReasons.side(
                      id,
                      law.governing(),
                      "準拠法は" + law.governing().code(),
                      "contracts under the law of " + law.governing().code()));
              reasons.add(
                  ControlReasons.side(
                      id,
                      law.courts(),
                      "管轄裁判所は" + law.courts().code(),
                      "answers to courts of " + law.courts().code()));
            },
            () -> reasons.add(ControlReasons.missing(id, "準拠法と管轄", "its law and courts")));
  }

  private void custody(Person person, List<Reason> reasons) {
    Optional<KeyCustody> custody = person.keyCustody().flatMap(fact -> fact.at(now));
    if (custody.isEmpty()) {
      reasons.add(ControlReasons.missing(person.id(), "鍵の保管", "who holds its keys"));
      return;
    }
    String where = custody.get().country().code();
    reasons.add(
        ControlReasons.side(
            person.id(), custody.get().country(), "鍵の保管場所は" + where, "keeps its keys in " + where));
    Standing holder = standing(custody.get().holder());
    reasons.add(ControlReasons.keyHolder(person.id(), custody.get().holder(), holder.control()));
  }
}
