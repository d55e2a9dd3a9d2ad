package dev.kessai.payment.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * PaymentService moves payments and shows them.
 * Every call that moves money needs an idempotency key, as the header
 * Idempotency-Key or as request_id (1 to 255 characters). The same key with
 * the same request gives the payment as it stands now; with another request it
 * is refused (IDEMPOTENCY_KEY_REUSED). A decline is an answer with
 * STATE_DECLINED, and a question without an answer is an answer with
 * pending_operation: an error says that nothing was done, or that the caller may not.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class PaymentServiceGrpc {

  private PaymentServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "kessai.payment.v1.PaymentService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<dev.kessai.payment.v1.CreatePaymentRequest,
      dev.kessai.payment.v1.CreatePaymentResponse> getCreatePaymentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreatePayment",
      requestType = dev.kessai.payment.v1.CreatePaymentRequest.class,
      responseType = dev.kessai.payment.v1.CreatePaymentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.payment.v1.CreatePaymentRequest,
      dev.kessai.payment.v1.CreatePaymentResponse> getCreatePaymentMethod() {
    io.grpc.MethodDescriptor<dev.kessai.payment.v1.CreatePaymentRequest, dev.kessai.payment.v1.CreatePaymentResponse> getCreatePaymentMethod;
    if ((getCreatePaymentMethod = PaymentServiceGrpc.getCreatePaymentMethod) == null) {
      synchronized (PaymentServiceGrpc.class) {
        if ((getCreatePaymentMethod = PaymentServiceGrpc.getCreatePaymentMethod) == null) {
          PaymentServiceGrpc.getCreatePaymentMethod = getCreatePaymentMethod =
              io.grpc.MethodDescriptor.<dev.kessai.payment.v1.CreatePaymentRequest, dev.kessai.payment.v1.CreatePaymentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreatePayment"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.CreatePaymentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.CreatePaymentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PaymentServiceMethodDescriptorSupplier("CreatePayment"))
              .build();
        }
      }
    }
    return getCreatePaymentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.payment.v1.ConfirmPaymentRequest,
      dev.kessai.payment.v1.ConfirmPaymentResponse> getConfirmPaymentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ConfirmPayment",
      requestType = dev.kessai.payment.v1.ConfirmPaymentRequest.class,
      responseType = dev.kessai.payment.v1.ConfirmPaymentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.payment.v1.ConfirmPaymentRequest,
      dev.kessai.payment.v1.ConfirmPaymentResponse> getConfirmPaymentMethod() {
    io.grpc.MethodDescriptor<dev.kessai.payment.v1.ConfirmPaymentRequest, dev.kessai.payment.v1.ConfirmPaymentResponse> getConfirmPaymentMethod;
    if ((getConfirmPaymentMethod = PaymentServiceGrpc.getConfirmPaymentMethod) == null) {
      synchronized (PaymentServiceGrpc.class) {
        if ((getConfirmPaymentMethod = PaymentServiceGrpc.getConfirmPaymentMethod) == null) {
          PaymentServiceGrpc.getConfirmPaymentMethod = getConfirmPaymentMethod =
              io.grpc.MethodDescriptor.<dev.kessai.payment.v1.ConfirmPaymentRequest, dev.kessai.payment.v1.ConfirmPaymentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ConfirmPayment"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.ConfirmPaymentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.ConfirmPaymentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PaymentServiceMethodDescriptorSupplier("ConfirmPayment"))
              .build();
        }
      }
    }
    return getConfirmPaymentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.payment.v1.GetPaymentRequest,
      dev.kessai.payment.v1.GetPaymentResponse> getGetPaymentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetPayment",
      requestType = dev.kessai.payment.v1.GetPaymentRequest.class,
      responseType = dev.kessai.payment.v1.GetPaymentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.payment.v1.GetPaymentRequest,
      dev.kessai.payment.v1.GetPaymentResponse> getGetPaymentMethod() {
    io.grpc.MethodDescriptor<dev.kessai.payment.v1.GetPaymentRequest, dev.kessai.payment.v1.GetPaymentResponse> getGetPaymentMethod;
    if ((getGetPaymentMethod = PaymentServiceGrpc.getGetPaymentMethod) == null) {
      synchronized (PaymentServiceGrpc.class) {
        if ((getGetPaymentMethod = PaymentServiceGrpc.getGetPaymentMethod) == null) {
          PaymentServiceGrpc.getGetPaymentMethod = getGetPaymentMethod =
              io.grpc.MethodDescriptor.<dev.kessai.payment.v1.GetPaymentRequest, dev.kessai.payment.v1.GetPaymentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetPayment"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.GetPaymentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.GetPaymentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PaymentServiceMethodDescriptorSupplier("GetPayment"))
              .build();
        }
      }
    }
    return getGetPaymentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.payment.v1.ListPaymentsRequest,
      dev.kessai.payment.v1.ListPaymentsResponse> getListPaymentsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListPayments",
      requestType = dev.kessai.payment.v1.ListPaymentsRequest.class,
      responseType = dev.kessai.payment.v1.ListPaymentsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.payment.v1.ListPaymentsRequest,
      dev.kessai.payment.v1.ListPaymentsResponse> getListPaymentsMethod() {
    io.grpc.MethodDescriptor<dev.kessai.payment.v1.ListPaymentsRequest, dev.kessai.payment.v1.ListPaymentsResponse> getListPaymentsMethod;
    if ((getListPaymentsMethod = PaymentServiceGrpc.getListPaymentsMethod) == null) {
      synchronized (PaymentServiceGrpc.class) {
        if ((getListPaymentsMethod = PaymentServiceGrpc.getListPaymentsMethod) == null) {
          PaymentServiceGrpc.getListPaymentsMethod = getListPaymentsMethod =
              io.grpc.MethodDescriptor.<dev.kessai.payment.v1.ListPaymentsRequest, dev.kessai.payment.v1.ListPaymentsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListPayments"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.ListPaymentsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.ListPaymentsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PaymentServiceMethodDescriptorSupplier("ListPayments"))
              .build();
        }
      }
    }
    return getListPaymentsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.payment.v1.ListPaymentEventsRequest,
      dev.kessai.payment.v1.ListPaymentEventsResponse> getListPaymentEventsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListPaymentEvents",
      requestType = dev.kessai.payment.v1.ListPaymentEventsRequest.class,
      responseType = dev.kessai.payment.v1.ListPaymentEventsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.payment.v1.ListPaymentEventsRequest,
      dev.kessai.payment.v1.ListPaymentEventsResponse> getListPaymentEventsMethod() {
    io.grpc.MethodDescriptor<dev.kessai.payment.v1.ListPaymentEventsRequest, dev.kessai.payment.v1.ListPaymentEventsResponse> getListPaymentEventsMethod;
    if ((getListPaymentEventsMethod = PaymentServiceGrpc.getListPaymentEventsMethod) == null) {
      synchronized (PaymentServiceGrpc.class) {
        if ((getListPaymentEventsMethod = PaymentServiceGrpc.getListPaymentEventsMethod) == null) {
          PaymentServiceGrpc.getListPaymentEventsMethod = getListPaymentEventsMethod =
              io.grpc.MethodDescriptor.<dev.kessai.payment.v1.ListPaymentEventsRequest, dev.kessai.payment.v1.ListPaymentEventsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListPaymentEvents"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.ListPaymentEventsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.ListPaymentEventsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PaymentServiceMethodDescriptorSupplier("ListPaymentEvents"))
              .build();
        }
      }
    }
    return getListPaymentEventsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.payment.v1.CapturePaymentRequest,
      dev.kessai.payment.v1.CapturePaymentResponse> getCapturePaymentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CapturePayment",
      requestType = dev.kessai.payment.v1.CapturePaymentRequest.class,
      responseType = dev.kessai.payment.v1.CapturePaymentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.payment.v1.CapturePaymentRequest,
      dev.kessai.payment.v1.CapturePaymentResponse> getCapturePaymentMethod() {
    io.grpc.MethodDescriptor<dev.kessai.payment.v1.CapturePaymentRequest, dev.kessai.payment.v1.CapturePaymentResponse> getCapturePaymentMethod;
    if ((getCapturePaymentMethod = PaymentServiceGrpc.getCapturePaymentMethod) == null) {
      synchronized (PaymentServiceGrpc.class) {
        if ((getCapturePaymentMethod = PaymentServiceGrpc.getCapturePaymentMethod) == null) {
          PaymentServiceGrpc.getCapturePaymentMethod = getCapturePaymentMethod =
              io.grpc.MethodDescriptor.<dev.kessai.payment.v1.CapturePaymentRequest, dev.kessai.payment.v1.CapturePaymentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CapturePayment"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.CapturePaymentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.CapturePaymentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PaymentServiceMethodDescriptorSupplier("CapturePayment"))
              .build();
        }
      }
    }
    return getCapturePaymentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.payment.v1.AdjustPaymentRequest,
      dev.kessai.payment.v1.AdjustPaymentResponse> getAdjustPaymentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "AdjustPayment",
      requestType = dev.kessai.payment.v1.AdjustPaymentRequest.class,
      responseType = dev.kessai.payment.v1.AdjustPaymentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.payment.v1.AdjustPaymentRequest,
      dev.kessai.payment.v1.AdjustPaymentResponse> getAdjustPaymentMethod() {
    io.grpc.MethodDescriptor<dev.kessai.payment.v1.AdjustPaymentRequest, dev.kessai.payment.v1.AdjustPaymentResponse> getAdjustPaymentMethod;
    if ((getAdjustPaymentMethod = PaymentServiceGrpc.getAdjustPaymentMethod) == null) {
      synchronized (PaymentServiceGrpc.class) {
        if ((getAdjustPaymentMethod = PaymentServiceGrpc.getAdjustPaymentMethod) == null) {
          PaymentServiceGrpc.getAdjustPaymentMethod = getAdjustPaymentMethod =
              io.grpc.MethodDescriptor.<dev.kessai.payment.v1.AdjustPaymentRequest, dev.kessai.payment.v1.AdjustPaymentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "AdjustPayment"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.AdjustPaymentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.AdjustPaymentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PaymentServiceMethodDescriptorSupplier("AdjustPayment"))
              .build();
        }
      }
    }
    return getAdjustPaymentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.payment.v1.CancelPaymentRequest,
      dev.kessai.payment.v1.CancelPaymentResponse> getCancelPaymentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CancelPayment",
      requestType = dev.kessai.payment.v1.CancelPaymentRequest.class,
      responseType = dev.kessai.payment.v1.CancelPaymentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.payment.v1.CancelPaymentRequest,
      dev.kessai.payment.v1.CancelPaymentResponse> getCancelPaymentMethod() {
    io.grpc.MethodDescriptor<dev.kessai.payment.v1.CancelPaymentRequest, dev.kessai.payment.v1.CancelPaymentResponse> getCancelPaymentMethod;
    if ((getCancelPaymentMethod = PaymentServiceGrpc.getCancelPaymentMethod) == null) {
      synchronized (PaymentServiceGrpc.class) {
        if ((getCancelPaymentMethod = PaymentServiceGrpc.getCancelPaymentMethod) == null) {
          PaymentServiceGrpc.getCancelPaymentMethod = getCancelPaymentMethod =
              io.grpc.MethodDescriptor.<dev.kessai.payment.v1.CancelPaymentRequest, dev.kessai.payment.v1.CancelPaymentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CancelPayment"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.CancelPaymentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.CancelPaymentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PaymentServiceMethodDescriptorSupplier("CancelPayment"))
              .build();
        }
      }
    }
    return getCancelPaymentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.payment.v1.ReauthorizePaymentRequest,
      dev.kessai.payment.v1.ReauthorizePaymentResponse> getReauthorizePaymentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ReauthorizePayment",
      requestType = dev.kessai.payment.v1.ReauthorizePaymentRequest.class,
      responseType = dev.kessai.payment.v1.ReauthorizePaymentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.payment.v1.ReauthorizePaymentRequest,
      dev.kessai.payment.v1.ReauthorizePaymentResponse> getReauthorizePaymentMethod() {
    io.grpc.MethodDescriptor<dev.kessai.payment.v1.ReauthorizePaymentRequest, dev.kessai.payment.v1.ReauthorizePaymentResponse> getReauthorizePaymentMethod;
    if ((getReauthorizePaymentMethod = PaymentServiceGrpc.getReauthorizePaymentMethod) == null) {
      synchronized (PaymentServiceGrpc.class) {
        if ((getReauthorizePaymentMethod = PaymentServiceGrpc.getReauthorizePaymentMethod) == null) {
          PaymentServiceGrpc.getReauthorizePaymentMethod = getReauthorizePaymentMethod =
              io.grpc.MethodDescriptor.<dev.kessai.payment.v1.ReauthorizePaymentRequest, dev.kessai.payment.v1.ReauthorizePaymentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ReauthorizePayment"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.ReauthorizePaymentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.ReauthorizePaymentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PaymentServiceMethodDescriptorSupplier("ReauthorizePayment"))
              .build();
        }
      }
    }
    return getReauthorizePaymentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.payment.v1.RefreshPaymentRequest,
      dev.kessai.payment.v1.RefreshPaymentResponse> getRefreshPaymentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RefreshPayment",
      requestType = dev.kessai.payment.v1.RefreshPaymentRequest.class,
      responseType = dev.kessai.payment.v1.RefreshPaymentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.payment.v1.RefreshPaymentRequest,
      dev.kessai.payment.v1.RefreshPaymentResponse> getRefreshPaymentMethod() {
    io.grpc.MethodDescriptor<dev.kessai.payment.v1.RefreshPaymentRequest, dev.kessai.payment.v1.RefreshPaymentResponse> getRefreshPaymentMethod;
    if ((getRefreshPaymentMethod = PaymentServiceGrpc.getRefreshPaymentMethod) == null) {
      synchronized (PaymentServiceGrpc.class) {
        if ((getRefreshPaymentMethod = PaymentServiceGrpc.getRefreshPaymentMethod) == null) {
          PaymentServiceGrpc.getRefreshPaymentMethod = getRefreshPaymentMethod =
              io.grpc.MethodDescriptor.<dev.kessai.payment.v1.RefreshPaymentRequest, dev.kessai.payment.v1.RefreshPaymentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RefreshPayment"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.RefreshPaymentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.RefreshPaymentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PaymentServiceMethodDescriptorSupplier("RefreshPayment"))
              .build();
        }
      }
    }
    return getRefreshPaymentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.payment.v1.ShipPaymentRequest,
      dev.kessai.payment.v1.ShipPaymentResponse> getShipPaymentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ShipPayment",
      requestType = dev.kessai.payment.v1.ShipPaymentRequest.class,
      responseType = dev.kessai.payment.v1.ShipPaymentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.payment.v1.ShipPaymentRequest,
      dev.kessai.payment.v1.ShipPaymentResponse> getShipPaymentMethod() {
    io.grpc.MethodDescriptor<dev.kessai.payment.v1.ShipPaymentRequest, dev.kessai.payment.v1.ShipPaymentResponse> getShipPaymentMethod;
    if ((getShipPaymentMethod = PaymentServiceGrpc.getShipPaymentMethod) == null) {
      synchronized (PaymentServiceGrpc.class) {
        if ((getShipPaymentMethod = PaymentServiceGrpc.getShipPaymentMethod) == null) {
          PaymentServiceGrpc.getShipPaymentMethod = getShipPaymentMethod =
              io.grpc.MethodDescriptor.<dev.kessai.payment.v1.ShipPaymentRequest, dev.kessai.payment.v1.ShipPaymentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ShipPayment"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.ShipPaymentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.ShipPaymentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PaymentServiceMethodDescriptorSupplier("ShipPayment"))
              .build();
        }
      }
    }
    return getShipPaymentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.payment.v1.CorrectShipmentRequest,
      dev.kessai.payment.v1.CorrectShipmentResponse> getCorrectShipmentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CorrectShipment",
      requestType = dev.kessai.payment.v1.CorrectShipmentRequest.class,
      responseType = dev.kessai.payment.v1.CorrectShipmentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.payment.v1.CorrectShipmentRequest,
      dev.kessai.payment.v1.CorrectShipmentResponse> getCorrectShipmentMethod() {
    io.grpc.MethodDescriptor<dev.kessai.payment.v1.CorrectShipmentRequest, dev.kessai.payment.v1.CorrectShipmentResponse> getCorrectShipmentMethod;
    if ((getCorrectShipmentMethod = PaymentServiceGrpc.getCorrectShipmentMethod) == null) {
      synchronized (PaymentServiceGrpc.class) {
        if ((getCorrectShipmentMethod = PaymentServiceGrpc.getCorrectShipmentMethod) == null) {
          PaymentServiceGrpc.getCorrectShipmentMethod = getCorrectShipmentMethod =
              io.grpc.MethodDescriptor.<dev.kessai.payment.v1.CorrectShipmentRequest, dev.kessai.payment.v1.CorrectShipmentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CorrectShipment"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.CorrectShipmentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.CorrectShipmentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PaymentServiceMethodDescriptorSupplier("CorrectShipment"))
              .build();
        }
      }
    }
    return getCorrectShipmentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.payment.v1.BatchShipPaymentsRequest,
      dev.kessai.payment.v1.BatchShipPaymentsResponse> getBatchShipPaymentsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "BatchShipPayments",
      requestType = dev.kessai.payment.v1.BatchShipPaymentsRequest.class,
      responseType = dev.kessai.payment.v1.BatchShipPaymentsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.payment.v1.BatchShipPaymentsRequest,
      dev.kessai.payment.v1.BatchShipPaymentsResponse> getBatchShipPaymentsMethod() {
    io.grpc.MethodDescriptor<dev.kessai.payment.v1.BatchShipPaymentsRequest, dev.kessai.payment.v1.BatchShipPaymentsResponse> getBatchShipPaymentsMethod;
    if ((getBatchShipPaymentsMethod = PaymentServiceGrpc.getBatchShipPaymentsMethod) == null) {
      synchronized (PaymentServiceGrpc.class) {
        if ((getBatchShipPaymentsMethod = PaymentServiceGrpc.getBatchShipPaymentsMethod) == null) {
          PaymentServiceGrpc.getBatchShipPaymentsMethod = getBatchShipPaymentsMethod =
              io.grpc.MethodDescriptor.<dev.kessai.payment.v1.BatchShipPaymentsRequest, dev.kessai.payment.v1.BatchShipPaymentsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "BatchShipPayments"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.BatchShipPaymentsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.BatchShipPaymentsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PaymentServiceMethodDescriptorSupplier("BatchShipPayments"))
              .build();
        }
      }
    }
    return getBatchShipPaymentsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.payment.v1.BatchCancelPaymentsRequest,
      dev.kessai.payment.v1.BatchCancelPaymentsResponse> getBatchCancelPaymentsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "BatchCancelPayments",
      requestType = dev.kessai.payment.v1.BatchCancelPaymentsRequest.class,
      responseType = dev.kessai.payment.v1.BatchCancelPaymentsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.payment.v1.BatchCancelPaymentsRequest,
      dev.kessai.payment.v1.BatchCancelPaymentsResponse> getBatchCancelPaymentsMethod() {
    io.grpc.MethodDescriptor<dev.kessai.payment.v1.BatchCancelPaymentsRequest, dev.kessai.payment.v1.BatchCancelPaymentsResponse> getBatchCancelPaymentsMethod;
    if ((getBatchCancelPaymentsMethod = PaymentServiceGrpc.getBatchCancelPaymentsMethod) == null) {
      synchronized (PaymentServiceGrpc.class) {
        if ((getBatchCancelPaymentsMethod = PaymentServiceGrpc.getBatchCancelPaymentsMethod) == null) {
          PaymentServiceGrpc.getBatchCancelPaymentsMethod = getBatchCancelPaymentsMethod =
              io.grpc.MethodDescriptor.<dev.kessai.payment.v1.BatchCancelPaymentsRequest, dev.kessai.payment.v1.BatchCancelPaymentsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "BatchCancelPayments"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.BatchCancelPaymentsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.BatchCancelPaymentsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PaymentServiceMethodDescriptorSupplier("BatchCancelPayments"))
              .build();
        }
      }
    }
    return getBatchCancelPaymentsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.payment.v1.BatchReauthorizePaymentsRequest,
      dev.kessai.payment.v1.BatchReauthorizePaymentsResponse> getBatchReauthorizePaymentsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "BatchReauthorizePayments",
      requestType = dev.kessai.payment.v1.BatchReauthorizePaymentsRequest.class,
      responseType = dev.kessai.payment.v1.BatchReauthorizePaymentsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.payment.v1.BatchReauthorizePaymentsRequest,
      dev.kessai.payment.v1.BatchReauthorizePaymentsResponse> getBatchReauthorizePaymentsMethod() {
    io.grpc.MethodDescriptor<dev.kessai.payment.v1.BatchReauthorizePaymentsRequest, dev.kessai.payment.v1.BatchReauthorizePaymentsResponse> getBatchReauthorizePaymentsMethod;
    if ((getBatchReauthorizePaymentsMethod = PaymentServiceGrpc.getBatchReauthorizePaymentsMethod) == null) {
      synchronized (PaymentServiceGrpc.class) {
        if ((getBatchReauthorizePaymentsMethod = PaymentServiceGrpc.getBatchReauthorizePaymentsMethod) == null) {
          PaymentServiceGrpc.getBatchReauthorizePaymentsMethod = getBatchReauthorizePaymentsMethod =
              io.grpc.MethodDescriptor.<dev.kessai.payment.v1.BatchReauthorizePaymentsRequest, dev.kessai.payment.v1.BatchReauthorizePaymentsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "BatchReauthorizePayments"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.BatchReauthorizePaymentsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.BatchReauthorizePaymentsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PaymentServiceMethodDescriptorSupplier("BatchReauthorizePayments"))
              .build();
        }
      }
    }
    return getBatchReauthorizePaymentsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.payment.v1.RunBatchRequest,
      dev.kessai.payment.v1.RunBatchResponse> getRunBatchMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RunBatch",
      requestType = dev.kessai.payment.v1.RunBatchRequest.class,
      responseType = dev.kessai.payment.v1.RunBatchResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<dev.kessai.payment.v1.RunBatchRequest,
      dev.kessai.payment.v1.RunBatchResponse> getRunBatchMethod() {
    io.grpc.MethodDescriptor<dev.kessai.payment.v1.RunBatchRequest, dev.kessai.payment.v1.RunBatchResponse> getRunBatchMethod;
    if ((getRunBatchMethod = PaymentServiceGrpc.getRunBatchMethod) == null) {
      synchronized (PaymentServiceGrpc.class) {
        if ((getRunBatchMethod = PaymentServiceGrpc.getRunBatchMethod) == null) {
          PaymentServiceGrpc.getRunBatchMethod = getRunBatchMethod =
              io.grpc.MethodDescriptor.<dev.kessai.payment.v1.RunBatchRequest, dev.kessai.payment.v1.RunBatchResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RunBatch"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.RunBatchRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.RunBatchResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PaymentServiceMethodDescriptorSupplier("RunBatch"))
              .build();
        }
      }
    }
    return getRunBatchMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.payment.v1.ExportShipmentsRequest,
      dev.kessai.payment.v1.ExportShipmentsResponse> getExportShipmentsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ExportShipments",
      requestType = dev.kessai.payment.v1.ExportShipmentsRequest.class,
      responseType = dev.kessai.payment.v1.ExportShipmentsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.payment.v1.ExportShipmentsRequest,
      dev.kessai.payment.v1.ExportShipmentsResponse> getExportShipmentsMethod() {
    io.grpc.MethodDescriptor<dev.kessai.payment.v1.ExportShipmentsRequest, dev.kessai.payment.v1.ExportShipmentsResponse> getExportShipmentsMethod;
    if ((getExportShipmentsMethod = PaymentServiceGrpc.getExportShipmentsMethod) == null) {
      synchronized (PaymentServiceGrpc.class) {
        if ((getExportShipmentsMethod = PaymentServiceGrpc.getExportShipmentsMethod) == null) {
          PaymentServiceGrpc.getExportShipmentsMethod = getExportShipmentsMethod =
              io.grpc.MethodDescriptor.<dev.kessai.payment.v1.ExportShipmentsRequest, dev.kessai.payment.v1.ExportShipmentsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ExportShipments"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.ExportShipmentsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.ExportShipmentsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PaymentServiceMethodDescriptorSupplier("ExportShipments"))
              .build();
        }
      }
    }
    return getExportShipmentsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.payment.v1.ImportShipmentsRequest,
      dev.kessai.payment.v1.ImportShipmentsResponse> getImportShipmentsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ImportShipments",
      requestType = dev.kessai.payment.v1.ImportShipmentsRequest.class,
      responseType = dev.kessai.payment.v1.ImportShipmentsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.payment.v1.ImportShipmentsRequest,
      dev.kessai.payment.v1.ImportShipmentsResponse> getImportShipmentsMethod() {
    io.grpc.MethodDescriptor<dev.kessai.payment.v1.ImportShipmentsRequest, dev.kessai.payment.v1.ImportShipmentsResponse> getImportShipmentsMethod;
    if ((getImportShipmentsMethod = PaymentServiceGrpc.getImportShipmentsMethod) == null) {
      synchronized (PaymentServiceGrpc.class) {
        if ((getImportShipmentsMethod = PaymentServiceGrpc.getImportShipmentsMethod) == null) {
          PaymentServiceGrpc.getImportShipmentsMethod = getImportShipmentsMethod =
              io.grpc.MethodDescriptor.<dev.kessai.payment.v1.ImportShipmentsRequest, dev.kessai.payment.v1.ImportShipmentsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ImportShipments"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.ImportShipmentsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.ImportShipmentsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PaymentServiceMethodDescriptorSupplier("ImportShipments"))
              .build();
        }
      }
    }
    return getImportShipmentsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.payment.v1.ExportPaymentsRequest,
      dev.kessai.payment.v1.ExportPaymentsResponse> getExportPaymentsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ExportPayments",
      requestType = dev.kessai.payment.v1.ExportPaymentsRequest.class,
      responseType = dev.kessai.payment.v1.ExportPaymentsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<dev.kessai.payment.v1.ExportPaymentsRequest,
      dev.kessai.payment.v1.ExportPaymentsResponse> getExportPaymentsMethod() {
    io.grpc.MethodDescriptor<dev.kessai.payment.v1.ExportPaymentsRequest, dev.kessai.payment.v1.ExportPaymentsResponse> getExportPaymentsMethod;
    if ((getExportPaymentsMethod = PaymentServiceGrpc.getExportPaymentsMethod) == null) {
      synchronized (PaymentServiceGrpc.class) {
        if ((getExportPaymentsMethod = PaymentServiceGrpc.getExportPaymentsMethod) == null) {
          PaymentServiceGrpc.getExportPaymentsMethod = getExportPaymentsMethod =
              io.grpc.MethodDescriptor.<dev.kessai.payment.v1.ExportPaymentsRequest, dev.kessai.payment.v1.ExportPaymentsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ExportPayments"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.ExportPaymentsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.ExportPaymentsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PaymentServiceMethodDescriptorSupplier("ExportPayments"))
              .build();
        }
      }
    }
    return getExportPaymentsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.payment.v1.UpdateOrderRequest,
      dev.kessai.payment.v1.UpdateOrderResponse> getUpdateOrderMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateOrder",
      requestType = dev.kessai.payment.v1.UpdateOrderRequest.class,
      responseType = dev.kessai.payment.v1.UpdateOrderResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.payment.v1.UpdateOrderRequest,
      dev.kessai.payment.v1.UpdateOrderResponse> getUpdateOrderMethod() {
    io.grpc.MethodDescriptor<dev.kessai.payment.v1.UpdateOrderRequest, dev.kessai.payment.v1.UpdateOrderResponse> getUpdateOrderMethod;
    if ((getUpdateOrderMethod = PaymentServiceGrpc.getUpdateOrderMethod) == null) {
      synchronized (PaymentServiceGrpc.class) {
        if ((getUpdateOrderMethod = PaymentServiceGrpc.getUpdateOrderMethod) == null) {
          PaymentServiceGrpc.getUpdateOrderMethod = getUpdateOrderMethod =
              io.grpc.MethodDescriptor.<dev.kessai.payment.v1.UpdateOrderRequest, dev.kessai.payment.v1.UpdateOrderResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateOrder"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.UpdateOrderRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.UpdateOrderResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PaymentServiceMethodDescriptorSupplier("UpdateOrder"))
              .build();
        }
      }
    }
    return getUpdateOrderMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.payment.v1.RegisterOrderRequest,
      dev.kessai.payment.v1.RegisterOrderResponse> getRegisterOrderMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RegisterOrder",
      requestType = dev.kessai.payment.v1.RegisterOrderRequest.class,
      responseType = dev.kessai.payment.v1.RegisterOrderResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.payment.v1.RegisterOrderRequest,
      dev.kessai.payment.v1.RegisterOrderResponse> getRegisterOrderMethod() {
    io.grpc.MethodDescriptor<dev.kessai.payment.v1.RegisterOrderRequest, dev.kessai.payment.v1.RegisterOrderResponse> getRegisterOrderMethod;
    if ((getRegisterOrderMethod = PaymentServiceGrpc.getRegisterOrderMethod) == null) {
      synchronized (PaymentServiceGrpc.class) {
        if ((getRegisterOrderMethod = PaymentServiceGrpc.getRegisterOrderMethod) == null) {
          PaymentServiceGrpc.getRegisterOrderMethod = getRegisterOrderMethod =
              io.grpc.MethodDescriptor.<dev.kessai.payment.v1.RegisterOrderRequest, dev.kessai.payment.v1.RegisterOrderResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RegisterOrder"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.RegisterOrderRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.RegisterOrderResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PaymentServiceMethodDescriptorSupplier("RegisterOrder"))
              .build();
        }
      }
    }
    return getRegisterOrderMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.payment.v1.PreviewAdjustmentRequest,
      dev.kessai.payment.v1.PreviewAdjustmentResponse> getPreviewAdjustmentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "PreviewAdjustment",
      requestType = dev.kessai.payment.v1.PreviewAdjustmentRequest.class,
      responseType = dev.kessai.payment.v1.PreviewAdjustmentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.payment.v1.PreviewAdjustmentRequest,
      dev.kessai.payment.v1.PreviewAdjustmentResponse> getPreviewAdjustmentMethod() {
    io.grpc.MethodDescriptor<dev.kessai.payment.v1.PreviewAdjustmentRequest, dev.kessai.payment.v1.PreviewAdjustmentResponse> getPreviewAdjustmentMethod;
    if ((getPreviewAdjustmentMethod = PaymentServiceGrpc.getPreviewAdjustmentMethod) == null) {
      synchronized (PaymentServiceGrpc.class) {
        if ((getPreviewAdjustmentMethod = PaymentServiceGrpc.getPreviewAdjustmentMethod) == null) {
          PaymentServiceGrpc.getPreviewAdjustmentMethod = getPreviewAdjustmentMethod =
              io.grpc.MethodDescriptor.<dev.kessai.payment.v1.PreviewAdjustmentRequest, dev.kessai.payment.v1.PreviewAdjustmentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "PreviewAdjustment"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.PreviewAdjustmentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.PreviewAdjustmentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PaymentServiceMethodDescriptorSupplier("PreviewAdjustment"))
              .build();
        }
      }
    }
    return getPreviewAdjustmentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.payment.v1.ReschedulePaymentRequest,
      dev.kessai.payment.v1.ReschedulePaymentResponse> getReschedulePaymentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ReschedulePayment",
      requestType = dev.kessai.payment.v1.ReschedulePaymentRequest.class,
      responseType = dev.kessai.payment.v1.ReschedulePaymentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.payment.v1.ReschedulePaymentRequest,
      dev.kessai.payment.v1.ReschedulePaymentResponse> getReschedulePaymentMethod() {
    io.grpc.MethodDescriptor<dev.kessai.payment.v1.ReschedulePaymentRequest, dev.kessai.payment.v1.ReschedulePaymentResponse> getReschedulePaymentMethod;
    if ((getReschedulePaymentMethod = PaymentServiceGrpc.getReschedulePaymentMethod) == null) {
      synchronized (PaymentServiceGrpc.class) {
        if ((getReschedulePaymentMethod = PaymentServiceGrpc.getReschedulePaymentMethod) == null) {
          PaymentServiceGrpc.getReschedulePaymentMethod = getReschedulePaymentMethod =
              io.grpc.MethodDescriptor.<dev.kessai.payment.v1.ReschedulePaymentRequest, dev.kessai.payment.v1.ReschedulePaymentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ReschedulePayment"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.ReschedulePaymentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.ReschedulePaymentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PaymentServiceMethodDescriptorSupplier("ReschedulePayment"))
              .build();
        }
      }
    }
    return getReschedulePaymentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.payment.v1.ClaimConversionRequest,
      dev.kessai.payment.v1.ClaimConversionResponse> getClaimConversionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ClaimConversion",
      requestType = dev.kessai.payment.v1.ClaimConversionRequest.class,
      responseType = dev.kessai.payment.v1.ClaimConversionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.payment.v1.ClaimConversionRequest,
      dev.kessai.payment.v1.ClaimConversionResponse> getClaimConversionMethod() {
    io.grpc.MethodDescriptor<dev.kessai.payment.v1.ClaimConversionRequest, dev.kessai.payment.v1.ClaimConversionResponse> getClaimConversionMethod;
    if ((getClaimConversionMethod = PaymentServiceGrpc.getClaimConversionMethod) == null) {
      synchronized (PaymentServiceGrpc.class) {
        if ((getClaimConversionMethod = PaymentServiceGrpc.getClaimConversionMethod) == null) {
          PaymentServiceGrpc.getClaimConversionMethod = getClaimConversionMethod =
              io.grpc.MethodDescriptor.<dev.kessai.payment.v1.ClaimConversionRequest, dev.kessai.payment.v1.ClaimConversionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ClaimConversion"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.ClaimConversionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.ClaimConversionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PaymentServiceMethodDescriptorSupplier("ClaimConversion"))
              .build();
        }
      }
    }
    return getClaimConversionMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.payment.v1.WatchPaymentRequest,
      dev.kessai.payment.v1.WatchPaymentResponse> getWatchPaymentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "WatchPayment",
      requestType = dev.kessai.payment.v1.WatchPaymentRequest.class,
      responseType = dev.kessai.payment.v1.WatchPaymentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<dev.kessai.payment.v1.WatchPaymentRequest,
      dev.kessai.payment.v1.WatchPaymentResponse> getWatchPaymentMethod() {
    io.grpc.MethodDescriptor<dev.kessai.payment.v1.WatchPaymentRequest, dev.kessai.payment.v1.WatchPaymentResponse> getWatchPaymentMethod;
    if ((getWatchPaymentMethod = PaymentServiceGrpc.getWatchPaymentMethod) == null) {
      synchronized (PaymentServiceGrpc.class) {
        if ((getWatchPaymentMethod = PaymentServiceGrpc.getWatchPaymentMethod) == null) {
          PaymentServiceGrpc.getWatchPaymentMethod = getWatchPaymentMethod =
              io.grpc.MethodDescriptor.<dev.kessai.payment.v1.WatchPaymentRequest, dev.kessai.payment.v1.WatchPaymentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "WatchPayment"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.WatchPaymentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.payment.v1.WatchPaymentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PaymentServiceMethodDescriptorSupplier("WatchPayment"))
              .build();
        }
      }
    }
    return getWatchPaymentMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static PaymentServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<PaymentServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<PaymentServiceStub>() {
        @java.lang.Override
        public PaymentServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new PaymentServiceStub(channel, callOptions);
        }
      };
    return PaymentServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static PaymentServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<PaymentServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<PaymentServiceBlockingV2Stub>() {
        @java.lang.Override
        public PaymentServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new PaymentServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return PaymentServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static PaymentServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<PaymentServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<PaymentServiceBlockingStub>() {
        @java.lang.Override
        public PaymentServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new PaymentServiceBlockingStub(channel, callOptions);
        }
      };
    return PaymentServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static PaymentServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<PaymentServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<PaymentServiceFutureStub>() {
        @java.lang.Override
        public PaymentServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new PaymentServiceFutureStub(channel, callOptions);
        }
      };
    return PaymentServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * PaymentService moves payments and shows them.
   * Every call that moves money needs an idempotency key, as the header
   * Idempotency-Key or as request_id (1 to 255 characters). The same key with
   * the same request gives the payment as it stands now; with another request it
   * is refused (IDEMPOTENCY_KEY_REUSED). A decline is an answer with
   * STATE_DECLINED, and a question without an answer is an answer with
   * pending_operation: an error says that nothing was done, or that the caller may not.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * CreatePayment creates a payment, and authorizes it at once when a card
     * token is given. Without one it is PENDING, and the answer's client_secret
     * lets a browser confirm it. Scope: storefront.
     * </pre>
     */
    default void createPayment(dev.kessai.payment.v1.CreatePaymentRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.CreatePaymentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreatePaymentMethod(), responseObserver);
    }

    /**
     * <pre>
     * ConfirmPayment gives a card to a PENDING payment, or another card after
     * STATE_DECLINED: a new attempt. Scope: storefront, or the payment's client
     * secret.
     * </pre>
     */
    default void confirmPayment(dev.kessai.payment.v1.ConfirmPaymentRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.ConfirmPaymentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getConfirmPaymentMethod(), responseObserver);
    }

    /**
     * <pre>
     * GetPayment reads one payment. An open question is asked of the provider
     * first, if that is quick. Scope: storefront, or the payment's client secret
     * (which sees less).
     * </pre>
     */
    default void getPayment(dev.kessai.payment.v1.GetPaymentRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.GetPaymentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetPaymentMethod(), responseObserver);
    }

    /**
     * <pre>
     * ListPayments lists payments, newest first. Scope: storefront.
     * </pre>
     */
    default void listPayments(dev.kessai.payment.v1.ListPaymentsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.ListPaymentsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListPaymentsMethod(), responseObserver);
    }

    /**
     * <pre>
     * ListPaymentEvents gives the history of a payment, oldest first (R35).
     * Scope: storefront.
     * </pre>
     */
    default void listPaymentEvents(dev.kessai.payment.v1.ListPaymentEventsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.ListPaymentEventsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListPaymentEventsMethod(), responseObserver);
    }

    /**
     * <pre>
     * CapturePayment charges what is held (売上確定). An order with Yamato
     * delivery is captured by its slip instead: CAPTURE_CONDITIONS. Scope:
     * storefront.
     * </pre>
     */
    default void capturePayment(dev.kessai.payment.v1.CapturePaymentRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.CapturePaymentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCapturePaymentMethod(), responseObserver);
    }

    /**
     * <pre>
     * AdjustPayment changes the amount to another one (利用額変更). The provider
     * does not serve it from 23:00 to 01:00 Japan time. Scope: storefront.
     * </pre>
     */
    default void adjustPayment(dev.kessai.payment.v1.AdjustPaymentRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.AdjustPaymentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getAdjustPaymentMethod(), responseObserver);
    }

    /**
     * <pre>
     * CancelPayment releases a hold or gives a charge back (取消). While a
     * deferred operation waits it removes that one and nothing else. It never
     * cancels the shop's order (R36). Scope: storefront.
     * </pre>
     */
    default void cancelPayment(dev.kessai.payment.v1.CancelPaymentRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.CancelPaymentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCancelPaymentMethod(), responseObserver);
    }

    /**
     * <pre>
     * ReauthorizePayment holds the amount anew (再与信), also after
     * STATE_CANCELED. The provider does not serve it from 23:00 to 01:00 Japan
     * time. Scope: storefront.
     * </pre>
     */
    default void reauthorizePayment(dev.kessai.payment.v1.ReauthorizePaymentRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.ReauthorizePaymentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getReauthorizePaymentMethod(), responseObserver);
    }

    /**
     * <pre>
     * RefreshPayment asks the provider what it knows (取引情報照会). It settles an
     * open question and CAPTURED to SETTLED; anything else becomes attention.
     * Scope: storefront.
     * </pre>
     */
    default void refreshPayment(dev.kessai.payment.v1.RefreshPaymentRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.RefreshPaymentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRefreshPaymentMethod(), responseObserver);
    }

    /**
     * <pre>
     * ShipPayment says that the order was sent, with carrier and slip. An order
     * with Yamato delivery is captured by its first Yamato slip (R27); another
     * one that is only authorized is captured now (R33). A condition that is
     * missing is no error: the order is SHIPPED, missing_capture_conditions names
     * it, and a later call brings it. Scope: shipping.
     * </pre>
     */
    default void shipPayment(dev.kessai.payment.v1.ShipPaymentRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.ShipPaymentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getShipPaymentMethod(), responseObserver);
    }

    /**
     * <pre>
     * CorrectShipment puts another slip in the place of a registered one (R28):
     * the new one goes on first, then the old one off, so that the charge never
     * falls back to a hold. Scope: shipping.
     * </pre>
     */
    default void correctShipment(dev.kessai.payment.v1.CorrectShipmentRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.CorrectShipmentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCorrectShipmentMethod(), responseObserver);
    }

    /**
     * <pre>
     * BatchShipPayments is ShipPayment for many orders, each with its own result
     * (R31, R33, R34). One idempotency key stands for the whole batch: sent again,
     * what is done is not done twice, and the rest goes on. Scope: shipping.
     * </pre>
     */
    default void batchShipPayments(dev.kessai.payment.v1.BatchShipPaymentsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.BatchShipPaymentsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getBatchShipPaymentsMethod(), responseObserver);
    }

    /**
     * <pre>
     * BatchCancelPayments is CancelPayment for many payments, each with its own
     * result (R34). Scope: storefront.
     * </pre>
     */
    default void batchCancelPayments(dev.kessai.payment.v1.BatchCancelPaymentsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.BatchCancelPaymentsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getBatchCancelPaymentsMethod(), responseObserver);
    }

    /**
     * <pre>
     * BatchReauthorizePayments is ReauthorizePayment for many payments, each with
     * its own result (R34). Scope: storefront.
     * </pre>
     */
    default void batchReauthorizePayments(dev.kessai.payment.v1.BatchReauthorizePaymentsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.BatchReauthorizePaymentsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getBatchReauthorizePaymentsMethod(), responseObserver);
    }

    /**
     * <pre>
     * RunBatch does what one of the batch calls or ImportShipments does, and tells
     * of each result as it comes, in any order. A caller who leaves stops what has
     * not begun; sent again with the same key or file, the rest goes on. Scope:
     * that of the call it stands for.
     * </pre>
     */
    default void runBatch(dev.kessai.payment.v1.RunBatchRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.RunBatchResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRunBatchMethod(), responseObserver);
    }

    /**
     * <pre>
     * ExportShipments gives the authorized orders with Yamato delivery that have
     * no slip yet as a CSV that 送り状発行システム B2 reads: CP932 with CRLF (R29).
     * Over REST the answer is the file itself. Scope: shipping.
     * </pre>
     */
    default void exportShipments(dev.kessai.payment.v1.ExportShipmentsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.ExportShipmentsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getExportShipmentsMethod(), responseObserver);
    }

    /**
     * <pre>
     * ImportShipments takes the CSV that B2 gives back: each row that matches an
     * order ships it with Yamato and the row's slip, which captures it; every row
     * has its own verdict (R30). The same file again changes nothing, and a file
     * that was broken off is taken up where it ended. Over REST the body is the
     * file itself. Scope: shipping.
     * </pre>
     */
    default void importShipments(dev.kessai.payment.v1.ImportShipmentsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.ImportShipmentsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getImportShipmentsMethod(), responseObserver);
    }

    /**
     * <pre>
     * ExportPayments gives a list as CSV, UTF-8 with its mark and CRLF, newest
     * first: one row for each order, or for each line of the orders (R43). Over
     * REST the answer is the file itself. Scope: storefront.
     * </pre>
     */
    default void exportPayments(dev.kessai.payment.v1.ExportPaymentsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.ExportPaymentsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getExportPaymentsMethod(), responseObserver);
    }

    /**
     * <pre>
     * UpdateOrder says what became of the shop's order. It never touches money
     * (R36, R37). Scope: storefront.
     * </pre>
     */
    default void updateOrder(dev.kessai.payment.v1.UpdateOrderRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.UpdateOrderResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateOrderMethod(), responseObserver);
    }

    /**
     * <pre>
     * RegisterOrder says that the shop has the order, dated by the log or by now
     * (R40): once, whoever asks. AUTHORIZED, CAPTURED or SETTLED only; a shop may
     * have switched it off. Registered again it answers as it stands. A storefront
     * that has the order in time says so with UpdateOrder, state "OPEN". Scope:
     * operator.
     * </pre>
     */
    default void registerOrder(dev.kessai.payment.v1.RegisterOrderRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.RegisterOrderResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRegisterOrderMethod(), responseObserver);
    }

    /**
     * <pre>
     * PreviewAdjustment tells what the shopper will see of a change of amount before
     * it is made: the lines of the card's statement, in which month each may be
     * drawn, and what happens to the protection of 3-D Secure. Nothing is changed or
     * asked. Scope: storefront.
     * </pre>
     */
    default void previewAdjustment(dev.kessai.payment.v1.PreviewAdjustmentRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.PreviewAdjustmentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getPreviewAdjustmentMethod(), responseObserver);
    }

    /**
     * <pre>
     * ReschedulePayment changes the planned ship date of a reservation 予約販売:
     * from today to 90 days after the authorization, Japan time. Scope: shipping.
     * </pre>
     */
    default void reschedulePayment(dev.kessai.payment.v1.ReschedulePaymentRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.ReschedulePaymentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getReschedulePaymentMethod(), responseObserver);
    }

    /**
     * <pre>
     * ClaimConversion gives the conversion of a completed purchase once; every
     * later call gives already_claimed, so that a thank-you page that is loaded
     * twice counts once (R08). Only for STATE_AUTHORIZED, STATE_CAPTURED and
     * STATE_SETTLED. Scope: storefront, or the payment's client secret.
     * </pre>
     */
    default void claimConversion(dev.kessai.payment.v1.ClaimConversionRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.ClaimConversionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getClaimConversionMethod(), responseObserver);
    }

    /**
     * <pre>
     * WatchPayment sends the payment now and after every change, until it has
     * ended (settled, canceled or expired, with no question open) or the caller
     * leaves. Scope: storefront, or the payment's client secret (which sees
     * less).
     * </pre>
     */
    default void watchPayment(dev.kessai.payment.v1.WatchPaymentRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.WatchPaymentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getWatchPaymentMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service PaymentService.
   * <pre>
   * PaymentService moves payments and shows them.
   * Every call that moves money needs an idempotency key, as the header
   * Idempotency-Key or as request_id (1 to 255 characters). The same key with
   * the same request gives the payment as it stands now; with another request it
   * is refused (IDEMPOTENCY_KEY_REUSED). A decline is an answer with
   * STATE_DECLINED, and a question without an answer is an answer with
   * pending_operation: an error says that nothing was done, or that the caller may not.
   * </pre>
   */
  public static abstract class PaymentServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return PaymentServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service PaymentService.
   * <pre>
   * PaymentService moves payments and shows them.
   * Every call that moves money needs an idempotency key, as the header
   * Idempotency-Key or as request_id (1 to 255 characters). The same key with
   * the same request gives the payment as it stands now; with another request it
   * is refused (IDEMPOTENCY_KEY_REUSED). A decline is an answer with
   * STATE_DECLINED, and a question without an answer is an answer with
   * pending_operation: an error says that nothing was done, or that the caller may not.
   * </pre>
   */
  public static final class PaymentServiceStub
      extends io.grpc.stub.AbstractAsyncStub<PaymentServiceStub> {
    private PaymentServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected PaymentServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new PaymentServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * CreatePayment creates a payment, and authorizes it at once when a card
     * token is given. Without one it is PENDING, and the answer's client_secret
     * lets a browser confirm it. Scope: storefront.
     * </pre>
     */
    public void createPayment(dev.kessai.payment.v1.CreatePaymentRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.CreatePaymentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreatePaymentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ConfirmPayment gives a card to a PENDING payment, or another card after
     * STATE_DECLINED: a new attempt. Scope: storefront, or the payment's client
     * secret.
     * </pre>
     */
    public void confirmPayment(dev.kessai.payment.v1.ConfirmPaymentRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.ConfirmPaymentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getConfirmPaymentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * GetPayment reads one payment. An open question is asked of the provider
     * first, if that is quick. Scope: storefront, or the payment's client secret
     * (which sees less).
     * </pre>
     */
    public void getPayment(dev.kessai.payment.v1.GetPaymentRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.GetPaymentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetPaymentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ListPayments lists payments, newest first. Scope: storefront.
     * </pre>
     */
    public void listPayments(dev.kessai.payment.v1.ListPaymentsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.ListPaymentsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListPaymentsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ListPaymentEvents gives the history of a payment, oldest first (R35).
     * Scope: storefront.
     * </pre>
     */
    public void listPaymentEvents(dev.kessai.payment.v1.ListPaymentEventsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.ListPaymentEventsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListPaymentEventsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * CapturePayment charges what is held (売上確定). An order with Yamato
     * delivery is captured by its slip instead: CAPTURE_CONDITIONS. Scope:
     * storefront.
     * </pre>
     */
    public void capturePayment(dev.kessai.payment.v1.CapturePaymentRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.CapturePaymentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCapturePaymentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * AdjustPayment changes the amount to another one (利用額変更). The provider
     * does not serve it from 23:00 to 01:00 Japan time. Scope: storefront.
     * </pre>
     */
    public void adjustPayment(dev.kessai.payment.v1.AdjustPaymentRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.AdjustPaymentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getAdjustPaymentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * CancelPayment releases a hold or gives a charge back (取消). While a
     * deferred operation waits it removes that one and nothing else. It never
     * cancels the shop's order (R36). Scope: storefront.
     * </pre>
     */
    public void cancelPayment(dev.kessai.payment.v1.CancelPaymentRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.CancelPaymentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCancelPaymentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ReauthorizePayment holds the amount anew (再与信), also after
     * STATE_CANCELED. The provider does not serve it from 23:00 to 01:00 Japan
     * time. Scope: storefront.
     * </pre>
     */
    public void reauthorizePayment(dev.kessai.payment.v1.ReauthorizePaymentRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.ReauthorizePaymentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getReauthorizePaymentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * RefreshPayment asks the provider what it knows (取引情報照会). It settles an
     * open question and CAPTURED to SETTLED; anything else becomes attention.
     * Scope: storefront.
     * </pre>
     */
    public void refreshPayment(dev.kessai.payment.v1.RefreshPaymentRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.RefreshPaymentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRefreshPaymentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ShipPayment says that the order was sent, with carrier and slip. An order
     * with Yamato delivery is captured by its first Yamato slip (R27); another
     * one that is only authorized is captured now (R33). A condition that is
     * missing is no error: the order is SHIPPED, missing_capture_conditions names
     * it, and a later call brings it. Scope: shipping.
     * </pre>
     */
    public void shipPayment(dev.kessai.payment.v1.ShipPaymentRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.ShipPaymentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getShipPaymentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * CorrectShipment puts another slip in the place of a registered one (R28):
     * the new one goes on first, then the old one off, so that the charge never
     * falls back to a hold. Scope: shipping.
     * </pre>
     */
    public void correctShipment(dev.kessai.payment.v1.CorrectShipmentRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.CorrectShipmentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCorrectShipmentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * BatchShipPayments is ShipPayment for many orders, each with its own result
     * (R31, R33, R34). One idempotency key stands for the whole batch: sent again,
     * what is done is not done twice, and the rest goes on. Scope: shipping.
     * </pre>
     */
    public void batchShipPayments(dev.kessai.payment.v1.BatchShipPaymentsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.BatchShipPaymentsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getBatchShipPaymentsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * BatchCancelPayments is CancelPayment for many payments, each with its own
     * result (R34). Scope: storefront.
     * </pre>
     */
    public void batchCancelPayments(dev.kessai.payment.v1.BatchCancelPaymentsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.BatchCancelPaymentsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getBatchCancelPaymentsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * BatchReauthorizePayments is ReauthorizePayment for many payments, each with
     * its own result (R34). Scope: storefront.
     * </pre>
     */
    public void batchReauthorizePayments(dev.kessai.payment.v1.BatchReauthorizePaymentsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.BatchReauthorizePaymentsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getBatchReauthorizePaymentsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * RunBatch does what one of the batch calls or ImportShipments does, and tells
     * of each result as it comes, in any order. A caller who leaves stops what has
     * not begun; sent again with the same key or file, the rest goes on. Scope:
     * that of the call it stands for.
     * </pre>
     */
    public void runBatch(dev.kessai.payment.v1.RunBatchRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.RunBatchResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getRunBatchMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ExportShipments gives the authorized orders with Yamato delivery that have
     * no slip yet as a CSV that 送り状発行システム B2 reads: CP932 with CRLF (R29).
     * Over REST the answer is the file itself. Scope: shipping.
     * </pre>
     */
    public void exportShipments(dev.kessai.payment.v1.ExportShipmentsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.ExportShipmentsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getExportShipmentsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ImportShipments takes the CSV that B2 gives back: each row that matches an
     * order ships it with Yamato and the row's slip, which captures it; every row
     * has its own verdict (R30). The same file again changes nothing, and a file
     * that was broken off is taken up where it ended. Over REST the body is the
     * file itself. Scope: shipping.
     * </pre>
     */
    public void importShipments(dev.kessai.payment.v1.ImportShipmentsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.ImportShipmentsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getImportShipmentsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ExportPayments gives a list as CSV, UTF-8 with its mark and CRLF, newest
     * first: one row for each order, or for each line of the orders (R43). Over
     * REST the answer is the file itself. Scope: storefront.
     * </pre>
     */
    public void exportPayments(dev.kessai.payment.v1.ExportPaymentsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.ExportPaymentsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getExportPaymentsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * UpdateOrder says what became of the shop's order. It never touches money
     * (R36, R37). Scope: storefront.
     * </pre>
     */
    public void updateOrder(dev.kessai.payment.v1.UpdateOrderRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.UpdateOrderResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateOrderMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * RegisterOrder says that the shop has the order, dated by the log or by now
     * (R40): once, whoever asks. AUTHORIZED, CAPTURED or SETTLED only; a shop may
     * have switched it off. Registered again it answers as it stands. A storefront
     * that has the order in time says so with UpdateOrder, state "OPEN". Scope:
     * operator.
     * </pre>
     */
    public void registerOrder(dev.kessai.payment.v1.RegisterOrderRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.RegisterOrderResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRegisterOrderMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * PreviewAdjustment tells what the shopper will see of a change of amount before
     * it is made: the lines of the card's statement, in which month each may be
     * drawn, and what happens to the protection of 3-D Secure. Nothing is changed or
     * asked. Scope: storefront.
     * </pre>
     */
    public void previewAdjustment(dev.kessai.payment.v1.PreviewAdjustmentRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.PreviewAdjustmentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getPreviewAdjustmentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ReschedulePayment changes the planned ship date of a reservation 予約販売:
     * from today to 90 days after the authorization, Japan time. Scope: shipping.
     * </pre>
     */
    public void reschedulePayment(dev.kessai.payment.v1.ReschedulePaymentRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.ReschedulePaymentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getReschedulePaymentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ClaimConversion gives the conversion of a completed purchase once; every
     * later call gives already_claimed, so that a thank-you page that is loaded
     * twice counts once (R08). Only for STATE_AUTHORIZED, STATE_CAPTURED and
     * STATE_SETTLED. Scope: storefront, or the payment's client secret.
     * </pre>
     */
    public void claimConversion(dev.kessai.payment.v1.ClaimConversionRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.ClaimConversionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getClaimConversionMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * WatchPayment sends the payment now and after every change, until it has
     * ended (settled, canceled or expired, with no question open) or the caller
     * leaves. Scope: storefront, or the payment's client secret (which sees
     * less).
     * </pre>
     */
    public void watchPayment(dev.kessai.payment.v1.WatchPaymentRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.payment.v1.WatchPaymentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getWatchPaymentMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service PaymentService.
   * <pre>
   * PaymentService moves payments and shows them.
   * Every call that moves money needs an idempotency key, as the header
   * Idempotency-Key or as request_id (1 to 255 characters). The same key with
   * the same request gives the payment as it stands now; with another request it
   * is refused (IDEMPOTENCY_KEY_REUSED). A decline is an answer with
   * STATE_DECLINED, and a question without an answer is an answer with
   * pending_operation: an error says that nothing was done, or that the caller may not.
   * </pre>
   */
  public static final class PaymentServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<PaymentServiceBlockingV2Stub> {
    private PaymentServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected PaymentServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new PaymentServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * CreatePayment creates a payment, and authorizes it at once when a card
     * token is given. Without one it is PENDING, and the answer's client_secret
     * lets a browser confirm it. Scope: storefront.
     * </pre>
     */
    public dev.kessai.payment.v1.CreatePaymentResponse createPayment(dev.kessai.payment.v1.CreatePaymentRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCreatePaymentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ConfirmPayment gives a card to a PENDING payment, or another card after
     * STATE_DECLINED: a new attempt. Scope: storefront, or the payment's client
     * secret.
     * </pre>
     */
    public dev.kessai.payment.v1.ConfirmPaymentResponse confirmPayment(dev.kessai.payment.v1.ConfirmPaymentRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getConfirmPaymentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * GetPayment reads one payment. An open question is asked of the provider
     * first, if that is quick. Scope: storefront, or the payment's client secret
     * (which sees less).
     * </pre>
     */
    public dev.kessai.payment.v1.GetPaymentResponse getPayment(dev.kessai.payment.v1.GetPaymentRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetPaymentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListPayments lists payments, newest first. Scope: storefront.
     * </pre>
     */
    public dev.kessai.payment.v1.ListPaymentsResponse listPayments(dev.kessai.payment.v1.ListPaymentsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListPaymentsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListPaymentEvents gives the history of a payment, oldest first (R35).
     * Scope: storefront.
     * </pre>
     */
    public dev.kessai.payment.v1.ListPaymentEventsResponse listPaymentEvents(dev.kessai.payment.v1.ListPaymentEventsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListPaymentEventsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * CapturePayment charges what is held (売上確定). An order with Yamato
     * delivery is captured by its slip instead: CAPTURE_CONDITIONS. Scope:
     * storefront.
     * </pre>
     */
    public dev.kessai.payment.v1.CapturePaymentResponse capturePayment(dev.kessai.payment.v1.CapturePaymentRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCapturePaymentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * AdjustPayment changes the amount to another one (利用額変更). The provider
     * does not serve it from 23:00 to 01:00 Japan time. Scope: storefront.
     * </pre>
     */
    public dev.kessai.payment.v1.AdjustPaymentResponse adjustPayment(dev.kessai.payment.v1.AdjustPaymentRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getAdjustPaymentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * CancelPayment releases a hold or gives a charge back (取消). While a
     * deferred operation waits it removes that one and nothing else. It never
     * cancels the shop's order (R36). Scope: storefront.
     * </pre>
     */
    public dev.kessai.payment.v1.CancelPaymentResponse cancelPayment(dev.kessai.payment.v1.CancelPaymentRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCancelPaymentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ReauthorizePayment holds the amount anew (再与信), also after
     * STATE_CANCELED. The provider does not serve it from 23:00 to 01:00 Japan
     * time. Scope: storefront.
     * </pre>
     */
    public dev.kessai.payment.v1.ReauthorizePaymentResponse reauthorizePayment(dev.kessai.payment.v1.ReauthorizePaymentRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getReauthorizePaymentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * RefreshPayment asks the provider what it knows (取引情報照会). It settles an
     * open question and CAPTURED to SETTLED; anything else becomes attention.
     * Scope: storefront.
     * </pre>
     */
    public dev.kessai.payment.v1.RefreshPaymentResponse refreshPayment(dev.kessai.payment.v1.RefreshPaymentRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRefreshPaymentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ShipPayment says that the order was sent, with carrier and slip. An order
     * with Yamato delivery is captured by its first Yamato slip (R27); another
     * one that is only authorized is captured now (R33). A condition that is
     * missing is no error: the order is SHIPPED, missing_capture_conditions names
     * it, and a later call brings it. Scope: shipping.
     * </pre>
     */
    public dev.kessai.payment.v1.ShipPaymentResponse shipPayment(dev.kessai.payment.v1.ShipPaymentRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getShipPaymentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * CorrectShipment puts another slip in the place of a registered one (R28):
     * the new one goes on first, then the old one off, so that the charge never
     * falls back to a hold. Scope: shipping.
     * </pre>
     */
    public dev.kessai.payment.v1.CorrectShipmentResponse correctShipment(dev.kessai.payment.v1.CorrectShipmentRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCorrectShipmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * BatchShipPayments is ShipPayment for many orders, each with its own result
     * (R31, R33, R34). One idempotency key stands for the whole batch: sent again,
     * what is done is not done twice, and the rest goes on. Scope: shipping.
     * </pre>
     */
    public dev.kessai.payment.v1.BatchShipPaymentsResponse batchShipPayments(dev.kessai.payment.v1.BatchShipPaymentsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getBatchShipPaymentsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * BatchCancelPayments is CancelPayment for many payments, each with its own
     * result (R34). Scope: storefront.
     * </pre>
     */
    public dev.kessai.payment.v1.BatchCancelPaymentsResponse batchCancelPayments(dev.kessai.payment.v1.BatchCancelPaymentsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getBatchCancelPaymentsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * BatchReauthorizePayments is ReauthorizePayment for many payments, each with
     * its own result (R34). Scope: storefront.
     * </pre>
     */
    public dev.kessai.payment.v1.BatchReauthorizePaymentsResponse batchReauthorizePayments(dev.kessai.payment.v1.BatchReauthorizePaymentsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getBatchReauthorizePaymentsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * RunBatch does what one of the batch calls or ImportShipments does, and tells
     * of each result as it comes, in any order. A caller who leaves stops what has
     * not begun; sent again with the same key or file, the rest goes on. Scope:
     * that of the call it stands for.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, dev.kessai.payment.v1.RunBatchResponse>
        runBatch(dev.kessai.payment.v1.RunBatchRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getRunBatchMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ExportShipments gives the authorized orders with Yamato delivery that have
     * no slip yet as a CSV that 送り状発行システム B2 reads: CP932 with CRLF (R29).
     * Over REST the answer is the file itself. Scope: shipping.
     * </pre>
     */
    public dev.kessai.payment.v1.ExportShipmentsResponse exportShipments(dev.kessai.payment.v1.ExportShipmentsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getExportShipmentsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ImportShipments takes the CSV that B2 gives back: each row that matches an
     * order ships it with Yamato and the row's slip, which captures it; every row
     * has its own verdict (R30). The same file again changes nothing, and a file
     * that was broken off is taken up where it ended. Over REST the body is the
     * file itself. Scope: shipping.
     * </pre>
     */
    public dev.kessai.payment.v1.ImportShipmentsResponse importShipments(dev.kessai.payment.v1.ImportShipmentsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getImportShipmentsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ExportPayments gives a list as CSV, UTF-8 with its mark and CRLF, newest
     * first: one row for each order, or for each line of the orders (R43). Over
     * REST the answer is the file itself. Scope: storefront.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, dev.kessai.payment.v1.ExportPaymentsResponse>
        exportPayments(dev.kessai.payment.v1.ExportPaymentsRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getExportPaymentsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * UpdateOrder says what became of the shop's order. It never touches money
     * (R36, R37). Scope: storefront.
     * </pre>
     */
    public dev.kessai.payment.v1.UpdateOrderResponse updateOrder(dev.kessai.payment.v1.UpdateOrderRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpdateOrderMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * RegisterOrder says that the shop has the order, dated by the log or by now
     * (R40): once, whoever asks. AUTHORIZED, CAPTURED or SETTLED only; a shop may
     * have switched it off. Registered again it answers as it stands. A storefront
     * that has the order in time says so with UpdateOrder, state "OPEN". Scope:
     * operator.
     * </pre>
     */
    public dev.kessai.payment.v1.RegisterOrderResponse registerOrder(dev.kessai.payment.v1.RegisterOrderRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRegisterOrderMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * PreviewAdjustment tells what the shopper will see of a change of amount before
     * it is made: the lines of the card's statement, in which month each may be
     * drawn, and what happens to the protection of 3-D Secure. Nothing is changed or
     * asked. Scope: storefront.
     * </pre>
     */
    public dev.kessai.payment.v1.PreviewAdjustmentResponse previewAdjustment(dev.kessai.payment.v1.PreviewAdjustmentRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getPreviewAdjustmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ReschedulePayment changes the planned ship date of a reservation 予約販売:
     * from today to 90 days after the authorization, Japan time. Scope: shipping.
     * </pre>
     */
    public dev.kessai.payment.v1.ReschedulePaymentResponse reschedulePayment(dev.kessai.payment.v1.ReschedulePaymentRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getReschedulePaymentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ClaimConversion gives the conversion of a completed purchase once; every
     * later call gives already_claimed, so that a thank-you page that is loaded
     * twice counts once (R08). Only for STATE_AUTHORIZED, STATE_CAPTURED and
     * STATE_SETTLED. Scope: storefront, or the payment's client secret.
     * </pre>
     */
    public dev.kessai.payment.v1.ClaimConversionResponse claimConversion(dev.kessai.payment.v1.ClaimConversionRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getClaimConversionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * WatchPayment sends the payment now and after every change, until it has
     * ended (settled, canceled or expired, with no question open) or the caller
     * leaves. Scope: storefront, or the payment's client secret (which sees
     * less).
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, dev.kessai.payment.v1.WatchPaymentResponse>
        watchPayment(dev.kessai.payment.v1.WatchPaymentRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getWatchPaymentMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service PaymentService.
   * <pre>
   * PaymentService moves payments and shows them.
   * Every call that moves money needs an idempotency key, as the header
   * Idempotency-Key or as request_id (1 to 255 characters). The same key with
   * the same request gives the payment as it stands now; with another request it
   * is refused (IDEMPOTENCY_KEY_REUSED). A decline is an answer with
   * STATE_DECLINED, and a question without an answer is an answer with
   * pending_operation: an error says that nothing was done, or that the caller may not.
   * </pre>
   */
  public static final class PaymentServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<PaymentServiceBlockingStub> {
    private PaymentServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected PaymentServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new PaymentServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * CreatePayment creates a payment, and authorizes it at once when a card
     * token is given. Without one it is PENDING, and the answer's client_secret
     * lets a browser confirm it. Scope: storefront.
     * </pre>
     */
    public dev.kessai.payment.v1.CreatePaymentResponse createPayment(dev.kessai.payment.v1.CreatePaymentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreatePaymentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ConfirmPayment gives a card to a PENDING payment, or another card after
     * STATE_DECLINED: a new attempt. Scope: storefront, or the payment's client
     * secret.
     * </pre>
     */
    public dev.kessai.payment.v1.ConfirmPaymentResponse confirmPayment(dev.kessai.payment.v1.ConfirmPaymentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getConfirmPaymentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * GetPayment reads one payment. An open question is asked of the provider
     * first, if that is quick. Scope: storefront, or the payment's client secret
     * (which sees less).
     * </pre>
     */
    public dev.kessai.payment.v1.GetPaymentResponse getPayment(dev.kessai.payment.v1.GetPaymentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetPaymentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListPayments lists payments, newest first. Scope: storefront.
     * </pre>
     */
    public dev.kessai.payment.v1.ListPaymentsResponse listPayments(dev.kessai.payment.v1.ListPaymentsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListPaymentsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListPaymentEvents gives the history of a payment, oldest first (R35).
     * Scope: storefront.
     * </pre>
     */
    public dev.kessai.payment.v1.ListPaymentEventsResponse listPaymentEvents(dev.kessai.payment.v1.ListPaymentEventsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListPaymentEventsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * CapturePayment charges what is held (売上確定). An order with Yamato
     * delivery is captured by its slip instead: CAPTURE_CONDITIONS. Scope:
     * storefront.
     * </pre>
     */
    public dev.kessai.payment.v1.CapturePaymentResponse capturePayment(dev.kessai.payment.v1.CapturePaymentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCapturePaymentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * AdjustPayment changes the amount to another one (利用額変更). The provider
     * does not serve it from 23:00 to 01:00 Japan time. Scope: storefront.
     * </pre>
     */
    public dev.kessai.payment.v1.AdjustPaymentResponse adjustPayment(dev.kessai.payment.v1.AdjustPaymentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getAdjustPaymentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * CancelPayment releases a hold or gives a charge back (取消). While a
     * deferred operation waits it removes that one and nothing else. It never
     * cancels the shop's order (R36). Scope: storefront.
     * </pre>
     */
    public dev.kessai.payment.v1.CancelPaymentResponse cancelPayment(dev.kessai.payment.v1.CancelPaymentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCancelPaymentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ReauthorizePayment holds the amount anew (再与信), also after
     * STATE_CANCELED. The provider does not serve it from 23:00 to 01:00 Japan
     * time. Scope: storefront.
     * </pre>
     */
    public dev.kessai.payment.v1.ReauthorizePaymentResponse reauthorizePayment(dev.kessai.payment.v1.ReauthorizePaymentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getReauthorizePaymentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * RefreshPayment asks the provider what it knows (取引情報照会). It settles an
     * open question and CAPTURED to SETTLED; anything else becomes attention.
     * Scope: storefront.
     * </pre>
     */
    public dev.kessai.payment.v1.RefreshPaymentResponse refreshPayment(dev.kessai.payment.v1.RefreshPaymentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRefreshPaymentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ShipPayment says that the order was sent, with carrier and slip. An order
     * with Yamato delivery is captured by its first Yamato slip (R27); another
     * one that is only authorized is captured now (R33). A condition that is
     * missing is no error: the order is SHIPPED, missing_capture_conditions names
     * it, and a later call brings it. Scope: shipping.
     * </pre>
     */
    public dev.kessai.payment.v1.ShipPaymentResponse shipPayment(dev.kessai.payment.v1.ShipPaymentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getShipPaymentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * CorrectShipment puts another slip in the place of a registered one (R28):
     * the new one goes on first, then the old one off, so that the charge never
     * falls back to a hold. Scope: shipping.
     * </pre>
     */
    public dev.kessai.payment.v1.CorrectShipmentResponse correctShipment(dev.kessai.payment.v1.CorrectShipmentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCorrectShipmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * BatchShipPayments is ShipPayment for many orders, each with its own result
     * (R31, R33, R34). One idempotency key stands for the whole batch: sent again,
     * what is done is not done twice, and the rest goes on. Scope: shipping.
     * </pre>
     */
    public dev.kessai.payment.v1.BatchShipPaymentsResponse batchShipPayments(dev.kessai.payment.v1.BatchShipPaymentsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getBatchShipPaymentsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * BatchCancelPayments is CancelPayment for many payments, each with its own
     * result (R34). Scope: storefront.
     * </pre>
     */
    public dev.kessai.payment.v1.BatchCancelPaymentsResponse batchCancelPayments(dev.kessai.payment.v1.BatchCancelPaymentsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getBatchCancelPaymentsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * BatchReauthorizePayments is ReauthorizePayment for many payments, each with
     * its own result (R34). Scope: storefront.
     * </pre>
     */
    public dev.kessai.payment.v1.BatchReauthorizePaymentsResponse batchReauthorizePayments(dev.kessai.payment.v1.BatchReauthorizePaymentsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getBatchReauthorizePaymentsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * RunBatch does what one of the batch calls or ImportShipments does, and tells
     * of each result as it comes, in any order. A caller who leaves stops what has
     * not begun; sent again with the same key or file, the rest goes on. Scope:
     * that of the call it stands for.
     * </pre>
     */
    public java.util.Iterator<dev.kessai.payment.v1.RunBatchResponse> runBatch(
        dev.kessai.payment.v1.RunBatchRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getRunBatchMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ExportShipments gives the authorized orders with Yamato delivery that have
     * no slip yet as a CSV that 送り状発行システム B2 reads: CP932 with CRLF (R29).
     * Over REST the answer is the file itself. Scope: shipping.
     * </pre>
     */
    public dev.kessai.payment.v1.ExportShipmentsResponse exportShipments(dev.kessai.payment.v1.ExportShipmentsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getExportShipmentsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ImportShipments takes the CSV that B2 gives back: each row that matches an
     * order ships it with Yamato and the row's slip, which captures it; every row
     * has its own verdict (R30). The same file again changes nothing, and a file
     * that was broken off is taken up where it ended. Over REST the body is the
     * file itself. Scope: shipping.
     * </pre>
     */
    public dev.kessai.payment.v1.ImportShipmentsResponse importShipments(dev.kessai.payment.v1.ImportShipmentsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getImportShipmentsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ExportPayments gives a list as CSV, UTF-8 with its mark and CRLF, newest
     * first: one row for each order, or for each line of the orders (R43). Over
     * REST the answer is the file itself. Scope: storefront.
     * </pre>
     */
    public java.util.Iterator<dev.kessai.payment.v1.ExportPaymentsResponse> exportPayments(
        dev.kessai.payment.v1.ExportPaymentsRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getExportPaymentsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * UpdateOrder says what became of the shop's order. It never touches money
     * (R36, R37). Scope: storefront.
     * </pre>
     */
    public dev.kessai.payment.v1.UpdateOrderResponse updateOrder(dev.kessai.payment.v1.UpdateOrderRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateOrderMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * RegisterOrder says that the shop has the order, dated by the log or by now
     * (R40): once, whoever asks. AUTHORIZED, CAPTURED or SETTLED only; a shop may
     * have switched it off. Registered again it answers as it stands. A storefront
     * that has the order in time says so with UpdateOrder, state "OPEN". Scope:
     * operator.
     * </pre>
     */
    public dev.kessai.payment.v1.RegisterOrderResponse registerOrder(dev.kessai.payment.v1.RegisterOrderRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRegisterOrderMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * PreviewAdjustment tells what the shopper will see of a change of amount before
     * it is made: the lines of the card's statement, in which month each may be
     * drawn, and what happens to the protection of 3-D Secure. Nothing is changed or
     * asked. Scope: storefront.
     * </pre>
     */
    public dev.kessai.payment.v1.PreviewAdjustmentResponse previewAdjustment(dev.kessai.payment.v1.PreviewAdjustmentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getPreviewAdjustmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ReschedulePayment changes the planned ship date of a reservation 予約販売:
     * from today to 90 days after the authorization, Japan time. Scope: shipping.
     * </pre>
     */
    public dev.kessai.payment.v1.ReschedulePaymentResponse reschedulePayment(dev.kessai.payment.v1.ReschedulePaymentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getReschedulePaymentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ClaimConversion gives the conversion of a completed purchase once; every
     * later call gives already_claimed, so that a thank-you page that is loaded
     * twice counts once (R08). Only for STATE_AUTHORIZED, STATE_CAPTURED and
     * STATE_SETTLED. Scope: storefront, or the payment's client secret.
     * </pre>
     */
    public dev.kessai.payment.v1.ClaimConversionResponse claimConversion(dev.kessai.payment.v1.ClaimConversionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getClaimConversionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * WatchPayment sends the payment now and after every change, until it has
     * ended (settled, canceled or expired, with no question open) or the caller
     * leaves. Scope: storefront, or the payment's client secret (which sees
     * less).
     * </pre>
     */
    public java.util.Iterator<dev.kessai.payment.v1.WatchPaymentResponse> watchPayment(
        dev.kessai.payment.v1.WatchPaymentRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getWatchPaymentMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service PaymentService.
   * <pre>
   * PaymentService moves payments and shows them.
   * Every call that moves money needs an idempotency key, as the header
   * Idempotency-Key or as request_id (1 to 255 characters). The same key with
   * the same request gives the payment as it stands now; with another request it
   * is refused (IDEMPOTENCY_KEY_REUSED). A decline is an answer with
   * STATE_DECLINED, and a question without an answer is an answer with
   * pending_operation: an error says that nothing was done, or that the caller may not.
   * </pre>
   */
  public static final class PaymentServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<PaymentServiceFutureStub> {
    private PaymentServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected PaymentServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new PaymentServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * CreatePayment creates a payment, and authorizes it at once when a card
     * token is given. Without one it is PENDING, and the answer's client_secret
     * lets a browser confirm it. Scope: storefront.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.payment.v1.CreatePaymentResponse> createPayment(
        dev.kessai.payment.v1.CreatePaymentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreatePaymentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ConfirmPayment gives a card to a PENDING payment, or another card after
     * STATE_DECLINED: a new attempt. Scope: storefront, or the payment's client
     * secret.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.payment.v1.ConfirmPaymentResponse> confirmPayment(
        dev.kessai.payment.v1.ConfirmPaymentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getConfirmPaymentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * GetPayment reads one payment. An open question is asked of the provider
     * first, if that is quick. Scope: storefront, or the payment's client secret
     * (which sees less).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.payment.v1.GetPaymentResponse> getPayment(
        dev.kessai.payment.v1.GetPaymentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetPaymentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ListPayments lists payments, newest first. Scope: storefront.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.payment.v1.ListPaymentsResponse> listPayments(
        dev.kessai.payment.v1.ListPaymentsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListPaymentsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ListPaymentEvents gives the history of a payment, oldest first (R35).
     * Scope: storefront.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.payment.v1.ListPaymentEventsResponse> listPaymentEvents(
        dev.kessai.payment.v1.ListPaymentEventsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListPaymentEventsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * CapturePayment charges what is held (売上確定). An order with Yamato
     * delivery is captured by its slip instead: CAPTURE_CONDITIONS. Scope:
     * storefront.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.payment.v1.CapturePaymentResponse> capturePayment(
        dev.kessai.payment.v1.CapturePaymentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCapturePaymentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * AdjustPayment changes the amount to another one (利用額変更). The provider
     * does not serve it from 23:00 to 01:00 Japan time. Scope: storefront.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.payment.v1.AdjustPaymentResponse> adjustPayment(
        dev.kessai.payment.v1.AdjustPaymentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getAdjustPaymentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * CancelPayment releases a hold or gives a charge back (取消). While a
     * deferred operation waits it removes that one and nothing else. It never
     * cancels the shop's order (R36). Scope: storefront.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.payment.v1.CancelPaymentResponse> cancelPayment(
        dev.kessai.payment.v1.CancelPaymentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCancelPaymentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ReauthorizePayment holds the amount anew (再与信), also after
     * STATE_CANCELED. The provider does not serve it from 23:00 to 01:00 Japan
     * time. Scope: storefront.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.payment.v1.ReauthorizePaymentResponse> reauthorizePayment(
        dev.kessai.payment.v1.ReauthorizePaymentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getReauthorizePaymentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * RefreshPayment asks the provider what it knows (取引情報照会). It settles an
     * open question and CAPTURED to SETTLED; anything else becomes attention.
     * Scope: storefront.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.payment.v1.RefreshPaymentResponse> refreshPayment(
        dev.kessai.payment.v1.RefreshPaymentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRefreshPaymentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ShipPayment says that the order was sent, with carrier and slip. An order
     * with Yamato delivery is captured by its first Yamato slip (R27); another
     * one that is only authorized is captured now (R33). A condition that is
     * missing is no error: the order is SHIPPED, missing_capture_conditions names
     * it, and a later call brings it. Scope: shipping.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.payment.v1.ShipPaymentResponse> shipPayment(
        dev.kessai.payment.v1.ShipPaymentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getShipPaymentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * CorrectShipment puts another slip in the place of a registered one (R28):
     * the new one goes on first, then the old one off, so that the charge never
     * falls back to a hold. Scope: shipping.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.payment.v1.CorrectShipmentResponse> correctShipment(
        dev.kessai.payment.v1.CorrectShipmentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCorrectShipmentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * BatchShipPayments is ShipPayment for many orders, each with its own result
     * (R31, R33, R34). One idempotency key stands for the whole batch: sent again,
     * what is done is not done twice, and the rest goes on. Scope: shipping.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.payment.v1.BatchShipPaymentsResponse> batchShipPayments(
        dev.kessai.payment.v1.BatchShipPaymentsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getBatchShipPaymentsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * BatchCancelPayments is CancelPayment for many payments, each with its own
     * result (R34). Scope: storefront.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.payment.v1.BatchCancelPaymentsResponse> batchCancelPayments(
        dev.kessai.payment.v1.BatchCancelPaymentsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getBatchCancelPaymentsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * BatchReauthorizePayments is ReauthorizePayment for many payments, each with
     * its own result (R34). Scope: storefront.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.payment.v1.BatchReauthorizePaymentsResponse> batchReauthorizePayments(
        dev.kessai.payment.v1.BatchReauthorizePaymentsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getBatchReauthorizePaymentsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ExportShipments gives the authorized orders with Yamato delivery that have
     * no slip yet as a CSV that 送り状発行システム B2 reads: CP932 with CRLF (R29).
     * Over REST the answer is the file itself. Scope: shipping.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.payment.v1.ExportShipmentsResponse> exportShipments(
        dev.kessai.payment.v1.ExportShipmentsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getExportShipmentsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ImportShipments takes the CSV that B2 gives back: each row that matches an
     * order ships it with Yamato and the row's slip, which captures it; every row
     * has its own verdict (R30). The same file again changes nothing, and a file
     * that was broken off is taken up where it ended. Over REST the body is the
     * file itself. Scope: shipping.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.payment.v1.ImportShipmentsResponse> importShipments(
        dev.kessai.payment.v1.ImportShipmentsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getImportShipmentsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * UpdateOrder says what became of the shop's order. It never touches money
     * (R36, R37). Scope: storefront.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.payment.v1.UpdateOrderResponse> updateOrder(
        dev.kessai.payment.v1.UpdateOrderRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateOrderMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * RegisterOrder says that the shop has the order, dated by the log or by now
     * (R40): once, whoever asks. AUTHORIZED, CAPTURED or SETTLED only; a shop may
     * have switched it off. Registered again it answers as it stands. A storefront
     * that has the order in time says so with UpdateOrder, state "OPEN". Scope:
     * operator.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.payment.v1.RegisterOrderResponse> registerOrder(
        dev.kessai.payment.v1.RegisterOrderRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRegisterOrderMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * PreviewAdjustment tells what the shopper will see of a change of amount before
     * it is made: the lines of the card's statement, in which month each may be
     * drawn, and what happens to the protection of 3-D Secure. Nothing is changed or
     * asked. Scope: storefront.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.payment.v1.PreviewAdjustmentResponse> previewAdjustment(
        dev.kessai.payment.v1.PreviewAdjustmentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getPreviewAdjustmentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ReschedulePayment changes the planned ship date of a reservation 予約販売:
     * from today to 90 days after the authorization, Japan time. Scope: shipping.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.payment.v1.ReschedulePaymentResponse> reschedulePayment(
        dev.kessai.payment.v1.ReschedulePaymentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getReschedulePaymentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ClaimConversion gives the conversion of a completed purchase once; every
     * later call gives already_claimed, so that a thank-you page that is loaded
     * twice counts once (R08). Only for STATE_AUTHORIZED, STATE_CAPTURED and
     * STATE_SETTLED. Scope: storefront, or the payment's client secret.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.payment.v1.ClaimConversionResponse> claimConversion(
        dev.kessai.payment.v1.ClaimConversionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getClaimConversionMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_CREATE_PAYMENT = 0;
  private static final int METHODID_CONFIRM_PAYMENT = 1;
  private static final int METHODID_GET_PAYMENT = 2;
  private static final int METHODID_LIST_PAYMENTS = 3;
  private static final int METHODID_LIST_PAYMENT_EVENTS = 4;
  private static final int METHODID_CAPTURE_PAYMENT = 5;
  private static final int METHODID_ADJUST_PAYMENT = 6;
  private static final int METHODID_CANCEL_PAYMENT = 7;
  private static final int METHODID_REAUTHORIZE_PAYMENT = 8;
  private static final int METHODID_REFRESH_PAYMENT = 9;
  private static final int METHODID_SHIP_PAYMENT = 10;
  private static final int METHODID_CORRECT_SHIPMENT = 11;
  private static final int METHODID_BATCH_SHIP_PAYMENTS = 12;
  private static final int METHODID_BATCH_CANCEL_PAYMENTS = 13;
  private static final int METHODID_BATCH_REAUTHORIZE_PAYMENTS = 14;
  private static final int METHODID_RUN_BATCH = 15;
  private static final int METHODID_EXPORT_SHIPMENTS = 16;
  private static final int METHODID_IMPORT_SHIPMENTS = 17;
  private static final int METHODID_EXPORT_PAYMENTS = 18;
  private static final int METHODID_UPDATE_ORDER = 19;
  private static final int METHODID_REGISTER_ORDER = 20;
  private static final int METHODID_PREVIEW_ADJUSTMENT = 21;
  private static final int METHODID_RESCHEDULE_PAYMENT = 22;
  private static final int METHODID_CLAIM_CONVERSION = 23;
  private static final int METHODID_WATCH_PAYMENT = 24;

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
        case METHODID_CREATE_PAYMENT:
          serviceImpl.createPayment((dev.kessai.payment.v1.CreatePaymentRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.payment.v1.CreatePaymentResponse>) responseObserver);
          break;
        case METHODID_CONFIRM_PAYMENT:
          serviceImpl.confirmPayment((dev.kessai.payment.v1.ConfirmPaymentRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.payment.v1.ConfirmPaymentResponse>) responseObserver);
          break;
        case METHODID_GET_PAYMENT:
          serviceImpl.getPayment((dev.kessai.payment.v1.GetPaymentRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.payment.v1.GetPaymentResponse>) responseObserver);
          break;
        case METHODID_LIST_PAYMENTS:
          serviceImpl.listPayments((dev.kessai.payment.v1.ListPaymentsRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.payment.v1.ListPaymentsResponse>) responseObserver);
          break;
        case METHODID_LIST_PAYMENT_EVENTS:
          serviceImpl.listPaymentEvents((dev.kessai.payment.v1.ListPaymentEventsRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.payment.v1.ListPaymentEventsResponse>) responseObserver);
          break;
        case METHODID_CAPTURE_PAYMENT:
          serviceImpl.capturePayment((dev.kessai.payment.v1.CapturePaymentRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.payment.v1.CapturePaymentResponse>) responseObserver);
          break;
        case METHODID_ADJUST_PAYMENT:
          serviceImpl.adjustPayment((dev.kessai.payment.v1.AdjustPaymentRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.payment.v1.AdjustPaymentResponse>) responseObserver);
          break;
        case METHODID_CANCEL_PAYMENT:
          serviceImpl.cancelPayment((dev.kessai.payment.v1.CancelPaymentRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.payment.v1.CancelPaymentResponse>) responseObserver);
          break;
        case METHODID_REAUTHORIZE_PAYMENT:
          serviceImpl.reauthorizePayment((dev.kessai.payment.v1.ReauthorizePaymentRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.payment.v1.ReauthorizePaymentResponse>) responseObserver);
          break;
        case METHODID_REFRESH_PAYMENT:
          serviceImpl.refreshPayment((dev.kessai.payment.v1.RefreshPaymentRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.payment.v1.RefreshPaymentResponse>) responseObserver);
          break;
        case METHODID_SHIP_PAYMENT:
          serviceImpl.shipPayment((dev.kessai.payment.v1.ShipPaymentRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.payment.v1.ShipPaymentResponse>) responseObserver);
          break;
        case METHODID_CORRECT_SHIPMENT:
          serviceImpl.correctShipment((dev.kessai.payment.v1.CorrectShipmentRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.payment.v1.CorrectShipmentResponse>) responseObserver);
          break;
        case METHODID_BATCH_SHIP_PAYMENTS:
          serviceImpl.batchShipPayments((dev.kessai.payment.v1.BatchShipPaymentsRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.payment.v1.BatchShipPaymentsResponse>) responseObserver);
          break;
        case METHODID_BATCH_CANCEL_PAYMENTS:
          serviceImpl.batchCancelPayments((dev.kessai.payment.v1.BatchCancelPaymentsRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.payment.v1.BatchCancelPaymentsResponse>) responseObserver);
          break;
        case METHODID_BATCH_REAUTHORIZE_PAYMENTS:
          serviceImpl.batchReauthorizePayments((dev.kessai.payment.v1.BatchReauthorizePaymentsRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.payment.v1.BatchReauthorizePaymentsResponse>) responseObserver);
          break;
        case METHODID_RUN_BATCH:
          serviceImpl.runBatch((dev.kessai.payment.v1.RunBatchRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.payment.v1.RunBatchResponse>) responseObserver);
          break;
        case METHODID_EXPORT_SHIPMENTS:
          serviceImpl.exportShipments((dev.kessai.payment.v1.ExportShipmentsRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.payment.v1.ExportShipmentsResponse>) responseObserver);
          break;
        case METHODID_IMPORT_SHIPMENTS:
          serviceImpl.importShipments((dev.kessai.payment.v1.ImportShipmentsRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.payment.v1.ImportShipmentsResponse>) responseObserver);
          break;
        case METHODID_EXPORT_PAYMENTS:
          serviceImpl.exportPayments((dev.kessai.payment.v1.ExportPaymentsRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.payment.v1.ExportPaymentsResponse>) responseObserver);
          break;
        case METHODID_UPDATE_ORDER:
          serviceImpl.updateOrder((dev.kessai.payment.v1.UpdateOrderRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.payment.v1.UpdateOrderResponse>) responseObserver);
          break;
        case METHODID_REGISTER_ORDER:
          serviceImpl.registerOrder((dev.kessai.payment.v1.RegisterOrderRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.payment.v1.RegisterOrderResponse>) responseObserver);
          break;
        case METHODID_PREVIEW_ADJUSTMENT:
          serviceImpl.previewAdjustment((dev.kessai.payment.v1.PreviewAdjustmentRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.payment.v1.PreviewAdjustmentResponse>) responseObserver);
          break;
        case METHODID_RESCHEDULE_PAYMENT:
          serviceImpl.reschedulePayment((dev.kessai.payment.v1.ReschedulePaymentRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.payment.v1.ReschedulePaymentResponse>) responseObserver);
          break;
        case METHODID_CLAIM_CONVERSION:
          serviceImpl.claimConversion((dev.kessai.payment.v1.ClaimConversionRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.payment.v1.ClaimConversionResponse>) responseObserver);
          break;
        case METHODID_WATCH_PAYMENT:
          serviceImpl.watchPayment((dev.kessai.payment.v1.WatchPaymentRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.payment.v1.WatchPaymentResponse>) responseObserver);
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
          getCreatePaymentMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.payment.v1.CreatePaymentRequest,
              dev.kessai.payment.v1.CreatePaymentResponse>(
                service, METHODID_CREATE_PAYMENT)))
        .addMethod(
          getConfirmPaymentMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.payment.v1.ConfirmPaymentRequest,
              dev.kessai.payment.v1.ConfirmPaymentResponse>(
                service, METHODID_CONFIRM_PAYMENT)))
        .addMethod(
          getGetPaymentMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.payment.v1.GetPaymentRequest,
              dev.kessai.payment.v1.GetPaymentResponse>(
                service, METHODID_GET_PAYMENT)))
        .addMethod(
          getListPaymentsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.payment.v1.ListPaymentsRequest,
              dev.kessai.payment.v1.ListPaymentsResponse>(
                service, METHODID_LIST_PAYMENTS)))
        .addMethod(
          getListPaymentEventsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.payment.v1.ListPaymentEventsRequest,
              dev.kessai.payment.v1.ListPaymentEventsResponse>(
                service, METHODID_LIST_PAYMENT_EVENTS)))
        .addMethod(
          getCapturePaymentMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.payment.v1.CapturePaymentRequest,
              dev.kessai.payment.v1.CapturePaymentResponse>(
                service, METHODID_CAPTURE_PAYMENT)))
        .addMethod(
          getAdjustPaymentMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.payment.v1.AdjustPaymentRequest,
              dev.kessai.payment.v1.AdjustPaymentResponse>(
                service, METHODID_ADJUST_PAYMENT)))
        .addMethod(
          getCancelPaymentMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.payment.v1.CancelPaymentRequest,
              dev.kessai.payment.v1.CancelPaymentResponse>(
                service, METHODID_CANCEL_PAYMENT)))
        .addMethod(
          getReauthorizePaymentMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.payment.v1.ReauthorizePaymentRequest,
              dev.kessai.payment.v1.ReauthorizePaymentResponse>(
                service, METHODID_REAUTHORIZE_PAYMENT)))
        .addMethod(
          getRefreshPaymentMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.payment.v1.RefreshPaymentRequest,
              dev.kessai.payment.v1.RefreshPaymentResponse>(
                service, METHODID_REFRESH_PAYMENT)))
        .addMethod(
          getShipPaymentMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.payment.v1.ShipPaymentRequest,
              dev.kessai.payment.v1.ShipPaymentResponse>(
                service, METHODID_SHIP_PAYMENT)))
        .addMethod(
          getCorrectShipmentMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.payment.v1.CorrectShipmentRequest,
              dev.kessai.payment.v1.CorrectShipmentResponse>(
                service, METHODID_CORRECT_SHIPMENT)))
        .addMethod(
          getBatchShipPaymentsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.payment.v1.BatchShipPaymentsRequest,
              dev.kessai.payment.v1.BatchShipPaymentsResponse>(
                service, METHODID_BATCH_SHIP_PAYMENTS)))
        .addMethod(
          getBatchCancelPaymentsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.payment.v1.BatchCancelPaymentsRequest,
              dev.kessai.payment.v1.BatchCancelPaymentsResponse>(
                service, METHODID_BATCH_CANCEL_PAYMENTS)))
        .addMethod(
          getBatchReauthorizePaymentsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.payment.v1.BatchReauthorizePaymentsRequest,
              dev.kessai.payment.v1.BatchReauthorizePaymentsResponse>(
                service, METHODID_BATCH_REAUTHORIZE_PAYMENTS)))
        .addMethod(
          getRunBatchMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              dev.kessai.payment.v1.RunBatchRequest,
              dev.kessai.payment.v1.RunBatchResponse>(
                service, METHODID_RUN_BATCH)))
        .addMethod(
          getExportShipmentsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.payment.v1.ExportShipmentsRequest,
              dev.kessai.payment.v1.ExportShipmentsResponse>(
                service, METHODID_EXPORT_SHIPMENTS)))
        .addMethod(
          getImportShipmentsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.payment.v1.ImportShipmentsRequest,
              dev.kessai.payment.v1.ImportShipmentsResponse>(
                service, METHODID_IMPORT_SHIPMENTS)))
        .addMethod(
          getExportPaymentsMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              dev.kessai.payment.v1.ExportPaymentsRequest,
              dev.kessai.payment.v1.ExportPaymentsResponse>(
                service, METHODID_EXPORT_PAYMENTS)))
        .addMethod(
          getUpdateOrderMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.payment.v1.UpdateOrderRequest,
              dev.kessai.payment.v1.UpdateOrderResponse>(
                service, METHODID_UPDATE_ORDER)))
        .addMethod(
          getRegisterOrderMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.payment.v1.RegisterOrderRequest,
              dev.kessai.payment.v1.RegisterOrderResponse>(
                service, METHODID_REGISTER_ORDER)))
        .addMethod(
          getPreviewAdjustmentMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.payment.v1.PreviewAdjustmentRequest,
              dev.kessai.payment.v1.PreviewAdjustmentResponse>(
                service, METHODID_PREVIEW_ADJUSTMENT)))
        .addMethod(
          getReschedulePaymentMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.payment.v1.ReschedulePaymentRequest,
              dev.kessai.payment.v1.ReschedulePaymentResponse>(
                service, METHODID_RESCHEDULE_PAYMENT)))
        .addMethod(
          getClaimConversionMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.payment.v1.ClaimConversionRequest,
              dev.kessai.payment.v1.ClaimConversionResponse>(
                service, METHODID_CLAIM_CONVERSION)))
        .addMethod(
          getWatchPaymentMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              dev.kessai.payment.v1.WatchPaymentRequest,
              dev.kessai.payment.v1.WatchPaymentResponse>(
                service, METHODID_WATCH_PAYMENT)))
        .build();
  }

  private static abstract class PaymentServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    PaymentServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return dev.kessai.payment.v1.PaymentServiceProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("PaymentService");
    }
  }

  private static final class PaymentServiceFileDescriptorSupplier
      extends PaymentServiceBaseDescriptorSupplier {
    PaymentServiceFileDescriptorSupplier() {}
  }

  private static final class PaymentServiceMethodDescriptorSupplier
      extends PaymentServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    PaymentServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (PaymentServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new PaymentServiceFileDescriptorSupplier())
              .addMethod(getCreatePaymentMethod())
              .addMethod(getConfirmPaymentMethod())
              .addMethod(getGetPaymentMethod())
              .addMethod(getListPaymentsMethod())
              .addMethod(getListPaymentEventsMethod())
              .addMethod(getCapturePaymentMethod())
              .addMethod(getAdjustPaymentMethod())
              .addMethod(getCancelPaymentMethod())
              .addMethod(getReauthorizePaymentMethod())
              .addMethod(getRefreshPaymentMethod())
              .addMethod(getShipPaymentMethod())
              .addMethod(getCorrectShipmentMethod())
              .addMethod(getBatchShipPaymentsMethod())
              .addMethod(getBatchCancelPaymentsMethod())
              .addMethod(getBatchReauthorizePaymentsMethod())
              .addMethod(getRunBatchMethod())
              .addMethod(getExportShipmentsMethod())
              .addMethod(getImportShipmentsMethod())
              .addMethod(getExportPaymentsMethod())
              .addMethod(getUpdateOrderMethod())
              .addMethod(getRegisterOrderMethod())
              .addMethod(getPreviewAdjustmentMethod())
              .addMethod(getReschedulePaymentMethod())
              .addMethod(getClaimConversionMethod())
              .addMethod(getWatchPaymentMethod())
              .build();
        }
      }
    }
    return result;
  }
}
