package dejima.bench.contender;

import dejima.bench.load.Target;
import dejima.bench.stub.SiteIdentity;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// nginx as the distribution packages it: the floor that ratios count from.
public record Nginx() implements Contender {
  @Override
  public String name() {
    return "nginx";
  }

  @Override
  public boolean isReference() {
    return true;
  }

  @Override
  public String setup() {
    return "One worker process: it is one event loop like the load generator and the stub, a second worker only adds"
        + " wake-ups on a small machine and makes the floor higher. Upstream connections are kept alive, TLS sessions"
        + " reused, the stub's certificate verified, a client certificate shown; `proxy_buffering off`, as streams need;"
        + " no access log. No authentication, no policy, no record.";
  }

  @Override
  public Preparation prepare(Workshop workshop) {
    return switch (Shell.run(workshop.directory(), Map.of(), "nginx", "-v")) {
      case Shell.Done(String output) ->
          new Preparation.Ready(output.strip().replaceFirst("^.*nginx/", "nginx "));
      case Shell.Failed(String reason) ->
          new Preparation.Missing("install Debian's nginx: " + reason);
    };
  }

  @Override
  public Launch launch(Workshop workshop, Upstream upstream) {
    int port = Workshop.freePort();
    Path directory = workshop.run(name());
    Path configuration =
        Workshop.write(directory.resolve("nginx.conf"), configuration(port, upstream));
    List<String> command =
        List.of("nginx", "-p", directory + "/", "-c", configuration.toString(), "-e", "error.log");
    return new Launch(command, Map.of(), directory, new Target(port, Map.of()));
  }

  private static String configuration(int port, Upstream upstream) {
    String user = System.getProperty("user.name", "").equals("root") ? "user root;" : "";
    return """
    %s
    daemon off;
    worker_processes 1;
    worker_rlimit_nofile 16384;
    pid nginx.pid;
    error_log error.log warn;
    events { worker_connections 8192; }
    http {
      access_log off;
      client_body_temp_path body;
      proxy_temp_path proxy;
      fastcgi_temp_path fastcgi;
      uwsgi_temp_path uwsgi;
      scgi_temp_path scgi;
      keepalive_requests 1000000000;
      client_body_buffer_size 16k;
      upstream stub {
        server 127.0.0.1:%d;
        keepalive 64;
        keepalive_requests 1000000000;
      }
      server {
        listen 127.0.0.1:%d;
        location / {
          proxy_pass https://stub;
          proxy_http_version 1.1;
          proxy_set_header Connection "";
          proxy_buffering off;
          proxy_read_timeout 120s;
          proxy_ssl_protocols TLSv1.3;
          proxy_ssl_name %s;
          proxy_ssl_verify on;
          proxy_ssl_trusted_certificate %s;
          proxy_ssl_certificate %s;
          proxy_ssl_certificate_key %s;
        }
      }
    }
    """
        .formatted(
            user,
            upstream.securePort(),
            port,
            SiteIdentity.HOST,
            upstream.identity().certificate(),
            upstream.client().certificate(),
            upstream.client().key());
  }
}
