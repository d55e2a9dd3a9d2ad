package dev.kessai.client;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Values;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;

/** Verifies the messages of ../cases/webhooks.json; see ../cases/doc.go. */
final class Webhooks {
  private Webhooks() {}

  public static void main(String[] args) throws Exception {
    var all = ListValue.newBuilder();
    JsonFormat.parser().merge(Files.readString(Path.of(args[0])), all);
    var out = new java.io.PrintStream(System.out, true, "UTF-8");
    for (var item : all.getValuesList()) {
      var one = item.getStructValue().getFieldsMap();
      var secrets = one.get("secrets").getListValue().getValuesList().stream().map(Value::getStringValue).toList();
      var seen = new HashSet<String>();
      one.get("seen").getListValue().getValuesList().forEach(v -> seen.add(v.getStringValue()));
      var headers = new HashMap<String, String>();
      one.get("headers").getStructValue().getFieldsMap().forEach((name, v) -> headers.put(name, v.getStringValue()));
      var now = Clock.fixed(Instant.ofEpochSecond((long) one.get("now").getNumberValue()), ZoneOffset.UTC);
      String result;
      try {
        var event = new Webhook(secrets, Duration.ofMinutes(5), seen::contains, now)
            .verify(headers, one.get("body").getStringValue().getBytes(StandardCharsets.UTF_8));
        result = event.getType() + " " + event.getSequence();
      } catch (WebhookRefused e) {
        result = e.reason().name();
      }
      out.println(JsonFormat.printer().omittingInsignificantWhitespace().print(
          Struct.newBuilder().putFields("name", one.get("name")).putFields("result", Values.of(result))));
    }
  }
}
