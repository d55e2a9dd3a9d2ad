package dev.kessai.client;

import dev.kessai.payment.v1.PaymentServiceGrpc;
import dev.kessai.payment.v1.PaymentServiceGrpc.PaymentServiceBlockingStub;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;

/**
 * A connection to one kessai with one key, over native gRPC; safe for threads.
 *
 * <pre>{@code
 * try (var kessai = new KessaiClient("127.0.0.1:9090", "sk_test_demo")) {
 *   var payment = kessai.payments("checkout-1396").withDeadlineAfter(15, SECONDS)
 *       .createPayment(CreatePaymentRequest.newBuilder()
 *           .setAmount(5080).setOrderNumber("1396").setCardToken(token).build())
 *       .getPayment();
 * }
 * }</pre>
 *
 * <p>A call that moves money needs an idempotency key. A call that got no answer is made again
 * with the same key: it never charges twice. This class does not do that by itself.
 */
public final class KessaiClient implements AutoCloseable {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> IDEMPOTENCY_KEY =
      Metadata.Key.of("idempotency-key", Metadata.ASCII_STRING_MARSHALLER);

  private final ManagedChannel connection;
  private final Channel channel;

  /**
   * Prepares a client; the connection is made by the first call. Outside the loopback it is TLS.
   *
   * @param target host:port of kessai's native gRPC
   * @param key sk_test_… or sk_live_…; it is never printed
   */
  public KessaiClient(String target, String key) {
    if (!key.matches("[!-~]+")) {
      throw new IllegalArgumentException(
          "kessai: the key is empty or has a character that no key has");
    }
    var credentials =
        isLocal(target) ? InsecureChannelCredentials.create() : TlsChannelCredentials.create();
    connection =
        Grpc.newChannelBuilder(target, credentials)
            .userAgent("kessai-java")
            // A page of a thousand payments with their orders is more than 4 MiB.
            .maxInboundMessageSize(64 << 20)
            .build();
    channel = ClientInterceptors.intercept(connection, new Bearer(key));
  }

  /** The connection with the key, for the stubs of every service and for asynchronous ones. */
  public Channel channel() {
    return channel;
  }

  /** Every call of PaymentService, without an idempotency key: reads, or the field requestId. */
  public PaymentServiceBlockingStub payments() {
    return PaymentServiceGrpc.newBlockingStub(channel);
  }

  /** Every call of PaymentService, with this idempotency key. It must be ASCII. */
  public PaymentServiceBlockingStub payments(String idempotencyKey) {
    var headers = new Metadata();
    headers.put(IDEMPOTENCY_KEY, idempotencyKey);
    return payments().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  /** Ends the connection. */
  @Override
  public void close() {
    connection.shutdownNow();
  }

  private static boolean isLocal(String target) {
    var host = target.replaceFirst("^\\w+:///", "").replaceFirst(":\\d+$", "");
    return target.startsWith("unix:")
        || host.equals("localhost")
        || host.equals("[::1]")
        || host.matches("127(\\.\\d+){3}");
  }

  /** Adds the key to each call. It has no toString that shows it. */
  private static final class Bearer implements ClientInterceptor {
    private final String header;

    Bearer(String key) {
      header = "Bearer " + key;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
      return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
        @Override
        public void start(Listener<A> listener, Metadata headers) {
          headers.put(AUTHORIZATION, header);
          super.start(listener, headers);
        }
      };
    }
  }
}
