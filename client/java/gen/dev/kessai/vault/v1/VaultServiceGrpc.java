package dev.kessai.vault.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * VaultService tells browsers how to make card tokens and keeps members' cards.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class VaultServiceGrpc {

  private VaultServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "kessai.vault.v1.VaultService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<dev.kessai.vault.v1.CreateCardEntryRequest,
      dev.kessai.vault.v1.CreateCardEntryResponse> getCreateCardEntryMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateCardEntry",
      requestType = dev.kessai.vault.v1.CreateCardEntryRequest.class,
      responseType = dev.kessai.vault.v1.CreateCardEntryResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.vault.v1.CreateCardEntryRequest,
      dev.kessai.vault.v1.CreateCardEntryResponse> getCreateCardEntryMethod() {
    io.grpc.MethodDescriptor<dev.kessai.vault.v1.CreateCardEntryRequest, dev.kessai.vault.v1.CreateCardEntryResponse> getCreateCardEntryMethod;
    if ((getCreateCardEntryMethod = VaultServiceGrpc.getCreateCardEntryMethod) == null) {
      synchronized (VaultServiceGrpc.class) {
        if ((getCreateCardEntryMethod = VaultServiceGrpc.getCreateCardEntryMethod) == null) {
          VaultServiceGrpc.getCreateCardEntryMethod = getCreateCardEntryMethod =
              io.grpc.MethodDescriptor.<dev.kessai.vault.v1.CreateCardEntryRequest, dev.kessai.vault.v1.CreateCardEntryResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateCardEntry"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.vault.v1.CreateCardEntryRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.vault.v1.CreateCardEntryResponse.getDefaultInstance()))
              .setSchemaDescriptor(new VaultServiceMethodDescriptorSupplier("CreateCardEntry"))
              .build();
        }
      }
    }
    return getCreateCardEntryMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.vault.v1.ListInstallmentOptionsRequest,
      dev.kessai.vault.v1.ListInstallmentOptionsResponse> getListInstallmentOptionsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListInstallmentOptions",
      requestType = dev.kessai.vault.v1.ListInstallmentOptionsRequest.class,
      responseType = dev.kessai.vault.v1.ListInstallmentOptionsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.vault.v1.ListInstallmentOptionsRequest,
      dev.kessai.vault.v1.ListInstallmentOptionsResponse> getListInstallmentOptionsMethod() {
    io.grpc.MethodDescriptor<dev.kessai.vault.v1.ListInstallmentOptionsRequest, dev.kessai.vault.v1.ListInstallmentOptionsResponse> getListInstallmentOptionsMethod;
    if ((getListInstallmentOptionsMethod = VaultServiceGrpc.getListInstallmentOptionsMethod) == null) {
      synchronized (VaultServiceGrpc.class) {
        if ((getListInstallmentOptionsMethod = VaultServiceGrpc.getListInstallmentOptionsMethod) == null) {
          VaultServiceGrpc.getListInstallmentOptionsMethod = getListInstallmentOptionsMethod =
              io.grpc.MethodDescriptor.<dev.kessai.vault.v1.ListInstallmentOptionsRequest, dev.kessai.vault.v1.ListInstallmentOptionsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListInstallmentOptions"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.vault.v1.ListInstallmentOptionsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.vault.v1.ListInstallmentOptionsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new VaultServiceMethodDescriptorSupplier("ListInstallmentOptions"))
              .build();
        }
      }
    }
    return getListInstallmentOptionsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.vault.v1.CreateCardRequest,
      dev.kessai.vault.v1.CreateCardResponse> getCreateCardMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateCard",
      requestType = dev.kessai.vault.v1.CreateCardRequest.class,
      responseType = dev.kessai.vault.v1.CreateCardResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.vault.v1.CreateCardRequest,
      dev.kessai.vault.v1.CreateCardResponse> getCreateCardMethod() {
    io.grpc.MethodDescriptor<dev.kessai.vault.v1.CreateCardRequest, dev.kessai.vault.v1.CreateCardResponse> getCreateCardMethod;
    if ((getCreateCardMethod = VaultServiceGrpc.getCreateCardMethod) == null) {
      synchronized (VaultServiceGrpc.class) {
        if ((getCreateCardMethod = VaultServiceGrpc.getCreateCardMethod) == null) {
          VaultServiceGrpc.getCreateCardMethod = getCreateCardMethod =
              io.grpc.MethodDescriptor.<dev.kessai.vault.v1.CreateCardRequest, dev.kessai.vault.v1.CreateCardResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateCard"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.vault.v1.CreateCardRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.vault.v1.CreateCardResponse.getDefaultInstance()))
              .setSchemaDescriptor(new VaultServiceMethodDescriptorSupplier("CreateCard"))
              .build();
        }
      }
    }
    return getCreateCardMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.vault.v1.GetCardRequest,
      dev.kessai.vault.v1.GetCardResponse> getGetCardMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetCard",
      requestType = dev.kessai.vault.v1.GetCardRequest.class,
      responseType = dev.kessai.vault.v1.GetCardResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.vault.v1.GetCardRequest,
      dev.kessai.vault.v1.GetCardResponse> getGetCardMethod() {
    io.grpc.MethodDescriptor<dev.kessai.vault.v1.GetCardRequest, dev.kessai.vault.v1.GetCardResponse> getGetCardMethod;
    if ((getGetCardMethod = VaultServiceGrpc.getGetCardMethod) == null) {
      synchronized (VaultServiceGrpc.class) {
        if ((getGetCardMethod = VaultServiceGrpc.getGetCardMethod) == null) {
          VaultServiceGrpc.getGetCardMethod = getGetCardMethod =
              io.grpc.MethodDescriptor.<dev.kessai.vault.v1.GetCardRequest, dev.kessai.vault.v1.GetCardResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetCard"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.vault.v1.GetCardRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.vault.v1.GetCardResponse.getDefaultInstance()))
              .setSchemaDescriptor(new VaultServiceMethodDescriptorSupplier("GetCard"))
              .build();
        }
      }
    }
    return getGetCardMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.vault.v1.ListCardsRequest,
      dev.kessai.vault.v1.ListCardsResponse> getListCardsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListCards",
      requestType = dev.kessai.vault.v1.ListCardsRequest.class,
      responseType = dev.kessai.vault.v1.ListCardsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.vault.v1.ListCardsRequest,
      dev.kessai.vault.v1.ListCardsResponse> getListCardsMethod() {
    io.grpc.MethodDescriptor<dev.kessai.vault.v1.ListCardsRequest, dev.kessai.vault.v1.ListCardsResponse> getListCardsMethod;
    if ((getListCardsMethod = VaultServiceGrpc.getListCardsMethod) == null) {
      synchronized (VaultServiceGrpc.class) {
        if ((getListCardsMethod = VaultServiceGrpc.getListCardsMethod) == null) {
          VaultServiceGrpc.getListCardsMethod = getListCardsMethod =
              io.grpc.MethodDescriptor.<dev.kessai.vault.v1.ListCardsRequest, dev.kessai.vault.v1.ListCardsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListCards"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.vault.v1.ListCardsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.vault.v1.ListCardsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new VaultServiceMethodDescriptorSupplier("ListCards"))
              .build();
        }
      }
    }
    return getListCardsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.vault.v1.UpdateCardRequest,
      dev.kessai.vault.v1.UpdateCardResponse> getUpdateCardMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateCard",
      requestType = dev.kessai.vault.v1.UpdateCardRequest.class,
      responseType = dev.kessai.vault.v1.UpdateCardResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.vault.v1.UpdateCardRequest,
      dev.kessai.vault.v1.UpdateCardResponse> getUpdateCardMethod() {
    io.grpc.MethodDescriptor<dev.kessai.vault.v1.UpdateCardRequest, dev.kessai.vault.v1.UpdateCardResponse> getUpdateCardMethod;
    if ((getUpdateCardMethod = VaultServiceGrpc.getUpdateCardMethod) == null) {
      synchronized (VaultServiceGrpc.class) {
        if ((getUpdateCardMethod = VaultServiceGrpc.getUpdateCardMethod) == null) {
          VaultServiceGrpc.getUpdateCardMethod = getUpdateCardMethod =
              io.grpc.MethodDescriptor.<dev.kessai.vault.v1.UpdateCardRequest, dev.kessai.vault.v1.UpdateCardResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateCard"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.vault.v1.UpdateCardRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.vault.v1.UpdateCardResponse.getDefaultInstance()))
              .setSchemaDescriptor(new VaultServiceMethodDescriptorSupplier("UpdateCard"))
              .build();
        }
      }
    }
    return getUpdateCardMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.vault.v1.DeleteCardRequest,
      dev.kessai.vault.v1.DeleteCardResponse> getDeleteCardMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteCard",
      requestType = dev.kessai.vault.v1.DeleteCardRequest.class,
      responseType = dev.kessai.vault.v1.DeleteCardResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.vault.v1.DeleteCardRequest,
      dev.kessai.vault.v1.DeleteCardResponse> getDeleteCardMethod() {
    io.grpc.MethodDescriptor<dev.kessai.vault.v1.DeleteCardRequest, dev.kessai.vault.v1.DeleteCardResponse> getDeleteCardMethod;
    if ((getDeleteCardMethod = VaultServiceGrpc.getDeleteCardMethod) == null) {
      synchronized (VaultServiceGrpc.class) {
        if ((getDeleteCardMethod = VaultServiceGrpc.getDeleteCardMethod) == null) {
          VaultServiceGrpc.getDeleteCardMethod = getDeleteCardMethod =
              io.grpc.MethodDescriptor.<dev.kessai.vault.v1.DeleteCardRequest, dev.kessai.vault.v1.DeleteCardResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteCard"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.vault.v1.DeleteCardRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.vault.v1.DeleteCardResponse.getDefaultInstance()))
              .setSchemaDescriptor(new VaultServiceMethodDescriptorSupplier("DeleteCard"))
              .build();
        }
      }
    }
    return getDeleteCardMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static VaultServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<VaultServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<VaultServiceStub>() {
        @java.lang.Override
        public VaultServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new VaultServiceStub(channel, callOptions);
        }
      };
    return VaultServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static VaultServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<VaultServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<VaultServiceBlockingV2Stub>() {
        @java.lang.Override
        public VaultServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new VaultServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return VaultServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static VaultServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<VaultServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<VaultServiceBlockingStub>() {
        @java.lang.Override
        public VaultServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new VaultServiceBlockingStub(channel, callOptions);
        }
      };
    return VaultServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static VaultServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<VaultServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<VaultServiceFutureStub>() {
        @java.lang.Override
        public VaultServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new VaultServiceFutureStub(channel, callOptions);
        }
      };
    return VaultServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * VaultService tells browsers how to make card tokens and keeps members' cards.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * CreateCardEntry gives what a page needs for a token: script address, shop
     * code, check sum, and which checks apply. The answer to a client secret is
     * about its own payment. Scope: storefront, or the payment's client secret.
     * </pre>
     */
    default void createCardEntry(dev.kessai.vault.v1.CreateCardEntryRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.vault.v1.CreateCardEntryResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateCardEntryMethod(), responseObserver);
    }

    /**
     * <pre>
     * ListInstallmentOptions gives the payment counts that a card may use (R18),
     * judged from the beginning of its number, the shop's setting and the
     * amount. Scope: storefront, or the payment's client secret.
     * </pre>
     */
    default void listInstallmentOptions(dev.kessai.vault.v1.ListInstallmentOptionsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.vault.v1.ListInstallmentOptionsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListInstallmentOptionsMethod(), responseObserver);
    }

    /**
     * <pre>
     * CreateCard registers a card for a customer: one yen is held and released.
     * 3-D Secure may be asked for; then the card is STATE_PENDING with a
     * challenge_uri. It needs an idempotency key. Scope: storefront.
     * </pre>
     */
    default void createCard(dev.kessai.vault.v1.CreateCardRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.vault.v1.CreateCardResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateCardMethod(), responseObserver);
    }

    /**
     * <pre>
     * GetCard reads a card. Scope: storefront.
     * </pre>
     */
    default void getCard(dev.kessai.vault.v1.GetCardRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.vault.v1.GetCardResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetCardMethod(), responseObserver);
    }

    /**
     * <pre>
     * ListCards asks the provider which cards the customer has and lists them,
     * three at most. Scope: storefront.
     * </pre>
     */
    default void listCards(dev.kessai.vault.v1.ListCardsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.vault.v1.ListCardsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListCardsMethod(), responseObserver);
    }

    /**
     * <pre>
     * UpdateCard changes expiry or holder of a card; the provider tests the new
     * ones. Scope: storefront.
     * </pre>
     */
    default void updateCard(dev.kessai.vault.v1.UpdateCardRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.vault.v1.UpdateCardResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateCardMethod(), responseObserver);
    }

    /**
     * <pre>
     * DeleteCard removes a card at the provider. Refused with CARD_IN_USE while a
     * payment that is not over needs it. Removing it again changes nothing.
     * Scope: operator (R38).
     * </pre>
     */
    default void deleteCard(dev.kessai.vault.v1.DeleteCardRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.vault.v1.DeleteCardResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteCardMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service VaultService.
   * <pre>
   * VaultService tells browsers how to make card tokens and keeps members' cards.
   * </pre>
   */
  public static abstract class VaultServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return VaultServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service VaultService.
   * <pre>
   * VaultService tells browsers how to make card tokens and keeps members' cards.
   * </pre>
   */
  public static final class VaultServiceStub
      extends io.grpc.stub.AbstractAsyncStub<VaultServiceStub> {
    private VaultServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected VaultServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new VaultServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * CreateCardEntry gives what a page needs for a token: script address, shop
     * code, check sum, and which checks apply. The answer to a client secret is
     * about its own payment. Scope: storefront, or the payment's client secret.
     * </pre>
     */
    public void createCardEntry(dev.kessai.vault.v1.CreateCardEntryRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.vault.v1.CreateCardEntryResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateCardEntryMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ListInstallmentOptions gives the payment counts that a card may use (R18),
     * judged from the beginning of its number, the shop's setting and the
     * amount. Scope: storefront, or the payment's client secret.
     * </pre>
     */
    public void listInstallmentOptions(dev.kessai.vault.v1.ListInstallmentOptionsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.vault.v1.ListInstallmentOptionsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListInstallmentOptionsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * CreateCard registers a card for a customer: one yen is held and released.
     * 3-D Secure may be asked for; then the card is STATE_PENDING with a
     * challenge_uri. It needs an idempotency key. Scope: storefront.
     * </pre>
     */
    public void createCard(dev.kessai.vault.v1.CreateCardRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.vault.v1.CreateCardResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateCardMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * GetCard reads a card. Scope: storefront.
     * </pre>
     */
    public void getCard(dev.kessai.vault.v1.GetCardRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.vault.v1.GetCardResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetCardMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ListCards asks the provider which cards the customer has and lists them,
     * three at most. Scope: storefront.
     * </pre>
     */
    public void listCards(dev.kessai.vault.v1.ListCardsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.vault.v1.ListCardsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListCardsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * UpdateCard changes expiry or holder of a card; the provider tests the new
     * ones. Scope: storefront.
     * </pre>
     */
    public void updateCard(dev.kessai.vault.v1.UpdateCardRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.vault.v1.UpdateCardResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateCardMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * DeleteCard removes a card at the provider. Refused with CARD_IN_USE while a
     * payment that is not over needs it. Removing it again changes nothing.
     * Scope: operator (R38).
     * </pre>
     */
    public void deleteCard(dev.kessai.vault.v1.DeleteCardRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.vault.v1.DeleteCardResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteCardMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service VaultService.
   * <pre>
   * VaultService tells browsers how to make card tokens and keeps members' cards.
   * </pre>
   */
  public static final class VaultServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<VaultServiceBlockingV2Stub> {
    private VaultServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected VaultServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new VaultServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * CreateCardEntry gives what a page needs for a token: script address, shop
     * code, check sum, and which checks apply. The answer to a client secret is
     * about its own payment. Scope: storefront, or the payment's client secret.
     * </pre>
     */
    public dev.kessai.vault.v1.CreateCardEntryResponse createCardEntry(dev.kessai.vault.v1.CreateCardEntryRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCreateCardEntryMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListInstallmentOptions gives the payment counts that a card may use (R18),
     * judged from the beginning of its number, the shop's setting and the
     * amount. Scope: storefront, or the payment's client secret.
     * </pre>
     */
    public dev.kessai.vault.v1.ListInstallmentOptionsResponse listInstallmentOptions(dev.kessai.vault.v1.ListInstallmentOptionsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListInstallmentOptionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * CreateCard registers a card for a customer: one yen is held and released.
     * 3-D Secure may be asked for; then the card is STATE_PENDING with a
     * challenge_uri. It needs an idempotency key. Scope: storefront.
     * </pre>
     */
    public dev.kessai.vault.v1.CreateCardResponse createCard(dev.kessai.vault.v1.CreateCardRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCreateCardMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * GetCard reads a card. Scope: storefront.
     * </pre>
     */
    public dev.kessai.vault.v1.GetCardResponse getCard(dev.kessai.vault.v1.GetCardRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetCardMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListCards asks the provider which cards the customer has and lists them,
     * three at most. Scope: storefront.
     * </pre>
     */
    public dev.kessai.vault.v1.ListCardsResponse listCards(dev.kessai.vault.v1.ListCardsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListCardsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * UpdateCard changes expiry or holder of a card; the provider tests the new
     * ones. Scope: storefront.
     * </pre>
     */
    public dev.kessai.vault.v1.UpdateCardResponse updateCard(dev.kessai.vault.v1.UpdateCardRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpdateCardMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * DeleteCard removes a card at the provider. Refused with CARD_IN_USE while a
     * payment that is not over needs it. Removing it again changes nothing.
     * Scope: operator (R38).
     * </pre>
     */
    public dev.kessai.vault.v1.DeleteCardResponse deleteCard(dev.kessai.vault.v1.DeleteCardRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeleteCardMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service VaultService.
   * <pre>
   * VaultService tells browsers how to make card tokens and keeps members' cards.
   * </pre>
   */
  public static final class VaultServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<VaultServiceBlockingStub> {
    private VaultServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected VaultServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new VaultServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * CreateCardEntry gives what a page needs for a token: script address, shop
     * code, check sum, and which checks apply. The answer to a client secret is
     * about its own payment. Scope: storefront, or the payment's client secret.
     * </pre>
     */
    public dev.kessai.vault.v1.CreateCardEntryResponse createCardEntry(dev.kessai.vault.v1.CreateCardEntryRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateCardEntryMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListInstallmentOptions gives the payment counts that a card may use (R18),
     * judged from the beginning of its number, the shop's setting and the
     * amount. Scope: storefront, or the payment's client secret.
     * </pre>
     */
    public dev.kessai.vault.v1.ListInstallmentOptionsResponse listInstallmentOptions(dev.kessai.vault.v1.ListInstallmentOptionsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListInstallmentOptionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * CreateCard registers a card for a customer: one yen is held and released.
     * 3-D Secure may be asked for; then the card is STATE_PENDING with a
     * challenge_uri. It needs an idempotency key. Scope: storefront.
     * </pre>
     */
    public dev.kessai.vault.v1.CreateCardResponse createCard(dev.kessai.vault.v1.CreateCardRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateCardMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * GetCard reads a card. Scope: storefront.
     * </pre>
     */
    public dev.kessai.vault.v1.GetCardResponse getCard(dev.kessai.vault.v1.GetCardRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetCardMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListCards asks the provider which cards the customer has and lists them,
     * three at most. Scope: storefront.
     * </pre>
     */
    public dev.kessai.vault.v1.ListCardsResponse listCards(dev.kessai.vault.v1.ListCardsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListCardsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * UpdateCard changes expiry or holder of a card; the provider tests the new
     * ones. Scope: storefront.
     * </pre>
     */
    public dev.kessai.vault.v1.UpdateCardResponse updateCard(dev.kessai.vault.v1.UpdateCardRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateCardMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * DeleteCard removes a card at the provider. Refused with CARD_IN_USE while a
     * payment that is not over needs it. Removing it again changes nothing.
     * Scope: operator (R38).
     * </pre>
     */
    public dev.kessai.vault.v1.DeleteCardResponse deleteCard(dev.kessai.vault.v1.DeleteCardRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteCardMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service VaultService.
   * <pre>
   * VaultService tells browsers how to make card tokens and keeps members' cards.
   * </pre>
   */
  public static final class VaultServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<VaultServiceFutureStub> {
    private VaultServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected VaultServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new VaultServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * CreateCardEntry gives what a page needs for a token: script address, shop
     * code, check sum, and which checks apply. The answer to a client secret is
     * about its own payment. Scope: storefront, or the payment's client secret.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.vault.v1.CreateCardEntryResponse> createCardEntry(
        dev.kessai.vault.v1.CreateCardEntryRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateCardEntryMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ListInstallmentOptions gives the payment counts that a card may use (R18),
     * judged from the beginning of its number, the shop's setting and the
     * amount. Scope: storefront, or the payment's client secret.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.vault.v1.ListInstallmentOptionsResponse> listInstallmentOptions(
        dev.kessai.vault.v1.ListInstallmentOptionsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListInstallmentOptionsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * CreateCard registers a card for a customer: one yen is held and released.
     * 3-D Secure may be asked for; then the card is STATE_PENDING with a
     * challenge_uri. It needs an idempotency key. Scope: storefront.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.vault.v1.CreateCardResponse> createCard(
        dev.kessai.vault.v1.CreateCardRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateCardMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * GetCard reads a card. Scope: storefront.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.vault.v1.GetCardResponse> getCard(
        dev.kessai.vault.v1.GetCardRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetCardMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ListCards asks the provider which cards the customer has and lists them,
     * three at most. Scope: storefront.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.vault.v1.ListCardsResponse> listCards(
        dev.kessai.vault.v1.ListCardsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListCardsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * UpdateCard changes expiry or holder of a card; the provider tests the new
     * ones. Scope: storefront.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.vault.v1.UpdateCardResponse> updateCard(
        dev.kessai.vault.v1.UpdateCardRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateCardMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * DeleteCard removes a card at the provider. Refused with CARD_IN_USE while a
     * payment that is not over needs it. Removing it again changes nothing.
     * Scope: operator (R38).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.vault.v1.DeleteCardResponse> deleteCard(
        dev.kessai.vault.v1.DeleteCardRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteCardMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_CREATE_CARD_ENTRY = 0;
  private static final int METHODID_LIST_INSTALLMENT_OPTIONS = 1;
  private static final int METHODID_CREATE_CARD = 2;
  private static final int METHODID_GET_CARD = 3;
  private static final int METHODID_LIST_CARDS = 4;
  private static final int METHODID_UPDATE_CARD = 5;
  private static final int METHODID_DELETE_CARD = 6;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final AsyncService serviceImpl;
    private final int methodId;

    MethodHandlers(AsyncService serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_CREATE_CARD_ENTRY:
          serviceImpl.createCardEntry((dev.kessai.vault.v1.CreateCardEntryRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.vault.v1.CreateCardEntryResponse>) responseObserver);
          break;
        case METHODID_LIST_INSTALLMENT_OPTIONS:
          serviceImpl.listInstallmentOptions((dev.kessai.vault.v1.ListInstallmentOptionsRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.vault.v1.ListInstallmentOptionsResponse>) responseObserver);
          break;
        case METHODID_CREATE_CARD:
          serviceImpl.createCard((dev.kessai.vault.v1.CreateCardRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.vault.v1.CreateCardResponse>) responseObserver);
          break;
        case METHODID_GET_CARD:
          serviceImpl.getCard((dev.kessai.vault.v1.GetCardRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.vault.v1.GetCardResponse>) responseObserver);
          break;
        case METHODID_LIST_CARDS:
          serviceImpl.listCards((dev.kessai.vault.v1.ListCardsRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.vault.v1.ListCardsResponse>) responseObserver);
          break;
        case METHODID_UPDATE_CARD:
          serviceImpl.updateCard((dev.kessai.vault.v1.UpdateCardRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.vault.v1.UpdateCardResponse>) responseObserver);
          break;
        case METHODID_DELETE_CARD:
          serviceImpl.deleteCard((dev.kessai.vault.v1.DeleteCardRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.vault.v1.DeleteCardResponse>) responseObserver);
          break;
        default:
          throw new AssertionError();
      }
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public io.grpc.stub.StreamObserver<Req> invoke(
        io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getCreateCardEntryMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.vault.v1.CreateCardEntryRequest,
              dev.kessai.vault.v1.CreateCardEntryResponse>(
                service, METHODID_CREATE_CARD_ENTRY)))
        .addMethod(
          getListInstallmentOptionsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.vault.v1.ListInstallmentOptionsRequest,
              dev.kessai.vault.v1.ListInstallmentOptionsResponse>(
                service, METHODID_LIST_INSTALLMENT_OPTIONS)))
        .addMethod(
          getCreateCardMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.vault.v1.CreateCardRequest,
              dev.kessai.vault.v1.CreateCardResponse>(
                service, METHODID_CREATE_CARD)))
        .addMethod(
          getGetCardMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.vault.v1.GetCardRequest,
              dev.kessai.vault.v1.GetCardResponse>(
                service, METHODID_GET_CARD)))
        .addMethod(
          getListCardsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.vault.v1.ListCardsRequest,
              dev.kessai.vault.v1.ListCardsResponse>(
                service, METHODID_LIST_CARDS)))
        .addMethod(
          getUpdateCardMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.vault.v1.UpdateCardRequest,
              dev.kessai.vault.v1.UpdateCardResponse>(
                service, METHODID_UPDATE_CARD)))
        .addMethod(
          getDeleteCardMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.vault.v1.DeleteCardRequest,
              dev.kessai.vault.v1.DeleteCardResponse>(
                service, METHODID_DELETE_CARD)))
        .build();
  }

  private static abstract class VaultServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    VaultServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return dev.kessai.vault.v1.VaultServiceProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("VaultService");
    }
  }

  private static final class VaultServiceFileDescriptorSupplier
      extends VaultServiceBaseDescriptorSupplier {
    VaultServiceFileDescriptorSupplier() {}
  }

  private static final class VaultServiceMethodDescriptorSupplier
      extends VaultServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    VaultServiceMethodDescriptorSupplier(java.lang.String methodName) {
      this.methodName = methodName;
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.MethodDescriptor getMethodDescriptor() {
      return getServiceDescriptor().findMethodByName(methodName);
    }
  }

  private static volatile io.grpc.ServiceDescriptor serviceDescriptor;

  public static io.grpc.ServiceDescriptor getServiceDescriptor() {
    io.grpc.ServiceDescriptor result = serviceDescriptor;
    if (result == null) {
      synchronized (VaultServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new VaultServiceFileDescriptorSupplier())
              .addMethod(getCreateCardEntryMethod())
              .addMethod(getListInstallmentOptionsMethod())
              .addMethod(getCreateCardMethod())
              .addMethod(getGetCardMethod())
              .addMethod(getListCardsMethod())
              .addMethod(getUpdateCardMethod())
              .addMethod(getDeleteCardMethod())
              .build();
        }
      }
    }
    return result;
  }
}
