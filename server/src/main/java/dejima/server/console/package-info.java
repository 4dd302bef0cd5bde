/// The console: one page about the sites, the live requests, the refusals, the log and the policy,
/// and the feed that keeps it current.
@NullMarked
package dejima.server.console;

import org.jspecify.annotations.NullMarked;
