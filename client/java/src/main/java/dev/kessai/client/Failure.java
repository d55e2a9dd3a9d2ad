package dev.kessai.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.LocalizedMessage;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What kessai says in an error.
 *
 * @param code canonical code
 * @param reason kessai's one word; empty: the error is the connection's or a proxy's
 * @param message English, for developers
 * @param messageJa Japanese, for the people of the shop
 * @param violations field to what is wrong with it
 * @param retryAfter how long to wait before asking again, if kessai said
 * @param metadata what the reason is about
 */
public record Failure(
    Status.Code code,
    String reason,
    String message,
    String messageJa,
    Map<String, String> violations,
    Optional<Duration> retryAfter,
    Map<String, String> metadata) {

  /** Reads the error and its details; what is not understood is passed over. */
  public static Failure of(StatusRuntimeException error) {
    var reason = "";
    var japanese = "";
    var violations = new LinkedHashMap<String, String>();
    Duration retryAfter = null;
    Map<String, String> metadata = Map.of();
    for (var detail : StatusProto.fromThrowable(error).getDetailsList()) {
      var info = unpack(detail, ErrorInfo.class);
      if (info.isPresent() && info.get().getDomain().equals("kessai")) {
        reason = info.get().getReason();
        metadata = info.get().getMetadataMap();
      }
      japanese =
          unpack(detail, LocalizedMessage.class)
              .filter(text -> text.getLocale().startsWith("ja"))
              .map(LocalizedMessage::getMessage)
              .orElse(japanese);
      retryAfter =
          unpack(detail, RetryInfo.class)
              .map(RetryInfo::getRetryDelay)
              .map(delay -> Duration.ofSeconds(delay.getSeconds(), delay.getNanos()))
              .orElse(retryAfter);
      unpack(detail, BadRequest.class)
          .ifPresent(
              bad ->
                  bad.getFieldViolationsList()
                      .forEach(v -> violations.put(v.getField(), v.getDescription())));
    }
    var message = Optional.ofNullable(error.getStatus().getDescription()).orElse("");
    return new Failure(
        error.getStatus().getCode(),
        reason,
        message,
        japanese,
        violations,
        Optional.ofNullable(retryAfter),
        metadata);
  }

  private static <T extends Message> Optional<T> unpack(
      Any detail, Class<T> kind) {
    try {
      return detail.is(kind) ? Optional.of(detail.unpack(kind)) : Optional.empty();
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }
}
