package dejima.bench.contender;

import dejima.bench.load.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Spring Cloud Gateway (WebFlux) with one route, built from `bench/peers/spring-cloud-gateway`.
public record SpringCloudGateway() implements Contender {
  @Override
  public String name() {
    return "spring-cloud-gateway";
  }

  @Override
  public String setup() {
    return "The reactive server (Netty, epoll) with one route and no filters; the stub's certificate trusted, a client"
        + " certificate shown; the JVM flags are those of Dejima's launcher, "
        + String.join(" ", Java.FLAGS)
        + ". No authentication, no policy, no record.";
  }

  @Override
  public Preparation prepare(Workshop workshop) {
    Path source = workshop.repository().resolve("bench/peers/spring-cloud-gateway");
    Path target = workshop.peer(name());
    if (!Files.exists(jar(workshop))) {
      Shell.Outcome built =
          Shell.run(
              source,
              Map.of("JAVA_HOME", Java.home()),
              "mvn",
              "-B",
              "-q",
              "package",
              "-Dpeer.target=" + target);
      if (built instanceof Shell.Failed(String reason)) {
        return new Preparation.Missing("its build failed: " + reason);
      }
    }
    return new Preparation.Ready(version(source.resolve("pom.xml")) + ", " + Java.version());
  }

  @Override
  public Launch launch(Workshop workshop, Upstream upstream) {
    int port = Workshop.freePort();
    Path directory = workshop.run(name());
    Workshop.write(directory.resolve("application.yaml"), configuration(port, upstream));
    return new Launch(
        Java.command("-jar", jar(workshop).toString()),
        Map.of(),
        directory,
        new Target(port, Map.of()));
  }

  private Path jar(Workshop workshop) {
    return workshop.peer(name()).resolve("spring-cloud-gateway.jar");
  }

  private static String version(Path pom) {
    String text = Java.read(pom);
    return "Spring Boot "
        + first(text, "starter-parent</artifactId>\\s*<version>([^<]+)")
        + ", Spring Cloud "
        + first(text, "<spring-cloud.version>([^<]+)");
  }

  private static String first(String text, String pattern) {
    var match = Pattern.compile(pattern).matcher(text);
    return (match.find() ? Optional.of(match.group(1)) : Optional.<String>empty()).orElse("?");
  }

  private static String configuration(int port, Upstream upstream) {
    return """
    server:
      address: 127.0.0.1
      port: %d
    spring:
      main:
        banner-mode: "off"
      ssl:
        bundle:
          pem:
            stub:
              keystore:
                certificate: "file:%s"
                private-key: "file:%s"
              truststore:
                certificate: "file:%s"
      cloud:
        gateway:
          server:
            webflux:
              httpclient:
                ssl:
                  ssl-bundle: stub
              routes:
                - id: stub
                  uri: %s
                  predicates:
                    - Path=/**
    logging:
      level:
        root: warn
    """
        .formatted(
            port,
            upstream.client().certificate(),
            upstream.client().key(),
            upstream.identity().certificate(),
            upstream.url());
  }
}
