package dejima.server.location;

import dejima.agent.TlsIdentity;
import dejima.server.http.SiteLines;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// What a measurement needs.
///
/// @param lines the connections that carry requests to the sites
/// @param identity the gateway's key, which landmarks know
/// @param clock the wall clock
/// @param steady a clock that never jumps
/// @param random cryptographically strong
public record MeasuringParts(
    SiteLines lines,
    TlsIdentity identity,
    InstantSource clock,
    InstantSource steady,
    RandomGenerator random) {}
