package dejima.residency.z3;

import dejima.residency.cel.Expression;
import java.util.Map;

/// Which facts there can be at all.
///
/// @param domains the values that each field can have, in the order in which an example becomes
///   readable: what matters most first
/// @param bindings for a field, what is always true of it together with other fields
public record Shape(Map<String, Domain> domains, Map<String, Expression> bindings) {}
