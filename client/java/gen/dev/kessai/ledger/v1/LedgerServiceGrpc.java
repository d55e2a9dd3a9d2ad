package dev.kessai.ledger.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * LedgerService is where an operator looks after a shop's money: what was lost,
 * what differs, what failed, what lapses, and what it all comes to. It answers
 * about the shop and environment of the caller's key, from the books. Scope of
 * every call: operator.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class LedgerServiceGrpc {

  private LedgerServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "kessai.ledger.v1.LedgerService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<dev.kessai.ledger.v1.VerifyLedgerRequest,
      dev.kessai.ledger.v1.VerifyLedgerResponse> getVerifyLedgerMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "VerifyLedger",
      requestType = dev.kessai.ledger.v1.VerifyLedgerRequest.class,
      responseType = dev.kessai.ledger.v1.VerifyLedgerResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<dev.kessai.ledger.v1.VerifyLedgerRequest,
      dev.kessai.ledger.v1.VerifyLedgerResponse> getVerifyLedgerMethod() {
    io.grpc.MethodDescriptor<dev.kessai.ledger.v1.VerifyLedgerRequest, dev.kessai.ledger.v1.VerifyLedgerResponse> getVerifyLedgerMethod;
    if ((getVerifyLedgerMethod = LedgerServiceGrpc.getVerifyLedgerMethod) == null) {
      synchronized (LedgerServiceGrpc.class) {
        if ((getVerifyLedgerMethod = LedgerServiceGrpc.getVerifyLedgerMethod) == null) {
          LedgerServiceGrpc.getVerifyLedgerMethod = getVerifyLedgerMethod =
              io.grpc.MethodDescriptor.<dev.kessai.ledger.v1.VerifyLedgerRequest, dev.kessai.ledger.v1.VerifyLedgerResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "VerifyLedger"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.VerifyLedgerRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.VerifyLedgerResponse.getDefaultInstance()))
              .setSchemaDescriptor(new LedgerServiceMethodDescriptorSupplier("VerifyLedger"))
              .build();
        }
      }
    }
    return getVerifyLedgerMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ListOrphansRequest,
      dev.kessai.ledger.v1.ListOrphansResponse> getListOrphansMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListOrphans",
      requestType = dev.kessai.ledger.v1.ListOrphansRequest.class,
      responseType = dev.kessai.ledger.v1.ListOrphansResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ListOrphansRequest,
      dev.kessai.ledger.v1.ListOrphansResponse> getListOrphansMethod() {
    io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ListOrphansRequest, dev.kessai.ledger.v1.ListOrphansResponse> getListOrphansMethod;
    if ((getListOrphansMethod = LedgerServiceGrpc.getListOrphansMethod) == null) {
      synchronized (LedgerServiceGrpc.class) {
        if ((getListOrphansMethod = LedgerServiceGrpc.getListOrphansMethod) == null) {
          LedgerServiceGrpc.getListOrphansMethod = getListOrphansMethod =
              io.grpc.MethodDescriptor.<dev.kessai.ledger.v1.ListOrphansRequest, dev.kessai.ledger.v1.ListOrphansResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListOrphans"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.ListOrphansRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.ListOrphansResponse.getDefaultInstance()))
              .setSchemaDescriptor(new LedgerServiceMethodDescriptorSupplier("ListOrphans"))
              .build();
        }
      }
    }
    return getListOrphansMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ListDifferencesRequest,
      dev.kessai.ledger.v1.ListDifferencesResponse> getListDifferencesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListDifferences",
      requestType = dev.kessai.ledger.v1.ListDifferencesRequest.class,
      responseType = dev.kessai.ledger.v1.ListDifferencesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ListDifferencesRequest,
      dev.kessai.ledger.v1.ListDifferencesResponse> getListDifferencesMethod() {
    io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ListDifferencesRequest, dev.kessai.ledger.v1.ListDifferencesResponse> getListDifferencesMethod;
    if ((getListDifferencesMethod = LedgerServiceGrpc.getListDifferencesMethod) == null) {
      synchronized (LedgerServiceGrpc.class) {
        if ((getListDifferencesMethod = LedgerServiceGrpc.getListDifferencesMethod) == null) {
          LedgerServiceGrpc.getListDifferencesMethod = getListDifferencesMethod =
              io.grpc.MethodDescriptor.<dev.kessai.ledger.v1.ListDifferencesRequest, dev.kessai.ledger.v1.ListDifferencesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListDifferences"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.ListDifferencesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.ListDifferencesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new LedgerServiceMethodDescriptorSupplier("ListDifferences"))
              .build();
        }
      }
    }
    return getListDifferencesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ResolveDifferenceRequest,
      dev.kessai.ledger.v1.ResolveDifferenceResponse> getResolveDifferenceMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ResolveDifference",
      requestType = dev.kessai.ledger.v1.ResolveDifferenceRequest.class,
      responseType = dev.kessai.ledger.v1.ResolveDifferenceResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ResolveDifferenceRequest,
      dev.kessai.ledger.v1.ResolveDifferenceResponse> getResolveDifferenceMethod() {
    io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ResolveDifferenceRequest, dev.kessai.ledger.v1.ResolveDifferenceResponse> getResolveDifferenceMethod;
    if ((getResolveDifferenceMethod = LedgerServiceGrpc.getResolveDifferenceMethod) == null) {
      synchronized (LedgerServiceGrpc.class) {
        if ((getResolveDifferenceMethod = LedgerServiceGrpc.getResolveDifferenceMethod) == null) {
          LedgerServiceGrpc.getResolveDifferenceMethod = getResolveDifferenceMethod =
              io.grpc.MethodDescriptor.<dev.kessai.ledger.v1.ResolveDifferenceRequest, dev.kessai.ledger.v1.ResolveDifferenceResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ResolveDifference"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.ResolveDifferenceRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.ResolveDifferenceResponse.getDefaultInstance()))
              .setSchemaDescriptor(new LedgerServiceMethodDescriptorSupplier("ResolveDifference"))
              .build();
        }
      }
    }
    return getResolveDifferenceMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.ledger.v1.RunReconciliationRequest,
      dev.kessai.ledger.v1.RunReconciliationResponse> getRunReconciliationMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RunReconciliation",
      requestType = dev.kessai.ledger.v1.RunReconciliationRequest.class,
      responseType = dev.kessai.ledger.v1.RunReconciliationResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<dev.kessai.ledger.v1.RunReconciliationRequest,
      dev.kessai.ledger.v1.RunReconciliationResponse> getRunReconciliationMethod() {
    io.grpc.MethodDescriptor<dev.kessai.ledger.v1.RunReconciliationRequest, dev.kessai.ledger.v1.RunReconciliationResponse> getRunReconciliationMethod;
    if ((getRunReconciliationMethod = LedgerServiceGrpc.getRunReconciliationMethod) == null) {
      synchronized (LedgerServiceGrpc.class) {
        if ((getRunReconciliationMethod = LedgerServiceGrpc.getRunReconciliationMethod) == null) {
          LedgerServiceGrpc.getRunReconciliationMethod = getRunReconciliationMethod =
              io.grpc.MethodDescriptor.<dev.kessai.ledger.v1.RunReconciliationRequest, dev.kessai.ledger.v1.RunReconciliationResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RunReconciliation"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.RunReconciliationRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.RunReconciliationResponse.getDefaultInstance()))
              .setSchemaDescriptor(new LedgerServiceMethodDescriptorSupplier("RunReconciliation"))
              .build();
        }
      }
    }
    return getRunReconciliationMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ListReconciliationsRequest,
      dev.kessai.ledger.v1.ListReconciliationsResponse> getListReconciliationsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListReconciliations",
      requestType = dev.kessai.ledger.v1.ListReconciliationsRequest.class,
      responseType = dev.kessai.ledger.v1.ListReconciliationsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ListReconciliationsRequest,
      dev.kessai.ledger.v1.ListReconciliationsResponse> getListReconciliationsMethod() {
    io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ListReconciliationsRequest, dev.kessai.ledger.v1.ListReconciliationsResponse> getListReconciliationsMethod;
    if ((getListReconciliationsMethod = LedgerServiceGrpc.getListReconciliationsMethod) == null) {
      synchronized (LedgerServiceGrpc.class) {
        if ((getListReconciliationsMethod = LedgerServiceGrpc.getListReconciliationsMethod) == null) {
          LedgerServiceGrpc.getListReconciliationsMethod = getListReconciliationsMethod =
              io.grpc.MethodDescriptor.<dev.kessai.ledger.v1.ListReconciliationsRequest, dev.kessai.ledger.v1.ListReconciliationsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListReconciliations"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.ListReconciliationsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.ListReconciliationsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new LedgerServiceMethodDescriptorSupplier("ListReconciliations"))
              .build();
        }
      }
    }
    return getListReconciliationsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ListPaymentErrorsRequest,
      dev.kessai.ledger.v1.ListPaymentErrorsResponse> getListPaymentErrorsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListPaymentErrors",
      requestType = dev.kessai.ledger.v1.ListPaymentErrorsRequest.class,
      responseType = dev.kessai.ledger.v1.ListPaymentErrorsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ListPaymentErrorsRequest,
      dev.kessai.ledger.v1.ListPaymentErrorsResponse> getListPaymentErrorsMethod() {
    io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ListPaymentErrorsRequest, dev.kessai.ledger.v1.ListPaymentErrorsResponse> getListPaymentErrorsMethod;
    if ((getListPaymentErrorsMethod = LedgerServiceGrpc.getListPaymentErrorsMethod) == null) {
      synchronized (LedgerServiceGrpc.class) {
        if ((getListPaymentErrorsMethod = LedgerServiceGrpc.getListPaymentErrorsMethod) == null) {
          LedgerServiceGrpc.getListPaymentErrorsMethod = getListPaymentErrorsMethod =
              io.grpc.MethodDescriptor.<dev.kessai.ledger.v1.ListPaymentErrorsRequest, dev.kessai.ledger.v1.ListPaymentErrorsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListPaymentErrors"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.ListPaymentErrorsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.ListPaymentErrorsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new LedgerServiceMethodDescriptorSupplier("ListPaymentErrors"))
              .build();
        }
      }
    }
    return getListPaymentErrorsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ExplainPaymentRequest,
      dev.kessai.ledger.v1.ExplainPaymentResponse> getExplainPaymentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ExplainPayment",
      requestType = dev.kessai.ledger.v1.ExplainPaymentRequest.class,
      responseType = dev.kessai.ledger.v1.ExplainPaymentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ExplainPaymentRequest,
      dev.kessai.ledger.v1.ExplainPaymentResponse> getExplainPaymentMethod() {
    io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ExplainPaymentRequest, dev.kessai.ledger.v1.ExplainPaymentResponse> getExplainPaymentMethod;
    if ((getExplainPaymentMethod = LedgerServiceGrpc.getExplainPaymentMethod) == null) {
      synchronized (LedgerServiceGrpc.class) {
        if ((getExplainPaymentMethod = LedgerServiceGrpc.getExplainPaymentMethod) == null) {
          LedgerServiceGrpc.getExplainPaymentMethod = getExplainPaymentMethod =
              io.grpc.MethodDescriptor.<dev.kessai.ledger.v1.ExplainPaymentRequest, dev.kessai.ledger.v1.ExplainPaymentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ExplainPayment"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.ExplainPaymentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.ExplainPaymentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new LedgerServiceMethodDescriptorSupplier("ExplainPayment"))
              .build();
        }
      }
    }
    return getExplainPaymentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ListRecoveriesRequest,
      dev.kessai.ledger.v1.ListRecoveriesResponse> getListRecoveriesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListRecoveries",
      requestType = dev.kessai.ledger.v1.ListRecoveriesRequest.class,
      responseType = dev.kessai.ledger.v1.ListRecoveriesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ListRecoveriesRequest,
      dev.kessai.ledger.v1.ListRecoveriesResponse> getListRecoveriesMethod() {
    io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ListRecoveriesRequest, dev.kessai.ledger.v1.ListRecoveriesResponse> getListRecoveriesMethod;
    if ((getListRecoveriesMethod = LedgerServiceGrpc.getListRecoveriesMethod) == null) {
      synchronized (LedgerServiceGrpc.class) {
        if ((getListRecoveriesMethod = LedgerServiceGrpc.getListRecoveriesMethod) == null) {
          LedgerServiceGrpc.getListRecoveriesMethod = getListRecoveriesMethod =
              io.grpc.MethodDescriptor.<dev.kessai.ledger.v1.ListRecoveriesRequest, dev.kessai.ledger.v1.ListRecoveriesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListRecoveries"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.ListRecoveriesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.ListRecoveriesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new LedgerServiceMethodDescriptorSupplier("ListRecoveries"))
              .build();
        }
      }
    }
    return getListRecoveriesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ListHoldsRequest,
      dev.kessai.ledger.v1.ListHoldsResponse> getListHoldsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListHolds",
      requestType = dev.kessai.ledger.v1.ListHoldsRequest.class,
      responseType = dev.kessai.ledger.v1.ListHoldsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ListHoldsRequest,
      dev.kessai.ledger.v1.ListHoldsResponse> getListHoldsMethod() {
    io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ListHoldsRequest, dev.kessai.ledger.v1.ListHoldsResponse> getListHoldsMethod;
    if ((getListHoldsMethod = LedgerServiceGrpc.getListHoldsMethod) == null) {
      synchronized (LedgerServiceGrpc.class) {
        if ((getListHoldsMethod = LedgerServiceGrpc.getListHoldsMethod) == null) {
          LedgerServiceGrpc.getListHoldsMethod = getListHoldsMethod =
              io.grpc.MethodDescriptor.<dev.kessai.ledger.v1.ListHoldsRequest, dev.kessai.ledger.v1.ListHoldsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListHolds"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.ListHoldsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.ListHoldsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new LedgerServiceMethodDescriptorSupplier("ListHolds"))
              .build();
        }
      }
    }
    return getListHoldsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ExportHoldCalendarRequest,
      dev.kessai.ledger.v1.ExportHoldCalendarResponse> getExportHoldCalendarMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ExportHoldCalendar",
      requestType = dev.kessai.ledger.v1.ExportHoldCalendarRequest.class,
      responseType = dev.kessai.ledger.v1.ExportHoldCalendarResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ExportHoldCalendarRequest,
      dev.kessai.ledger.v1.ExportHoldCalendarResponse> getExportHoldCalendarMethod() {
    io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ExportHoldCalendarRequest, dev.kessai.ledger.v1.ExportHoldCalendarResponse> getExportHoldCalendarMethod;
    if ((getExportHoldCalendarMethod = LedgerServiceGrpc.getExportHoldCalendarMethod) == null) {
      synchronized (LedgerServiceGrpc.class) {
        if ((getExportHoldCalendarMethod = LedgerServiceGrpc.getExportHoldCalendarMethod) == null) {
          LedgerServiceGrpc.getExportHoldCalendarMethod = getExportHoldCalendarMethod =
              io.grpc.MethodDescriptor.<dev.kessai.ledger.v1.ExportHoldCalendarRequest, dev.kessai.ledger.v1.ExportHoldCalendarResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ExportHoldCalendar"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.ExportHoldCalendarRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.ExportHoldCalendarResponse.getDefaultInstance()))
              .setSchemaDescriptor(new LedgerServiceMethodDescriptorSupplier("ExportHoldCalendar"))
              .build();
        }
      }
    }
    return getExportHoldCalendarMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.ledger.v1.GetDayCloseRequest,
      dev.kessai.ledger.v1.GetDayCloseResponse> getGetDayCloseMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetDayClose",
      requestType = dev.kessai.ledger.v1.GetDayCloseRequest.class,
      responseType = dev.kessai.ledger.v1.GetDayCloseResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.ledger.v1.GetDayCloseRequest,
      dev.kessai.ledger.v1.GetDayCloseResponse> getGetDayCloseMethod() {
    io.grpc.MethodDescriptor<dev.kessai.ledger.v1.GetDayCloseRequest, dev.kessai.ledger.v1.GetDayCloseResponse> getGetDayCloseMethod;
    if ((getGetDayCloseMethod = LedgerServiceGrpc.getGetDayCloseMethod) == null) {
      synchronized (LedgerServiceGrpc.class) {
        if ((getGetDayCloseMethod = LedgerServiceGrpc.getGetDayCloseMethod) == null) {
          LedgerServiceGrpc.getGetDayCloseMethod = getGetDayCloseMethod =
              io.grpc.MethodDescriptor.<dev.kessai.ledger.v1.GetDayCloseRequest, dev.kessai.ledger.v1.GetDayCloseResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetDayClose"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.GetDayCloseRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.GetDayCloseResponse.getDefaultInstance()))
              .setSchemaDescriptor(new LedgerServiceMethodDescriptorSupplier("GetDayClose"))
              .build();
        }
      }
    }
    return getGetDayCloseMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ListDayClosesRequest,
      dev.kessai.ledger.v1.ListDayClosesResponse> getListDayClosesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListDayCloses",
      requestType = dev.kessai.ledger.v1.ListDayClosesRequest.class,
      responseType = dev.kessai.ledger.v1.ListDayClosesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ListDayClosesRequest,
      dev.kessai.ledger.v1.ListDayClosesResponse> getListDayClosesMethod() {
    io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ListDayClosesRequest, dev.kessai.ledger.v1.ListDayClosesResponse> getListDayClosesMethod;
    if ((getListDayClosesMethod = LedgerServiceGrpc.getListDayClosesMethod) == null) {
      synchronized (LedgerServiceGrpc.class) {
        if ((getListDayClosesMethod = LedgerServiceGrpc.getListDayClosesMethod) == null) {
          LedgerServiceGrpc.getListDayClosesMethod = getListDayClosesMethod =
              io.grpc.MethodDescriptor.<dev.kessai.ledger.v1.ListDayClosesRequest, dev.kessai.ledger.v1.ListDayClosesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListDayCloses"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.ListDayClosesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.ListDayClosesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new LedgerServiceMethodDescriptorSupplier("ListDayCloses"))
              .build();
        }
      }
    }
    return getListDayClosesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.ledger.v1.GetSettlementRequest,
      dev.kessai.ledger.v1.GetSettlementResponse> getGetSettlementMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetSettlement",
      requestType = dev.kessai.ledger.v1.GetSettlementRequest.class,
      responseType = dev.kessai.ledger.v1.GetSettlementResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.ledger.v1.GetSettlementRequest,
      dev.kessai.ledger.v1.GetSettlementResponse> getGetSettlementMethod() {
    io.grpc.MethodDescriptor<dev.kessai.ledger.v1.GetSettlementRequest, dev.kessai.ledger.v1.GetSettlementResponse> getGetSettlementMethod;
    if ((getGetSettlementMethod = LedgerServiceGrpc.getGetSettlementMethod) == null) {
      synchronized (LedgerServiceGrpc.class) {
        if ((getGetSettlementMethod = LedgerServiceGrpc.getGetSettlementMethod) == null) {
          LedgerServiceGrpc.getGetSettlementMethod = getGetSettlementMethod =
              io.grpc.MethodDescriptor.<dev.kessai.ledger.v1.GetSettlementRequest, dev.kessai.ledger.v1.GetSettlementResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetSettlement"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.GetSettlementRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.GetSettlementResponse.getDefaultInstance()))
              .setSchemaDescriptor(new LedgerServiceMethodDescriptorSupplier("GetSettlement"))
              .build();
        }
      }
    }
    return getGetSettlementMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ExportSettlementRequest,
      dev.kessai.ledger.v1.ExportSettlementResponse> getExportSettlementMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ExportSettlement",
      requestType = dev.kessai.ledger.v1.ExportSettlementRequest.class,
      responseType = dev.kessai.ledger.v1.ExportSettlementResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ExportSettlementRequest,
      dev.kessai.ledger.v1.ExportSettlementResponse> getExportSettlementMethod() {
    io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ExportSettlementRequest, dev.kessai.ledger.v1.ExportSettlementResponse> getExportSettlementMethod;
    if ((getExportSettlementMethod = LedgerServiceGrpc.getExportSettlementMethod) == null) {
      synchronized (LedgerServiceGrpc.class) {
        if ((getExportSettlementMethod = LedgerServiceGrpc.getExportSettlementMethod) == null) {
          LedgerServiceGrpc.getExportSettlementMethod = getExportSettlementMethod =
              io.grpc.MethodDescriptor.<dev.kessai.ledger.v1.ExportSettlementRequest, dev.kessai.ledger.v1.ExportSettlementResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ExportSettlement"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.ExportSettlementRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.ExportSettlementResponse.getDefaultInstance()))
              .setSchemaDescriptor(new LedgerServiceMethodDescriptorSupplier("ExportSettlement"))
              .build();
        }
      }
    }
    return getExportSettlementMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ForecastDepositsRequest,
      dev.kessai.ledger.v1.ForecastDepositsResponse> getForecastDepositsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ForecastDeposits",
      requestType = dev.kessai.ledger.v1.ForecastDepositsRequest.class,
      responseType = dev.kessai.ledger.v1.ForecastDepositsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ForecastDepositsRequest,
      dev.kessai.ledger.v1.ForecastDepositsResponse> getForecastDepositsMethod() {
    io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ForecastDepositsRequest, dev.kessai.ledger.v1.ForecastDepositsResponse> getForecastDepositsMethod;
    if ((getForecastDepositsMethod = LedgerServiceGrpc.getForecastDepositsMethod) == null) {
      synchronized (LedgerServiceGrpc.class) {
        if ((getForecastDepositsMethod = LedgerServiceGrpc.getForecastDepositsMethod) == null) {
          LedgerServiceGrpc.getForecastDepositsMethod = getForecastDepositsMethod =
              io.grpc.MethodDescriptor.<dev.kessai.ledger.v1.ForecastDepositsRequest, dev.kessai.ledger.v1.ForecastDepositsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ForecastDeposits"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.ForecastDepositsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.ForecastDepositsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new LedgerServiceMethodDescriptorSupplier("ForecastDeposits"))
              .build();
        }
      }
    }
    return getForecastDepositsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.ledger.v1.MatchStatementRequest,
      dev.kessai.ledger.v1.MatchStatementResponse> getMatchStatementMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "MatchStatement",
      requestType = dev.kessai.ledger.v1.MatchStatementRequest.class,
      responseType = dev.kessai.ledger.v1.MatchStatementResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.ledger.v1.MatchStatementRequest,
      dev.kessai.ledger.v1.MatchStatementResponse> getMatchStatementMethod() {
    io.grpc.MethodDescriptor<dev.kessai.ledger.v1.MatchStatementRequest, dev.kessai.ledger.v1.MatchStatementResponse> getMatchStatementMethod;
    if ((getMatchStatementMethod = LedgerServiceGrpc.getMatchStatementMethod) == null) {
      synchronized (LedgerServiceGrpc.class) {
        if ((getMatchStatementMethod = LedgerServiceGrpc.getMatchStatementMethod) == null) {
          LedgerServiceGrpc.getMatchStatementMethod = getMatchStatementMethod =
              io.grpc.MethodDescriptor.<dev.kessai.ledger.v1.MatchStatementRequest, dev.kessai.ledger.v1.MatchStatementResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "MatchStatement"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.MatchStatementRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.MatchStatementResponse.getDefaultInstance()))
              .setSchemaDescriptor(new LedgerServiceMethodDescriptorSupplier("MatchStatement"))
              .build();
        }
      }
    }
    return getMatchStatementMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ImportOrdersRequest,
      dev.kessai.ledger.v1.ImportOrdersResponse> getImportOrdersMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ImportOrders",
      requestType = dev.kessai.ledger.v1.ImportOrdersRequest.class,
      responseType = dev.kessai.ledger.v1.ImportOrdersResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ImportOrdersRequest,
      dev.kessai.ledger.v1.ImportOrdersResponse> getImportOrdersMethod() {
    io.grpc.MethodDescriptor<dev.kessai.ledger.v1.ImportOrdersRequest, dev.kessai.ledger.v1.ImportOrdersResponse> getImportOrdersMethod;
    if ((getImportOrdersMethod = LedgerServiceGrpc.getImportOrdersMethod) == null) {
      synchronized (LedgerServiceGrpc.class) {
        if ((getImportOrdersMethod = LedgerServiceGrpc.getImportOrdersMethod) == null) {
          LedgerServiceGrpc.getImportOrdersMethod = getImportOrdersMethod =
              io.grpc.MethodDescriptor.<dev.kessai.ledger.v1.ImportOrdersRequest, dev.kessai.ledger.v1.ImportOrdersResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ImportOrders"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.ImportOrdersRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.ledger.v1.ImportOrdersResponse.getDefaultInstance()))
              .setSchemaDescriptor(new LedgerServiceMethodDescriptorSupplier("ImportOrders"))
              .build();
        }
      }
    }
    return getImportOrdersMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static LedgerServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<LedgerServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<LedgerServiceStub>() {
        @java.lang.Override
        public LedgerServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new LedgerServiceStub(channel, callOptions);
        }
      };
    return LedgerServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static LedgerServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<LedgerServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<LedgerServiceBlockingV2Stub>() {
        @java.lang.Override
        public LedgerServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new LedgerServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return LedgerServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static LedgerServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<LedgerServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<LedgerServiceBlockingStub>() {
        @java.lang.Override
        public LedgerServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new LedgerServiceBlockingStub(channel, callOptions);
        }
      };
    return LedgerServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static LedgerServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<LedgerServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<LedgerServiceFutureStub>() {
        @java.lang.Override
        public LedgerServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new LedgerServiceFutureStub(channel, callOptions);
        }
      };
    return LedgerServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * LedgerService is where an operator looks after a shop's money: what was lost,
   * what differs, what failed, what lapses, and what it all comes to. It answers
   * about the shop and environment of the caller's key, from the books. Scope of
   * every call: operator.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * VerifyLedger reads the books from their first event and proves every hash, seal
     * and invariant, while they are in use. It tells how far it is; the last message
     * says what is wrong.
     * </pre>
     */
    default void verifyLedger(dev.kessai.ledger.v1.VerifyLedgerRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.VerifyLedgerResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getVerifyLedgerMethod(), responseObserver);
    }

    /**
     * <pre>
     * ListOrphans reads lost orders, newest first (R39, R40): what became of each, and
     * what to do. RegisterOrder and CancelPayment do it.
     * </pre>
     */
    default void listOrphans(dev.kessai.ledger.v1.ListOrphansRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ListOrphansResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListOrphansMethod(), responseObserver);
    }

    /**
     * <pre>
     * ListDifferences reads payments that need an operator, newest first (R42).
     * </pre>
     */
    default void listDifferences(dev.kessai.ledger.v1.ListDifferencesRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ListDifferencesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListDifferencesMethod(), responseObserver);
    }

    /**
     * <pre>
     * ResolveDifference ends one: the books take over what the provider shows, or stay
     * as they are. Either is a new entry, and nothing is overwritten. Above the shop's
     * limit it waits for a second person: the first call proposes, another key agrees.
     * </pre>
     */
    default void resolveDifference(dev.kessai.ledger.v1.ResolveDifferenceRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ResolveDifferenceResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getResolveDifferenceMethod(), responseObserver);
    }

    /**
     * <pre>
     * RunReconciliation compares every open payment, a sample of closed ones and the
     * cards on file with the provider, now (R42). It tells how far it is.
     * </pre>
     */
    default void runReconciliation(dev.kessai.ledger.v1.RunReconciliationRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.RunReconciliationResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRunReconciliationMethod(), responseObserver);
    }

    /**
     * <pre>
     * ListReconciliations reads the latest ones, newest first.
     * </pre>
     */
    default void listReconciliations(dev.kessai.ledger.v1.ListReconciliationsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ListReconciliationsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListReconciliationsMethod(), responseObserver);
    }

    /**
     * <pre>
     * ListPaymentErrors reads every failure, newest first, with what it means and what
     * to do (R41).
     * </pre>
     */
    default void listPaymentErrors(dev.kessai.ledger.v1.ListPaymentErrorsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ListPaymentErrorsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListPaymentErrorsMethod(), responseObserver);
    }

    /**
     * <pre>
     * ExplainPayment tells what happened to a payment and why, in Japanese and English.
     * </pre>
     */
    default void explainPayment(dev.kessai.ledger.v1.ExplainPaymentRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ExplainPaymentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getExplainPaymentMethod(), responseObserver);
    }

    /**
     * <pre>
     * ListRecoveries reads what was under way when kessai last stopped without
     * finishing, and what became of it.
     * </pre>
     */
    default void listRecoveries(dev.kessai.ledger.v1.ListRecoveriesRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ListRecoveriesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListRecoveriesMethod(), responseObserver);
    }

    /**
     * <pre>
     * ListHolds reads what is held and not charged, the soonest to lapse first.
     * </pre>
     */
    default void listHolds(dev.kessai.ledger.v1.ListHoldsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ListHoldsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListHoldsMethod(), responseObserver);
    }

    /**
     * <pre>
     * ExportHoldCalendar gives the ends of holds as an iCalendar file, one day an event.
     * Over REST the answer is the file itself.
     * </pre>
     */
    default void exportHoldCalendar(dev.kessai.ledger.v1.ExportHoldCalendarRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ExportHoldCalendarResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getExportHoldCalendarMethod(), responseObserver);
    }

    /**
     * <pre>
     * GetDayClose reads one day; today as it is so far.
     * </pre>
     */
    default void getDayClose(dev.kessai.ledger.v1.GetDayCloseRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.GetDayCloseResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetDayCloseMethod(), responseObserver);
    }

    /**
     * <pre>
     * ListDayCloses reads the shop's days, newest first, today among them.
     * </pre>
     */
    default void listDayCloses(dev.kessai.ledger.v1.ListDayClosesRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ListDayClosesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListDayClosesMethod(), responseObserver);
    }

    /**
     * <pre>
     * GetSettlement reads what was settled from one day to another, and the fee (R22).
     * </pre>
     */
    default void getSettlement(dev.kessai.ledger.v1.GetSettlementRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.GetSettlementResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetSettlementMethod(), responseObserver);
    }

    /**
     * <pre>
     * ExportSettlement gives each payment of a settlement as CSV, UTF-8 with its mark and
     * CRLF. Over REST the answer is the file itself.
     * </pre>
     */
    default void exportSettlement(dev.kessai.ledger.v1.ExportSettlementRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ExportSettlementResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getExportSettlementMethod(), responseObserver);
    }

    /**
     * <pre>
     * ForecastDeposits reads what the provider is expected to pay out, and when.
     * </pre>
     */
    default void forecastDeposits(dev.kessai.ledger.v1.ForecastDepositsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ForecastDepositsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getForecastDepositsMethod(), responseObserver);
    }

    /**
     * <pre>
     * MatchStatement holds the provider's statement, a CSV, against the books, row by
     * row. Nothing is changed. Over REST the body is the file itself.
     * </pre>
     */
    default void matchStatement(dev.kessai.ledger.v1.MatchStatementRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.MatchStatementResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getMatchStatementMethod(), responseObserver);
    }

    /**
     * <pre>
     * ImportOrders takes over the open orders of another shop system, a CSV of order
     * numbers, acceptance numbers and states: the provider is asked about each, and what
     * it shows is what the books begin with. A dry run changes nothing and says where
     * the file and the provider differ. The same file again changes nothing more. Over
     * REST the body is the file itself.
     * </pre>
     */
    default void importOrders(dev.kessai.ledger.v1.ImportOrdersRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ImportOrdersResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getImportOrdersMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service LedgerService.
   * <pre>
   * LedgerService is where an operator looks after a shop's money: what was lost,
   * what differs, what failed, what lapses, and what it all comes to. It answers
   * about the shop and environment of the caller's key, from the books. Scope of
   * every call: operator.
   * </pre>
   */
  public static abstract class LedgerServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return LedgerServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service LedgerService.
   * <pre>
   * LedgerService is where an operator looks after a shop's money: what was lost,
   * what differs, what failed, what lapses, and what it all comes to. It answers
   * about the shop and environment of the caller's key, from the books. Scope of
   * every call: operator.
   * </pre>
   */
  public static final class LedgerServiceStub
      extends io.grpc.stub.AbstractAsyncStub<LedgerServiceStub> {
    private LedgerServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected LedgerServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new LedgerServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * VerifyLedger reads the books from their first event and proves every hash, seal
     * and invariant, while they are in use. It tells how far it is; the last message
     * says what is wrong.
     * </pre>
     */
    public void verifyLedger(dev.kessai.ledger.v1.VerifyLedgerRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.VerifyLedgerResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getVerifyLedgerMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ListOrphans reads lost orders, newest first (R39, R40): what became of each, and
     * what to do. RegisterOrder and CancelPayment do it.
     * </pre>
     */
    public void listOrphans(dev.kessai.ledger.v1.ListOrphansRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ListOrphansResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListOrphansMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ListDifferences reads payments that need an operator, newest first (R42).
     * </pre>
     */
    public void listDifferences(dev.kessai.ledger.v1.ListDifferencesRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ListDifferencesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListDifferencesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ResolveDifference ends one: the books take over what the provider shows, or stay
     * as they are. Either is a new entry, and nothing is overwritten. Above the shop's
     * limit it waits for a second person: the first call proposes, another key agrees.
     * </pre>
     */
    public void resolveDifference(dev.kessai.ledger.v1.ResolveDifferenceRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ResolveDifferenceResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getResolveDifferenceMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * RunReconciliation compares every open payment, a sample of closed ones and the
     * cards on file with the provider, now (R42). It tells how far it is.
     * </pre>
     */
    public void runReconciliation(dev.kessai.ledger.v1.RunReconciliationRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.RunReconciliationResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getRunReconciliationMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ListReconciliations reads the latest ones, newest first.
     * </pre>
     */
    public void listReconciliations(dev.kessai.ledger.v1.ListReconciliationsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ListReconciliationsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListReconciliationsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ListPaymentErrors reads every failure, newest first, with what it means and what
     * to do (R41).
     * </pre>
     */
    public void listPaymentErrors(dev.kessai.ledger.v1.ListPaymentErrorsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ListPaymentErrorsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListPaymentErrorsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ExplainPayment tells what happened to a payment and why, in Japanese and English.
     * </pre>
     */
    public void explainPayment(dev.kessai.ledger.v1.ExplainPaymentRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ExplainPaymentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getExplainPaymentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ListRecoveries reads what was under way when kessai last stopped without
     * finishing, and what became of it.
     * </pre>
     */
    public void listRecoveries(dev.kessai.ledger.v1.ListRecoveriesRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ListRecoveriesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListRecoveriesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ListHolds reads what is held and not charged, the soonest to lapse first.
     * </pre>
     */
    public void listHolds(dev.kessai.ledger.v1.ListHoldsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ListHoldsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListHoldsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ExportHoldCalendar gives the ends of holds as an iCalendar file, one day an event.
     * Over REST the answer is the file itself.
     * </pre>
     */
    public void exportHoldCalendar(dev.kessai.ledger.v1.ExportHoldCalendarRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ExportHoldCalendarResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getExportHoldCalendarMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * GetDayClose reads one day; today as it is so far.
     * </pre>
     */
    public void getDayClose(dev.kessai.ledger.v1.GetDayCloseRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.GetDayCloseResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetDayCloseMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ListDayCloses reads the shop's days, newest first, today among them.
     * </pre>
     */
    public void listDayCloses(dev.kessai.ledger.v1.ListDayClosesRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ListDayClosesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListDayClosesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * GetSettlement reads what was settled from one day to another, and the fee (R22).
     * </pre>
     */
    public void getSettlement(dev.kessai.ledger.v1.GetSettlementRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.GetSettlementResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetSettlementMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ExportSettlement gives each payment of a settlement as CSV, UTF-8 with its mark and
     * CRLF. Over REST the answer is the file itself.
     * </pre>
     */
    public void exportSettlement(dev.kessai.ledger.v1.ExportSettlementRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ExportSettlementResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getExportSettlementMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ForecastDeposits reads what the provider is expected to pay out, and when.
     * </pre>
     */
    public void forecastDeposits(dev.kessai.ledger.v1.ForecastDepositsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ForecastDepositsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getForecastDepositsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * MatchStatement holds the provider's statement, a CSV, against the books, row by
     * row. Nothing is changed. Over REST the body is the file itself.
     * </pre>
     */
    public void matchStatement(dev.kessai.ledger.v1.MatchStatementRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.MatchStatementResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getMatchStatementMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ImportOrders takes over the open orders of another shop system, a CSV of order
     * numbers, acceptance numbers and states: the provider is asked about each, and what
     * it shows is what the books begin with. A dry run changes nothing and says where
     * the file and the provider differ. The same file again changes nothing more. Over
     * REST the body is the file itself.
     * </pre>
     */
    public void importOrders(dev.kessai.ledger.v1.ImportOrdersRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ImportOrdersResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getImportOrdersMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service LedgerService.
   * <pre>
   * LedgerService is where an operator looks after a shop's money: what was lost,
   * what differs, what failed, what lapses, and what it all comes to. It answers
   * about the shop and environment of the caller's key, from the books. Scope of
   * every call: operator.
   * </pre>
   */
  public static final class LedgerServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<LedgerServiceBlockingV2Stub> {
    private LedgerServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected LedgerServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new LedgerServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * VerifyLedger reads the books from their first event and proves every hash, seal
     * and invariant, while they are in use. It tells how far it is; the last message
     * says what is wrong.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, dev.kessai.ledger.v1.VerifyLedgerResponse>
        verifyLedger(dev.kessai.ledger.v1.VerifyLedgerRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getVerifyLedgerMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListOrphans reads lost orders, newest first (R39, R40): what became of each, and
     * what to do. RegisterOrder and CancelPayment do it.
     * </pre>
     */
    public dev.kessai.ledger.v1.ListOrphansResponse listOrphans(dev.kessai.ledger.v1.ListOrphansRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListOrphansMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListDifferences reads payments that need an operator, newest first (R42).
     * </pre>
     */
    public dev.kessai.ledger.v1.ListDifferencesResponse listDifferences(dev.kessai.ledger.v1.ListDifferencesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListDifferencesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ResolveDifference ends one: the books take over what the provider shows, or stay
     * as they are. Either is a new entry, and nothing is overwritten. Above the shop's
     * limit it waits for a second person: the first call proposes, another key agrees.
     * </pre>
     */
    public dev.kessai.ledger.v1.ResolveDifferenceResponse resolveDifference(dev.kessai.ledger.v1.ResolveDifferenceRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getResolveDifferenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * RunReconciliation compares every open payment, a sample of closed ones and the
     * cards on file with the provider, now (R42). It tells how far it is.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, dev.kessai.ledger.v1.RunReconciliationResponse>
        runReconciliation(dev.kessai.ledger.v1.RunReconciliationRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getRunReconciliationMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListReconciliations reads the latest ones, newest first.
     * </pre>
     */
    public dev.kessai.ledger.v1.ListReconciliationsResponse listReconciliations(dev.kessai.ledger.v1.ListReconciliationsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListReconciliationsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListPaymentErrors reads every failure, newest first, with what it means and what
     * to do (R41).
     * </pre>
     */
    public dev.kessai.ledger.v1.ListPaymentErrorsResponse listPaymentErrors(dev.kessai.ledger.v1.ListPaymentErrorsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListPaymentErrorsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ExplainPayment tells what happened to a payment and why, in Japanese and English.
     * </pre>
     */
    public dev.kessai.ledger.v1.ExplainPaymentResponse explainPayment(dev.kessai.ledger.v1.ExplainPaymentRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getExplainPaymentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListRecoveries reads what was under way when kessai last stopped without
     * finishing, and what became of it.
     * </pre>
     */
    public dev.kessai.ledger.v1.ListRecoveriesResponse listRecoveries(dev.kessai.ledger.v1.ListRecoveriesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListRecoveriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListHolds reads what is held and not charged, the soonest to lapse first.
     * </pre>
     */
    public dev.kessai.ledger.v1.ListHoldsResponse listHolds(dev.kessai.ledger.v1.ListHoldsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListHoldsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ExportHoldCalendar gives the ends of holds as an iCalendar file, one day an event.
     * Over REST the answer is the file itself.
     * </pre>
     */
    public dev.kessai.ledger.v1.ExportHoldCalendarResponse exportHoldCalendar(dev.kessai.ledger.v1.ExportHoldCalendarRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getExportHoldCalendarMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * GetDayClose reads one day; today as it is so far.
     * </pre>
     */
    public dev.kessai.ledger.v1.GetDayCloseResponse getDayClose(dev.kessai.ledger.v1.GetDayCloseRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetDayCloseMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListDayCloses reads the shop's days, newest first, today among them.
     * </pre>
     */
    public dev.kessai.ledger.v1.ListDayClosesResponse listDayCloses(dev.kessai.ledger.v1.ListDayClosesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListDayClosesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * GetSettlement reads what was settled from one day to another, and the fee (R22).
     * </pre>
     */
    public dev.kessai.ledger.v1.GetSettlementResponse getSettlement(dev.kessai.ledger.v1.GetSettlementRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetSettlementMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ExportSettlement gives each payment of a settlement as CSV, UTF-8 with its mark and
     * CRLF. Over REST the answer is the file itself.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, dev.kessai.ledger.v1.ExportSettlementResponse>
        exportSettlement(dev.kessai.ledger.v1.ExportSettlementRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getExportSettlementMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ForecastDeposits reads what the provider is expected to pay out, and when.
     * </pre>
     */
    public dev.kessai.ledger.v1.ForecastDepositsResponse forecastDeposits(dev.kessai.ledger.v1.ForecastDepositsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getForecastDepositsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * MatchStatement holds the provider's statement, a CSV, against the books, row by
     * row. Nothing is changed. Over REST the body is the file itself.
     * </pre>
     */
    public dev.kessai.ledger.v1.MatchStatementResponse matchStatement(dev.kessai.ledger.v1.MatchStatementRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getMatchStatementMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ImportOrders takes over the open orders of another shop system, a CSV of order
     * numbers, acceptance numbers and states: the provider is asked about each, and what
     * it shows is what the books begin with. A dry run changes nothing and says where
     * the file and the provider differ. The same file again changes nothing more. Over
     * REST the body is the file itself.
     * </pre>
     */
    public dev.kessai.ledger.v1.ImportOrdersResponse importOrders(dev.kessai.ledger.v1.ImportOrdersRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getImportOrdersMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service LedgerService.
   * <pre>
   * LedgerService is where an operator looks after a shop's money: what was lost,
   * what differs, what failed, what lapses, and what it all comes to. It answers
   * about the shop and environment of the caller's key, from the books. Scope of
   * every call: operator.
   * </pre>
   */
  public static final class LedgerServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<LedgerServiceBlockingStub> {
    private LedgerServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected LedgerServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new LedgerServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * VerifyLedger reads the books from their first event and proves every hash, seal
     * and invariant, while they are in use. It tells how far it is; the last message
     * says what is wrong.
     * </pre>
     */
    public java.util.Iterator<dev.kessai.ledger.v1.VerifyLedgerResponse> verifyLedger(
        dev.kessai.ledger.v1.VerifyLedgerRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getVerifyLedgerMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListOrphans reads lost orders, newest first (R39, R40): what became of each, and
     * what to do. RegisterOrder and CancelPayment do it.
     * </pre>
     */
    public dev.kessai.ledger.v1.ListOrphansResponse listOrphans(dev.kessai.ledger.v1.ListOrphansRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListOrphansMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListDifferences reads payments that need an operator, newest first (R42).
     * </pre>
     */
    public dev.kessai.ledger.v1.ListDifferencesResponse listDifferences(dev.kessai.ledger.v1.ListDifferencesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListDifferencesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ResolveDifference ends one: the books take over what the provider shows, or stay
     * as they are. Either is a new entry, and nothing is overwritten. Above the shop's
     * limit it waits for a second person: the first call proposes, another key agrees.
     * </pre>
     */
    public dev.kessai.ledger.v1.ResolveDifferenceResponse resolveDifference(dev.kessai.ledger.v1.ResolveDifferenceRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getResolveDifferenceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * RunReconciliation compares every open payment, a sample of closed ones and the
     * cards on file with the provider, now (R42). It tells how far it is.
     * </pre>
     */
    public java.util.Iterator<dev.kessai.ledger.v1.RunReconciliationResponse> runReconciliation(
        dev.kessai.ledger.v1.RunReconciliationRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getRunReconciliationMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListReconciliations reads the latest ones, newest first.
     * </pre>
     */
    public dev.kessai.ledger.v1.ListReconciliationsResponse listReconciliations(dev.kessai.ledger.v1.ListReconciliationsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListReconciliationsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListPaymentErrors reads every failure, newest first, with what it means and what
     * to do (R41).
     * </pre>
     */
    public dev.kessai.ledger.v1.ListPaymentErrorsResponse listPaymentErrors(dev.kessai.ledger.v1.ListPaymentErrorsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListPaymentErrorsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ExplainPayment tells what happened to a payment and why, in Japanese and English.
     * </pre>
     */
    public dev.kessai.ledger.v1.ExplainPaymentResponse explainPayment(dev.kessai.ledger.v1.ExplainPaymentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getExplainPaymentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListRecoveries reads what was under way when kessai last stopped without
     * finishing, and what became of it.
     * </pre>
     */
    public dev.kessai.ledger.v1.ListRecoveriesResponse listRecoveries(dev.kessai.ledger.v1.ListRecoveriesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListRecoveriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListHolds reads what is held and not charged, the soonest to lapse first.
     * </pre>
     */
    public dev.kessai.ledger.v1.ListHoldsResponse listHolds(dev.kessai.ledger.v1.ListHoldsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListHoldsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ExportHoldCalendar gives the ends of holds as an iCalendar file, one day an event.
     * Over REST the answer is the file itself.
     * </pre>
     */
    public dev.kessai.ledger.v1.ExportHoldCalendarResponse exportHoldCalendar(dev.kessai.ledger.v1.ExportHoldCalendarRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getExportHoldCalendarMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * GetDayClose reads one day; today as it is so far.
     * </pre>
     */
    public dev.kessai.ledger.v1.GetDayCloseResponse getDayClose(dev.kessai.ledger.v1.GetDayCloseRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetDayCloseMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListDayCloses reads the shop's days, newest first, today among them.
     * </pre>
     */
    public dev.kessai.ledger.v1.ListDayClosesResponse listDayCloses(dev.kessai.ledger.v1.ListDayClosesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListDayClosesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * GetSettlement reads what was settled from one day to another, and the fee (R22).
     * </pre>
     */
    public dev.kessai.ledger.v1.GetSettlementResponse getSettlement(dev.kessai.ledger.v1.GetSettlementRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetSettlementMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ExportSettlement gives each payment of a settlement as CSV, UTF-8 with its mark and
     * CRLF. Over REST the answer is the file itself.
     * </pre>
     */
    public java.util.Iterator<dev.kessai.ledger.v1.ExportSettlementResponse> exportSettlement(
        dev.kessai.ledger.v1.ExportSettlementRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getExportSettlementMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ForecastDeposits reads what the provider is expected to pay out, and when.
     * </pre>
     */
    public dev.kessai.ledger.v1.ForecastDepositsResponse forecastDeposits(dev.kessai.ledger.v1.ForecastDepositsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getForecastDepositsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * MatchStatement holds the provider's statement, a CSV, against the books, row by
     * row. Nothing is changed. Over REST the body is the file itself.
     * </pre>
     */
    public dev.kessai.ledger.v1.MatchStatementResponse matchStatement(dev.kessai.ledger.v1.MatchStatementRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getMatchStatementMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ImportOrders takes over the open orders of another shop system, a CSV of order
     * numbers, acceptance numbers and states: the provider is asked about each, and what
     * it shows is what the books begin with. A dry run changes nothing and says where
     * the file and the provider differ. The same file again changes nothing more. Over
     * REST the body is the file itself.
     * </pre>
     */
    public dev.kessai.ledger.v1.ImportOrdersResponse importOrders(dev.kessai.ledger.v1.ImportOrdersRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getImportOrdersMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service LedgerService.
   * <pre>
   * LedgerService is where an operator looks after a shop's money: what was lost,
   * what differs, what failed, what lapses, and what it all comes to. It answers
   * about the shop and environment of the caller's key, from the books. Scope of
   * every call: operator.
   * </pre>
   */
  public static final class LedgerServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<LedgerServiceFutureStub> {
    private LedgerServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected LedgerServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new LedgerServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * ListOrphans reads lost orders, newest first (R39, R40): what became of each, and
     * what to do. RegisterOrder and CancelPayment do it.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.ledger.v1.ListOrphansResponse> listOrphans(
        dev.kessai.ledger.v1.ListOrphansRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListOrphansMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ListDifferences reads payments that need an operator, newest first (R42).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.ledger.v1.ListDifferencesResponse> listDifferences(
        dev.kessai.ledger.v1.ListDifferencesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListDifferencesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ResolveDifference ends one: the books take over what the provider shows, or stay
     * as they are. Either is a new entry, and nothing is overwritten. Above the shop's
     * limit it waits for a second person: the first call proposes, another key agrees.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.ledger.v1.ResolveDifferenceResponse> resolveDifference(
        dev.kessai.ledger.v1.ResolveDifferenceRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getResolveDifferenceMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ListReconciliations reads the latest ones, newest first.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.ledger.v1.ListReconciliationsResponse> listReconciliations(
        dev.kessai.ledger.v1.ListReconciliationsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListReconciliationsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ListPaymentErrors reads every failure, newest first, with what it means and what
     * to do (R41).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.ledger.v1.ListPaymentErrorsResponse> listPaymentErrors(
        dev.kessai.ledger.v1.ListPaymentErrorsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListPaymentErrorsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ExplainPayment tells what happened to a payment and why, in Japanese and English.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.ledger.v1.ExplainPaymentResponse> explainPayment(
        dev.kessai.ledger.v1.ExplainPaymentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getExplainPaymentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ListRecoveries reads what was under way when kessai last stopped without
     * finishing, and what became of it.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.ledger.v1.ListRecoveriesResponse> listRecoveries(
        dev.kessai.ledger.v1.ListRecoveriesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListRecoveriesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ListHolds reads what is held and not charged, the soonest to lapse first.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.ledger.v1.ListHoldsResponse> listHolds(
        dev.kessai.ledger.v1.ListHoldsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListHoldsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ExportHoldCalendar gives the ends of holds as an iCalendar file, one day an event.
     * Over REST the answer is the file itself.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.ledger.v1.ExportHoldCalendarResponse> exportHoldCalendar(
        dev.kessai.ledger.v1.ExportHoldCalendarRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getExportHoldCalendarMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * GetDayClose reads one day; today as it is so far.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.ledger.v1.GetDayCloseResponse> getDayClose(
        dev.kessai.ledger.v1.GetDayCloseRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetDayCloseMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ListDayCloses reads the shop's days, newest first, today among them.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.ledger.v1.ListDayClosesResponse> listDayCloses(
        dev.kessai.ledger.v1.ListDayClosesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListDayClosesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * GetSettlement reads what was settled from one day to another, and the fee (R22).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.ledger.v1.GetSettlementResponse> getSettlement(
        dev.kessai.ledger.v1.GetSettlementRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetSettlementMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ForecastDeposits reads what the provider is expected to pay out, and when.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.ledger.v1.ForecastDepositsResponse> forecastDeposits(
        dev.kessai.ledger.v1.ForecastDepositsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getForecastDepositsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * MatchStatement holds the provider's statement, a CSV, against the books, row by
     * row. Nothing is changed. Over REST the body is the file itself.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.ledger.v1.MatchStatementResponse> matchStatement(
        dev.kessai.ledger.v1.MatchStatementRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getMatchStatementMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ImportOrders takes over the open orders of another shop system, a CSV of order
     * numbers, acceptance numbers and states: the provider is asked about each, and what
     * it shows is what the books begin with. A dry run changes nothing and says where
     * the file and the provider differ. The same file again changes nothing more. Over
     * REST the body is the file itself.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.ledger.v1.ImportOrdersResponse> importOrders(
        dev.kessai.ledger.v1.ImportOrdersRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getImportOrdersMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_VERIFY_LEDGER = 0;
  private static final int METHODID_LIST_ORPHANS = 1;
  private static final int METHODID_LIST_DIFFERENCES = 2;
  private static final int METHODID_RESOLVE_DIFFERENCE = 3;
  private static final int METHODID_RUN_RECONCILIATION = 4;
  private static final int METHODID_LIST_RECONCILIATIONS = 5;
  private static final int METHODID_LIST_PAYMENT_ERRORS = 6;
  private static final int METHODID_EXPLAIN_PAYMENT = 7;
  private static final int METHODID_LIST_RECOVERIES = 8;
  private static final int METHODID_LIST_HOLDS = 9;
  private static final int METHODID_EXPORT_HOLD_CALENDAR = 10;
  private static final int METHODID_GET_DAY_CLOSE = 11;
  private static final int METHODID_LIST_DAY_CLOSES = 12;
  private static final int METHODID_GET_SETTLEMENT = 13;
  private static final int METHODID_EXPORT_SETTLEMENT = 14;
  private static final int METHODID_FORECAST_DEPOSITS = 15;
  private static final int METHODID_MATCH_STATEMENT = 16;
  private static final int METHODID_IMPORT_ORDERS = 17;

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
        case METHODID_VERIFY_LEDGER:
          serviceImpl.verifyLedger((dev.kessai.ledger.v1.VerifyLedgerRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.VerifyLedgerResponse>) responseObserver);
          break;
        case METHODID_LIST_ORPHANS:
          serviceImpl.listOrphans((dev.kessai.ledger.v1.ListOrphansRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ListOrphansResponse>) responseObserver);
          break;
        case METHODID_LIST_DIFFERENCES:
          serviceImpl.listDifferences((dev.kessai.ledger.v1.ListDifferencesRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ListDifferencesResponse>) responseObserver);
          break;
        case METHODID_RESOLVE_DIFFERENCE:
          serviceImpl.resolveDifference((dev.kessai.ledger.v1.ResolveDifferenceRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ResolveDifferenceResponse>) responseObserver);
          break;
        case METHODID_RUN_RECONCILIATION:
          serviceImpl.runReconciliation((dev.kessai.ledger.v1.RunReconciliationRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.RunReconciliationResponse>) responseObserver);
          break;
        case METHODID_LIST_RECONCILIATIONS:
          serviceImpl.listReconciliations((dev.kessai.ledger.v1.ListReconciliationsRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ListReconciliationsResponse>) responseObserver);
          break;
        case METHODID_LIST_PAYMENT_ERRORS:
          serviceImpl.listPaymentErrors((dev.kessai.ledger.v1.ListPaymentErrorsRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ListPaymentErrorsResponse>) responseObserver);
          break;
        case METHODID_EXPLAIN_PAYMENT:
          serviceImpl.explainPayment((dev.kessai.ledger.v1.ExplainPaymentRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ExplainPaymentResponse>) responseObserver);
          break;
        case METHODID_LIST_RECOVERIES:
          serviceImpl.listRecoveries((dev.kessai.ledger.v1.ListRecoveriesRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ListRecoveriesResponse>) responseObserver);
          break;
        case METHODID_LIST_HOLDS:
          serviceImpl.listHolds((dev.kessai.ledger.v1.ListHoldsRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ListHoldsResponse>) responseObserver);
          break;
        case METHODID_EXPORT_HOLD_CALENDAR:
          serviceImpl.exportHoldCalendar((dev.kessai.ledger.v1.ExportHoldCalendarRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ExportHoldCalendarResponse>) responseObserver);
          break;
        case METHODID_GET_DAY_CLOSE:
          serviceImpl.getDayClose((dev.kessai.ledger.v1.GetDayCloseRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.GetDayCloseResponse>) responseObserver);
          break;
        case METHODID_LIST_DAY_CLOSES:
          serviceImpl.listDayCloses((dev.kessai.ledger.v1.ListDayClosesRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ListDayClosesResponse>) responseObserver);
          break;
        case METHODID_GET_SETTLEMENT:
          serviceImpl.getSettlement((dev.kessai.ledger.v1.GetSettlementRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.GetSettlementResponse>) responseObserver);
          break;
        case METHODID_EXPORT_SETTLEMENT:
          serviceImpl.exportSettlement((dev.kessai.ledger.v1.ExportSettlementRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ExportSettlementResponse>) responseObserver);
          break;
        case METHODID_FORECAST_DEPOSITS:
          serviceImpl.forecastDeposits((dev.kessai.ledger.v1.ForecastDepositsRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ForecastDepositsResponse>) responseObserver);
          break;
        case METHODID_MATCH_STATEMENT:
          serviceImpl.matchStatement((dev.kessai.ledger.v1.MatchStatementRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.MatchStatementResponse>) responseObserver);
          break;
        case METHODID_IMPORT_ORDERS:
          serviceImpl.importOrders((dev.kessai.ledger.v1.ImportOrdersRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.ledger.v1.ImportOrdersResponse>) responseObserver);
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
          getVerifyLedgerMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              dev.kessai.ledger.v1.VerifyLedgerRequest,
              dev.kessai.ledger.v1.VerifyLedgerResponse>(
                service, METHODID_VERIFY_LEDGER)))
        .addMethod(
          getListOrphansMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.ledger.v1.ListOrphansRequest,
              dev.kessai.ledger.v1.ListOrphansResponse>(
                service, METHODID_LIST_ORPHANS)))
        .addMethod(
          getListDifferencesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.ledger.v1.ListDifferencesRequest,
              dev.kessai.ledger.v1.ListDifferencesResponse>(
                service, METHODID_LIST_DIFFERENCES)))
        .addMethod(
          getResolveDifferenceMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.ledger.v1.ResolveDifferenceRequest,
              dev.kessai.ledger.v1.ResolveDifferenceResponse>(
                service, METHODID_RESOLVE_DIFFERENCE)))
        .addMethod(
          getRunReconciliationMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              dev.kessai.ledger.v1.RunReconciliationRequest,
              dev.kessai.ledger.v1.RunReconciliationResponse>(
                service, METHODID_RUN_RECONCILIATION)))
        .addMethod(
          getListReconciliationsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.ledger.v1.ListReconciliationsRequest,
              dev.kessai.ledger.v1.ListReconciliationsResponse>(
                service, METHODID_LIST_RECONCILIATIONS)))
        .addMethod(
          getListPaymentErrorsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.ledger.v1.ListPaymentErrorsRequest,
              dev.kessai.ledger.v1.ListPaymentErrorsResponse>(
                service, METHODID_LIST_PAYMENT_ERRORS)))
        .addMethod(
          getExplainPaymentMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.ledger.v1.ExplainPaymentRequest,
              dev.kessai.ledger.v1.ExplainPaymentResponse>(
                service, METHODID_EXPLAIN_PAYMENT)))
        .addMethod(
          getListRecoveriesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.ledger.v1.ListRecoveriesRequest,
              dev.kessai.ledger.v1.ListRecoveriesResponse>(
                service, METHODID_LIST_RECOVERIES)))
        .addMethod(
          getListHoldsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.ledger.v1.ListHoldsRequest,
              dev.kessai.ledger.v1.ListHoldsResponse>(
                service, METHODID_LIST_HOLDS)))
        .addMethod(
          getExportHoldCalendarMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.ledger.v1.ExportHoldCalendarRequest,
              dev.kessai.ledger.v1.ExportHoldCalendarResponse>(
                service, METHODID_EXPORT_HOLD_CALENDAR)))
        .addMethod(
          getGetDayCloseMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.ledger.v1.GetDayCloseRequest,
              dev.kessai.ledger.v1.GetDayCloseResponse>(
                service, METHODID_GET_DAY_CLOSE)))
        .addMethod(
          getListDayClosesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.ledger.v1.ListDayClosesRequest,
              dev.kessai.ledger.v1.ListDayClosesResponse>(
                service, METHODID_LIST_DAY_CLOSES)))
        .addMethod(
          getGetSettlementMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.ledger.v1.GetSettlementRequest,
              dev.kessai.ledger.v1.GetSettlementResponse>(
                service, METHODID_GET_SETTLEMENT)))
        .addMethod(
          getExportSettlementMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              dev.kessai.ledger.v1.ExportSettlementRequest,
              dev.kessai.ledger.v1.ExportSettlementResponse>(
                service, METHODID_EXPORT_SETTLEMENT)))
        .addMethod(
          getForecastDepositsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.ledger.v1.ForecastDepositsRequest,
              dev.kessai.ledger.v1.ForecastDepositsResponse>(
                service, METHODID_FORECAST_DEPOSITS)))
        .addMethod(
          getMatchStatementMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.ledger.v1.MatchStatementRequest,
              dev.kessai.ledger.v1.MatchStatementResponse>(
                service, METHODID_MATCH_STATEMENT)))
        .addMethod(
          getImportOrdersMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.ledger.v1.ImportOrdersRequest,
              dev.kessai.ledger.v1.ImportOrdersResponse>(
                service, METHODID_IMPORT_ORDERS)))
        .build();
  }

  private static abstract class LedgerServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    LedgerServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return dev.kessai.ledger.v1.LedgerServiceProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("LedgerService");
    }
  }

  private static final class LedgerServiceFileDescriptorSupplier
      extends LedgerServiceBaseDescriptorSupplier {
    LedgerServiceFileDescriptorSupplier() {}
  }

  private static final class LedgerServiceMethodDescriptorSupplier
      extends LedgerServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    LedgerServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (LedgerServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new LedgerServiceFileDescriptorSupplier())
              .addMethod(getVerifyLedgerMethod())
              .addMethod(getListOrphansMethod())
              .addMethod(getListDifferencesMethod())
              .addMethod(getResolveDifferenceMethod())
              .addMethod(getRunReconciliationMethod())
              .addMethod(getListReconciliationsMethod())
              .addMethod(getListPaymentErrorsMethod())
              .addMethod(getExplainPaymentMethod())
              .addMethod(getListRecoveriesMethod())
              .addMethod(getListHoldsMethod())
              .addMethod(getExportHoldCalendarMethod())
              .addMethod(getGetDayCloseMethod())
              .addMethod(getListDayClosesMethod())
              .addMethod(getGetSettlementMethod())
              .addMethod(getExportSettlementMethod())
              .addMethod(getForecastDepositsMethod())
              .addMethod(getMatchStatementMethod())
              .addMethod(getImportOrdersMethod())
              .build();
        }
      }
    }
    return result;
  }
}
