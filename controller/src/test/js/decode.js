// Decodes Sparkplug B messages with the npm package sparkplug-payload, which Davy did not write:
// one message a line of hexadecimal digits in, one JSON object a line out. As a host does it, the
// types of data are those of the births before.
"use strict";

const schema = require("sparkplug-payload/lib/sparkplugPayloadProto");
const payloads = require("sparkplug-payload").get("spBv1.0");
const readline = require("readline");

const { Payload } = schema.org.eclipse.tahu.protobuf;

const types = new Map();

function number(value) {
  return value === undefined || value === null ? -1 : Number(value);
}

function withTypes(bytes) {
  const message = Payload.decode(bytes);
  for (const metric of message.metrics) {
    const alias = number(metric.alias);
    if (metric.datatype) {
      types.set(alias, metric.datatype);
    } else {
      metric.datatype = types.get(alias);
    }
  }
  return Payload.encode(message).finish();
}

function property(metric, name) {
  return metric.properties && metric.properties[name] ? metric.properties[name].value : "";
}

function value(metric) {
  return typeof metric.value === "object" && metric.value !== null
    ? Number(metric.value)
    : metric.value;
}

function told(metric) {
  return {
    name: metric.name || "",
    alias: Object.hasOwn(metric, "alias") ? number(metric.alias) : -1,
    time: number(metric.timestamp),
    type: metric.type,
    historical: metric.isHistorical === true,
    isNull: metric.value === null,
    text: String(value(metric)),
    quality: String(property(metric, "Quality")),
    displayName: property(metric, "displayName"),
    unit: property(metric, "engUnit"),
  };
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const bytes = withTypes(Buffer.from(line, "hex"));
  const message = payloads.decodePayload(bytes);
  const raw = Payload.decode(bytes);
  console.log(
    JSON.stringify({
      time: number(message.timestamp),
      seq: Object.hasOwn(raw, "seq") ? number(raw.seq) : -1,
      metrics: (message.metrics || []).map(told),
    }),
  );
});
