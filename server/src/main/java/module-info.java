/// The program.
module dejima.server {
  requires dejima.agent;
  requires dejima.attestation;
  requires dejima.audit;
  requires dejima.evidence;
  requires dejima.gateway;
  requires dejima.location;
  requires dejima.register;
  requires dejima.residency;
  requires ch.qos.logback.classic;
  requires ch.qos.logback.core;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.dataformat.yaml;
  requires com.amazon.corretto.crypto.provider;
  requires com.zaxxer.hikari;
  requires embedded.postgres;
  requires flyway.core;
  requires info.picocli;
  requires io.netty.codec;
  requires io.opentelemetry.api;
  requires io.opentelemetry.context;
  requires io.opentelemetry.exporter.otlp;
  requires io.opentelemetry.sdk;
  requires io.opentelemetry.sdk.common;
  requires io.opentelemetry.sdk.trace;
  requires io.vertx.core;
  requires io.vertx.web;
  requires java.net.http;
  requires java.sql;
  requires micrometer.core;
  requires micrometer.registry.prometheus;
  requires org.bouncycastle.provider;
  requires org.jdbi.v3.core;
  requires org.slf4j;
  requires static org.jspecify;

  exports dejima.server;
}
