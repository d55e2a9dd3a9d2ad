package dev.kessai.client;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.kessai.client.WebhookRefused.Reason;
import dev.kessai.event.v1.Event;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Verifies the messages that kessai sends to an endpoint of the shop, by the Standard Webhooks
 * scheme.
 */
public final class Webhook {
  private final List<byte[]> keys;
  private final Duration tolerance;
  private final Predicate<String> seen;
  private final Clock clock;

  /**
   * @param secrets of the endpoint, whsec_…: during a rotation the old and the new one
   * @param tolerance how old, or how far ahead, a message may be; five minutes are usual
   * @param seen whether a message with an id was dealt with before
   * @param clock the time
   */
  public Webhook(List<String> secrets, Duration tolerance, Predicate<String> seen, Clock clock) {
    this.keys = secrets.stream().map(Webhook::key).filter(k -> k.length > 0).toList();
    this.tolerance = tolerance;
    this.seen = seen;
    this.clock = clock;
  }

  /**
   * Gives the event of a message.
   *
   * @param body as it came, byte for byte
   * @throws WebhookRefused when it may not be believed, or was dealt with before
   */
  public Event verify(Map<String, String> headers, byte[] body) throws WebhookRefused {
    var given = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    given.putAll(headers);
    var id = given.getOrDefault("webhook-id", "");
    var sent = given.getOrDefault("webhook-timestamp", "");
    if (id.isEmpty() || !sent.matches("\\d{1,12}")) {
      throw new WebhookRefused(Reason.INCOMPLETE);
    }
    if (!signed(id + "." + sent + ".", body, given.getOrDefault("webhook-signature", ""))) {
      throw new WebhookRefused(Reason.FORGED);
    }
    var age = Duration.between(Instant.ofEpochSecond(Long.parseLong(sent)), clock.instant()).abs();
    if (age.compareTo(tolerance) > 0) {
      throw new WebhookRefused(Reason.STALE);
    }
    var event = Event.newBuilder();
    try {
      JsonFormat.parser().ignoringUnknownFields().merge(new String(body, StandardCharsets.UTF_8), event);
    } catch (InvalidProtocolBufferException e) {
      throw new WebhookRefused(Reason.INCOMPLETE);
    }
    if (seen.test(id)) {
      throw new WebhookRefused(Reason.REPEATED);
    }
    return event.build();
  }

  private boolean signed(String head, byte[] body, String signatures) {
    var content = new ByteArrayOutputStream();
    content.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    content.writeBytes(body);
    var ok = false;
    for (var key : keys) {
      var want = ("v1," + Base64.getEncoder().encodeToString(mac(key, content.toByteArray()))).getBytes(StandardCharsets.UTF_8);
      for (var given : signatures.split(" ")) {
        ok |= MessageDigest.isEqual(want, given.getBytes(StandardCharsets.UTF_8));
      }
    }
    return ok;
  }

  private static byte[] mac(byte[] key, byte[] content) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  private static byte[] key(String secret) {
    try {
      return Base64.getDecoder().decode(secret.replaceFirst("^whsec_", ""));
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
