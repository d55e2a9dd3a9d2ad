package dev.kessai.client;

import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Values;
import dev.kessai.payment.v1.PaymentServiceGrpc;
import dev.kessai.vault.v1.VaultServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** Makes the steps of ../cases/cases.json over gRPC; see ../cases/doc.go. */
final class Cases {
  private static final Metadata.Key<String> REPLAYED =
      Metadata.Key.of("idempotency-replayed", Metadata.ASCII_STRING_MARSHALLER);

  private Cases() {}

  public static void main(String[] args) throws Exception {
    var steps = ListValue.newBuilder();
    JsonFormat.parser().merge(Files.readString(Path.of(args[0])), steps);
    Map<String, String> saved = new HashMap<>(Map.of("run", System.getenv("KESSAI_RUN")));
    var out = new java.io.PrintStream(System.out, true, "UTF-8");
    for (var item : steps.getValuesList()) {
      var text = JsonFormat.printer().print(item.getStructValue());
      for (var entry : saved.entrySet()) {
        text = text.replace("${" + entry.getKey() + "}", entry.getValue());
      }
      var step = Struct.newBuilder();
      JsonFormat.parser().merge(text, step);
      var result = make(step.getFieldsMap());
      for (var save : step.getFieldsMap().getOrDefault("save", Value.getDefaultInstance()).getStructValue().getFieldsMap().entrySet()) {
        saved.put(save.getKey(), at(result.getFieldsOrDefault("answer", Value.getDefaultInstance()), save.getValue().getStringValue()));
      }
      result.putFields("name", item.getStructValue().getFieldsOrThrow("name"));
      out.println(JsonFormat.printer().omittingInsignificantWhitespace().print(result));
    }
  }

  private static Struct.Builder make(Map<String, Value> step) throws Exception {
    var key = step.containsKey("bearer") ? step.get("bearer").getStringValue() : System.getenv("KESSAI_KEY");
    var call = method(step.get("method").getStringValue());
    var prototype = (MethodDescriptor.PrototypeMarshaller<Message>) call.getRequestMarshaller();
    var request = prototype.getMessagePrototype().newBuilderForType();
    JsonFormat.parser().merge(JsonFormat.printer().print(step.get("request").getStructValue()), request);
    var headers = new Metadata();
    if (step.containsKey("key")) {
      headers.put(Metadata.Key.of("idempotency-key", Metadata.ASCII_STRING_MARSHALLER), step.get("key").getStringValue());
    }
    var header = new AtomicReference<Metadata>();
    var trailer = new AtomicReference<Metadata>();
    try (var kessai = new KessaiClient(System.getenv("KESSAI_GRPC"), key)) {
      var channel =
          ClientInterceptors.intercept(
              kessai.channel(),
              MetadataUtils.newAttachHeadersInterceptor(headers),
              MetadataUtils.newCaptureMetadataInterceptor(header, trailer));
      var answer =
          ClientCalls.blockingUnaryCall(
              channel, call, CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS), request.build());
      var told = Struct.newBuilder();
      JsonFormat.parser().merge(JsonFormat.printer().print(answer), told);
      return Struct.newBuilder()
          .putFields("replayed", Values.of("true".equals(header.get().get(REPLAYED)) || "true".equals(trailer.get().get(REPLAYED))))
          .putFields("answer", Values.of(told.build()));
    } catch (StatusRuntimeException e) {
      var failure = Failure.of(e);
      var violations = failure.violations().keySet().stream().map(Values::of).toList();
      var error =
          Struct.newBuilder()
              .putFields("code", Values.of(failure.code().name()))
              .putFields("reason", Values.of(failure.reason()))
              .putFields("messageJa", Values.of(failure.messageJa()))
              .putFields("violations", Values.of(violations));
      return Struct.newBuilder().putFields("error", Values.of(error.build()));
    }
  }

  @SuppressWarnings("unchecked") // the generated methods all carry messages
  private static MethodDescriptor<Message, Message> method(String name) {
    return (MethodDescriptor<Message, Message>)
        Stream.of(PaymentServiceGrpc.getServiceDescriptor(), VaultServiceGrpc.getServiceDescriptor())
            .flatMap(service -> service.getMethods().stream())
            .filter(method -> name.equals(method.getBareMethodName()))
            .findFirst()
            .orElseThrow();
  }

  private static String at(Value value, String path) {
    for (var name : path.split("\\.")) {
      value = value.getStructValue().getFieldsOrDefault(name, Value.getDefaultInstance());
    }
    return value.getStringValue();
  }
}
