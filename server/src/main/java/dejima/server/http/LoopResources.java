package dejima.server.http;

import io.vertx.core.Context;

/// What belongs to one event loop alone.
///
/// @param context the loop
/// @param clients its connections to sites
/// @param deadlines its requests under way
record LoopResources(Context context, SiteClients clients, Deadlines deadlines) {}
