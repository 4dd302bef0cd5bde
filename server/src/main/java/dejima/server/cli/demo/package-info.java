/// The demo: a gateway and four local stand-in sites as real processes, and a tour through them.
@NullMarked
package dejima.server.cli.demo;

import org.jspecify.annotations.NullMarked;
