package dev.kessai.shop.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * ShopService is where an operator sets up a shop. Every call is about the shop
 * and environment of the caller's key. Every change is on disk, and in the audit
 * trail, before it is answered; payments that are under way end with what was
 * true when they began.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class ShopServiceGrpc {

  private ShopServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "kessai.shop.v1.ShopService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<dev.kessai.shop.v1.GetSettingsRequest,
      dev.kessai.shop.v1.GetSettingsResponse> getGetSettingsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetSettings",
      requestType = dev.kessai.shop.v1.GetSettingsRequest.class,
      responseType = dev.kessai.shop.v1.GetSettingsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.shop.v1.GetSettingsRequest,
      dev.kessai.shop.v1.GetSettingsResponse> getGetSettingsMethod() {
    io.grpc.MethodDescriptor<dev.kessai.shop.v1.GetSettingsRequest, dev.kessai.shop.v1.GetSettingsResponse> getGetSettingsMethod;
    if ((getGetSettingsMethod = ShopServiceGrpc.getGetSettingsMethod) == null) {
      synchronized (ShopServiceGrpc.class) {
        if ((getGetSettingsMethod = ShopServiceGrpc.getGetSettingsMethod) == null) {
          ShopServiceGrpc.getGetSettingsMethod = getGetSettingsMethod =
              io.grpc.MethodDescriptor.<dev.kessai.shop.v1.GetSettingsRequest, dev.kessai.shop.v1.GetSettingsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetSettings"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.GetSettingsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.GetSettingsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ShopServiceMethodDescriptorSupplier("GetSettings"))
              .build();
        }
      }
    }
    return getGetSettingsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.shop.v1.UpdateSettingsRequest,
      dev.kessai.shop.v1.UpdateSettingsResponse> getUpdateSettingsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateSettings",
      requestType = dev.kessai.shop.v1.UpdateSettingsRequest.class,
      responseType = dev.kessai.shop.v1.UpdateSettingsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.shop.v1.UpdateSettingsRequest,
      dev.kessai.shop.v1.UpdateSettingsResponse> getUpdateSettingsMethod() {
    io.grpc.MethodDescriptor<dev.kessai.shop.v1.UpdateSettingsRequest, dev.kessai.shop.v1.UpdateSettingsResponse> getUpdateSettingsMethod;
    if ((getUpdateSettingsMethod = ShopServiceGrpc.getUpdateSettingsMethod) == null) {
      synchronized (ShopServiceGrpc.class) {
        if ((getUpdateSettingsMethod = ShopServiceGrpc.getUpdateSettingsMethod) == null) {
          ShopServiceGrpc.getUpdateSettingsMethod = getUpdateSettingsMethod =
              io.grpc.MethodDescriptor.<dev.kessai.shop.v1.UpdateSettingsRequest, dev.kessai.shop.v1.UpdateSettingsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateSettings"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.UpdateSettingsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.UpdateSettingsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ShopServiceMethodDescriptorSupplier("UpdateSettings"))
              .build();
        }
      }
    }
    return getUpdateSettingsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.shop.v1.ListContractsRequest,
      dev.kessai.shop.v1.ListContractsResponse> getListContractsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListContracts",
      requestType = dev.kessai.shop.v1.ListContractsRequest.class,
      responseType = dev.kessai.shop.v1.ListContractsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.shop.v1.ListContractsRequest,
      dev.kessai.shop.v1.ListContractsResponse> getListContractsMethod() {
    io.grpc.MethodDescriptor<dev.kessai.shop.v1.ListContractsRequest, dev.kessai.shop.v1.ListContractsResponse> getListContractsMethod;
    if ((getListContractsMethod = ShopServiceGrpc.getListContractsMethod) == null) {
      synchronized (ShopServiceGrpc.class) {
        if ((getListContractsMethod = ShopServiceGrpc.getListContractsMethod) == null) {
          ShopServiceGrpc.getListContractsMethod = getListContractsMethod =
              io.grpc.MethodDescriptor.<dev.kessai.shop.v1.ListContractsRequest, dev.kessai.shop.v1.ListContractsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListContracts"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.ListContractsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.ListContractsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ShopServiceMethodDescriptorSupplier("ListContracts"))
              .build();
        }
      }
    }
    return getListContractsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.shop.v1.UpdateContractRequest,
      dev.kessai.shop.v1.UpdateContractResponse> getUpdateContractMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateContract",
      requestType = dev.kessai.shop.v1.UpdateContractRequest.class,
      responseType = dev.kessai.shop.v1.UpdateContractResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.shop.v1.UpdateContractRequest,
      dev.kessai.shop.v1.UpdateContractResponse> getUpdateContractMethod() {
    io.grpc.MethodDescriptor<dev.kessai.shop.v1.UpdateContractRequest, dev.kessai.shop.v1.UpdateContractResponse> getUpdateContractMethod;
    if ((getUpdateContractMethod = ShopServiceGrpc.getUpdateContractMethod) == null) {
      synchronized (ShopServiceGrpc.class) {
        if ((getUpdateContractMethod = ShopServiceGrpc.getUpdateContractMethod) == null) {
          ShopServiceGrpc.getUpdateContractMethod = getUpdateContractMethod =
              io.grpc.MethodDescriptor.<dev.kessai.shop.v1.UpdateContractRequest, dev.kessai.shop.v1.UpdateContractResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateContract"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.UpdateContractRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.UpdateContractResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ShopServiceMethodDescriptorSupplier("UpdateContract"))
              .build();
        }
      }
    }
    return getUpdateContractMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.shop.v1.ListPaymentMethodsRequest,
      dev.kessai.shop.v1.ListPaymentMethodsResponse> getListPaymentMethodsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListPaymentMethods",
      requestType = dev.kessai.shop.v1.ListPaymentMethodsRequest.class,
      responseType = dev.kessai.shop.v1.ListPaymentMethodsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.shop.v1.ListPaymentMethodsRequest,
      dev.kessai.shop.v1.ListPaymentMethodsResponse> getListPaymentMethodsMethod() {
    io.grpc.MethodDescriptor<dev.kessai.shop.v1.ListPaymentMethodsRequest, dev.kessai.shop.v1.ListPaymentMethodsResponse> getListPaymentMethodsMethod;
    if ((getListPaymentMethodsMethod = ShopServiceGrpc.getListPaymentMethodsMethod) == null) {
      synchronized (ShopServiceGrpc.class) {
        if ((getListPaymentMethodsMethod = ShopServiceGrpc.getListPaymentMethodsMethod) == null) {
          ShopServiceGrpc.getListPaymentMethodsMethod = getListPaymentMethodsMethod =
              io.grpc.MethodDescriptor.<dev.kessai.shop.v1.ListPaymentMethodsRequest, dev.kessai.shop.v1.ListPaymentMethodsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListPaymentMethods"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.ListPaymentMethodsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.ListPaymentMethodsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ShopServiceMethodDescriptorSupplier("ListPaymentMethods"))
              .build();
        }
      }
    }
    return getListPaymentMethodsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.shop.v1.CreatePaymentMethodRequest,
      dev.kessai.shop.v1.CreatePaymentMethodResponse> getCreatePaymentMethodMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreatePaymentMethod",
      requestType = dev.kessai.shop.v1.CreatePaymentMethodRequest.class,
      responseType = dev.kessai.shop.v1.CreatePaymentMethodResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.shop.v1.CreatePaymentMethodRequest,
      dev.kessai.shop.v1.CreatePaymentMethodResponse> getCreatePaymentMethodMethod() {
    io.grpc.MethodDescriptor<dev.kessai.shop.v1.CreatePaymentMethodRequest, dev.kessai.shop.v1.CreatePaymentMethodResponse> getCreatePaymentMethodMethod;
    if ((getCreatePaymentMethodMethod = ShopServiceGrpc.getCreatePaymentMethodMethod) == null) {
      synchronized (ShopServiceGrpc.class) {
        if ((getCreatePaymentMethodMethod = ShopServiceGrpc.getCreatePaymentMethodMethod) == null) {
          ShopServiceGrpc.getCreatePaymentMethodMethod = getCreatePaymentMethodMethod =
              io.grpc.MethodDescriptor.<dev.kessai.shop.v1.CreatePaymentMethodRequest, dev.kessai.shop.v1.CreatePaymentMethodResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreatePaymentMethod"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.CreatePaymentMethodRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.CreatePaymentMethodResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ShopServiceMethodDescriptorSupplier("CreatePaymentMethod"))
              .build();
        }
      }
    }
    return getCreatePaymentMethodMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.shop.v1.UpdatePaymentMethodRequest,
      dev.kessai.shop.v1.UpdatePaymentMethodResponse> getUpdatePaymentMethodMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdatePaymentMethod",
      requestType = dev.kessai.shop.v1.UpdatePaymentMethodRequest.class,
      responseType = dev.kessai.shop.v1.UpdatePaymentMethodResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.shop.v1.UpdatePaymentMethodRequest,
      dev.kessai.shop.v1.UpdatePaymentMethodResponse> getUpdatePaymentMethodMethod() {
    io.grpc.MethodDescriptor<dev.kessai.shop.v1.UpdatePaymentMethodRequest, dev.kessai.shop.v1.UpdatePaymentMethodResponse> getUpdatePaymentMethodMethod;
    if ((getUpdatePaymentMethodMethod = ShopServiceGrpc.getUpdatePaymentMethodMethod) == null) {
      synchronized (ShopServiceGrpc.class) {
        if ((getUpdatePaymentMethodMethod = ShopServiceGrpc.getUpdatePaymentMethodMethod) == null) {
          ShopServiceGrpc.getUpdatePaymentMethodMethod = getUpdatePaymentMethodMethod =
              io.grpc.MethodDescriptor.<dev.kessai.shop.v1.UpdatePaymentMethodRequest, dev.kessai.shop.v1.UpdatePaymentMethodResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdatePaymentMethod"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.UpdatePaymentMethodRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.UpdatePaymentMethodResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ShopServiceMethodDescriptorSupplier("UpdatePaymentMethod"))
              .build();
        }
      }
    }
    return getUpdatePaymentMethodMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.shop.v1.OrderPaymentMethodsRequest,
      dev.kessai.shop.v1.OrderPaymentMethodsResponse> getOrderPaymentMethodsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "OrderPaymentMethods",
      requestType = dev.kessai.shop.v1.OrderPaymentMethodsRequest.class,
      responseType = dev.kessai.shop.v1.OrderPaymentMethodsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.shop.v1.OrderPaymentMethodsRequest,
      dev.kessai.shop.v1.OrderPaymentMethodsResponse> getOrderPaymentMethodsMethod() {
    io.grpc.MethodDescriptor<dev.kessai.shop.v1.OrderPaymentMethodsRequest, dev.kessai.shop.v1.OrderPaymentMethodsResponse> getOrderPaymentMethodsMethod;
    if ((getOrderPaymentMethodsMethod = ShopServiceGrpc.getOrderPaymentMethodsMethod) == null) {
      synchronized (ShopServiceGrpc.class) {
        if ((getOrderPaymentMethodsMethod = ShopServiceGrpc.getOrderPaymentMethodsMethod) == null) {
          ShopServiceGrpc.getOrderPaymentMethodsMethod = getOrderPaymentMethodsMethod =
              io.grpc.MethodDescriptor.<dev.kessai.shop.v1.OrderPaymentMethodsRequest, dev.kessai.shop.v1.OrderPaymentMethodsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "OrderPaymentMethods"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.OrderPaymentMethodsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.OrderPaymentMethodsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ShopServiceMethodDescriptorSupplier("OrderPaymentMethods"))
              .build();
        }
      }
    }
    return getOrderPaymentMethodsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.shop.v1.DeletePaymentMethodRequest,
      dev.kessai.shop.v1.DeletePaymentMethodResponse> getDeletePaymentMethodMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeletePaymentMethod",
      requestType = dev.kessai.shop.v1.DeletePaymentMethodRequest.class,
      responseType = dev.kessai.shop.v1.DeletePaymentMethodResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.shop.v1.DeletePaymentMethodRequest,
      dev.kessai.shop.v1.DeletePaymentMethodResponse> getDeletePaymentMethodMethod() {
    io.grpc.MethodDescriptor<dev.kessai.shop.v1.DeletePaymentMethodRequest, dev.kessai.shop.v1.DeletePaymentMethodResponse> getDeletePaymentMethodMethod;
    if ((getDeletePaymentMethodMethod = ShopServiceGrpc.getDeletePaymentMethodMethod) == null) {
      synchronized (ShopServiceGrpc.class) {
        if ((getDeletePaymentMethodMethod = ShopServiceGrpc.getDeletePaymentMethodMethod) == null) {
          ShopServiceGrpc.getDeletePaymentMethodMethod = getDeletePaymentMethodMethod =
              io.grpc.MethodDescriptor.<dev.kessai.shop.v1.DeletePaymentMethodRequest, dev.kessai.shop.v1.DeletePaymentMethodResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeletePaymentMethod"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.DeletePaymentMethodRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.DeletePaymentMethodResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ShopServiceMethodDescriptorSupplier("DeletePaymentMethod"))
              .build();
        }
      }
    }
    return getDeletePaymentMethodMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.shop.v1.ListDeliveryMethodsRequest,
      dev.kessai.shop.v1.ListDeliveryMethodsResponse> getListDeliveryMethodsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListDeliveryMethods",
      requestType = dev.kessai.shop.v1.ListDeliveryMethodsRequest.class,
      responseType = dev.kessai.shop.v1.ListDeliveryMethodsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.shop.v1.ListDeliveryMethodsRequest,
      dev.kessai.shop.v1.ListDeliveryMethodsResponse> getListDeliveryMethodsMethod() {
    io.grpc.MethodDescriptor<dev.kessai.shop.v1.ListDeliveryMethodsRequest, dev.kessai.shop.v1.ListDeliveryMethodsResponse> getListDeliveryMethodsMethod;
    if ((getListDeliveryMethodsMethod = ShopServiceGrpc.getListDeliveryMethodsMethod) == null) {
      synchronized (ShopServiceGrpc.class) {
        if ((getListDeliveryMethodsMethod = ShopServiceGrpc.getListDeliveryMethodsMethod) == null) {
          ShopServiceGrpc.getListDeliveryMethodsMethod = getListDeliveryMethodsMethod =
              io.grpc.MethodDescriptor.<dev.kessai.shop.v1.ListDeliveryMethodsRequest, dev.kessai.shop.v1.ListDeliveryMethodsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListDeliveryMethods"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.ListDeliveryMethodsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.ListDeliveryMethodsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ShopServiceMethodDescriptorSupplier("ListDeliveryMethods"))
              .build();
        }
      }
    }
    return getListDeliveryMethodsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.shop.v1.CreateDeliveryMethodRequest,
      dev.kessai.shop.v1.CreateDeliveryMethodResponse> getCreateDeliveryMethodMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateDeliveryMethod",
      requestType = dev.kessai.shop.v1.CreateDeliveryMethodRequest.class,
      responseType = dev.kessai.shop.v1.CreateDeliveryMethodResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.shop.v1.CreateDeliveryMethodRequest,
      dev.kessai.shop.v1.CreateDeliveryMethodResponse> getCreateDeliveryMethodMethod() {
    io.grpc.MethodDescriptor<dev.kessai.shop.v1.CreateDeliveryMethodRequest, dev.kessai.shop.v1.CreateDeliveryMethodResponse> getCreateDeliveryMethodMethod;
    if ((getCreateDeliveryMethodMethod = ShopServiceGrpc.getCreateDeliveryMethodMethod) == null) {
      synchronized (ShopServiceGrpc.class) {
        if ((getCreateDeliveryMethodMethod = ShopServiceGrpc.getCreateDeliveryMethodMethod) == null) {
          ShopServiceGrpc.getCreateDeliveryMethodMethod = getCreateDeliveryMethodMethod =
              io.grpc.MethodDescriptor.<dev.kessai.shop.v1.CreateDeliveryMethodRequest, dev.kessai.shop.v1.CreateDeliveryMethodResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateDeliveryMethod"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.CreateDeliveryMethodRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.CreateDeliveryMethodResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ShopServiceMethodDescriptorSupplier("CreateDeliveryMethod"))
              .build();
        }
      }
    }
    return getCreateDeliveryMethodMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.shop.v1.UpdateDeliveryMethodRequest,
      dev.kessai.shop.v1.UpdateDeliveryMethodResponse> getUpdateDeliveryMethodMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateDeliveryMethod",
      requestType = dev.kessai.shop.v1.UpdateDeliveryMethodRequest.class,
      responseType = dev.kessai.shop.v1.UpdateDeliveryMethodResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.shop.v1.UpdateDeliveryMethodRequest,
      dev.kessai.shop.v1.UpdateDeliveryMethodResponse> getUpdateDeliveryMethodMethod() {
    io.grpc.MethodDescriptor<dev.kessai.shop.v1.UpdateDeliveryMethodRequest, dev.kessai.shop.v1.UpdateDeliveryMethodResponse> getUpdateDeliveryMethodMethod;
    if ((getUpdateDeliveryMethodMethod = ShopServiceGrpc.getUpdateDeliveryMethodMethod) == null) {
      synchronized (ShopServiceGrpc.class) {
        if ((getUpdateDeliveryMethodMethod = ShopServiceGrpc.getUpdateDeliveryMethodMethod) == null) {
          ShopServiceGrpc.getUpdateDeliveryMethodMethod = getUpdateDeliveryMethodMethod =
              io.grpc.MethodDescriptor.<dev.kessai.shop.v1.UpdateDeliveryMethodRequest, dev.kessai.shop.v1.UpdateDeliveryMethodResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateDeliveryMethod"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.UpdateDeliveryMethodRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.UpdateDeliveryMethodResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ShopServiceMethodDescriptorSupplier("UpdateDeliveryMethod"))
              .build();
        }
      }
    }
    return getUpdateDeliveryMethodMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.shop.v1.DeleteDeliveryMethodRequest,
      dev.kessai.shop.v1.DeleteDeliveryMethodResponse> getDeleteDeliveryMethodMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteDeliveryMethod",
      requestType = dev.kessai.shop.v1.DeleteDeliveryMethodRequest.class,
      responseType = dev.kessai.shop.v1.DeleteDeliveryMethodResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.shop.v1.DeleteDeliveryMethodRequest,
      dev.kessai.shop.v1.DeleteDeliveryMethodResponse> getDeleteDeliveryMethodMethod() {
    io.grpc.MethodDescriptor<dev.kessai.shop.v1.DeleteDeliveryMethodRequest, dev.kessai.shop.v1.DeleteDeliveryMethodResponse> getDeleteDeliveryMethodMethod;
    if ((getDeleteDeliveryMethodMethod = ShopServiceGrpc.getDeleteDeliveryMethodMethod) == null) {
      synchronized (ShopServiceGrpc.class) {
        if ((getDeleteDeliveryMethodMethod = ShopServiceGrpc.getDeleteDeliveryMethodMethod) == null) {
          ShopServiceGrpc.getDeleteDeliveryMethodMethod = getDeleteDeliveryMethodMethod =
              io.grpc.MethodDescriptor.<dev.kessai.shop.v1.DeleteDeliveryMethodRequest, dev.kessai.shop.v1.DeleteDeliveryMethodResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteDeliveryMethod"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.DeleteDeliveryMethodRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.DeleteDeliveryMethodResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ShopServiceMethodDescriptorSupplier("DeleteDeliveryMethod"))
              .build();
        }
      }
    }
    return getDeleteDeliveryMethodMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.shop.v1.ListAccessKeysRequest,
      dev.kessai.shop.v1.ListAccessKeysResponse> getListAccessKeysMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListAccessKeys",
      requestType = dev.kessai.shop.v1.ListAccessKeysRequest.class,
      responseType = dev.kessai.shop.v1.ListAccessKeysResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.shop.v1.ListAccessKeysRequest,
      dev.kessai.shop.v1.ListAccessKeysResponse> getListAccessKeysMethod() {
    io.grpc.MethodDescriptor<dev.kessai.shop.v1.ListAccessKeysRequest, dev.kessai.shop.v1.ListAccessKeysResponse> getListAccessKeysMethod;
    if ((getListAccessKeysMethod = ShopServiceGrpc.getListAccessKeysMethod) == null) {
      synchronized (ShopServiceGrpc.class) {
        if ((getListAccessKeysMethod = ShopServiceGrpc.getListAccessKeysMethod) == null) {
          ShopServiceGrpc.getListAccessKeysMethod = getListAccessKeysMethod =
              io.grpc.MethodDescriptor.<dev.kessai.shop.v1.ListAccessKeysRequest, dev.kessai.shop.v1.ListAccessKeysResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListAccessKeys"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.ListAccessKeysRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.ListAccessKeysResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ShopServiceMethodDescriptorSupplier("ListAccessKeys"))
              .build();
        }
      }
    }
    return getListAccessKeysMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.shop.v1.CreateAccessKeyRequest,
      dev.kessai.shop.v1.CreateAccessKeyResponse> getCreateAccessKeyMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateAccessKey",
      requestType = dev.kessai.shop.v1.CreateAccessKeyRequest.class,
      responseType = dev.kessai.shop.v1.CreateAccessKeyResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.shop.v1.CreateAccessKeyRequest,
      dev.kessai.shop.v1.CreateAccessKeyResponse> getCreateAccessKeyMethod() {
    io.grpc.MethodDescriptor<dev.kessai.shop.v1.CreateAccessKeyRequest, dev.kessai.shop.v1.CreateAccessKeyResponse> getCreateAccessKeyMethod;
    if ((getCreateAccessKeyMethod = ShopServiceGrpc.getCreateAccessKeyMethod) == null) {
      synchronized (ShopServiceGrpc.class) {
        if ((getCreateAccessKeyMethod = ShopServiceGrpc.getCreateAccessKeyMethod) == null) {
          ShopServiceGrpc.getCreateAccessKeyMethod = getCreateAccessKeyMethod =
              io.grpc.MethodDescriptor.<dev.kessai.shop.v1.CreateAccessKeyRequest, dev.kessai.shop.v1.CreateAccessKeyResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateAccessKey"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.CreateAccessKeyRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.CreateAccessKeyResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ShopServiceMethodDescriptorSupplier("CreateAccessKey"))
              .build();
        }
      }
    }
    return getCreateAccessKeyMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.shop.v1.ExpireAccessKeyRequest,
      dev.kessai.shop.v1.ExpireAccessKeyResponse> getExpireAccessKeyMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ExpireAccessKey",
      requestType = dev.kessai.shop.v1.ExpireAccessKeyRequest.class,
      responseType = dev.kessai.shop.v1.ExpireAccessKeyResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.shop.v1.ExpireAccessKeyRequest,
      dev.kessai.shop.v1.ExpireAccessKeyResponse> getExpireAccessKeyMethod() {
    io.grpc.MethodDescriptor<dev.kessai.shop.v1.ExpireAccessKeyRequest, dev.kessai.shop.v1.ExpireAccessKeyResponse> getExpireAccessKeyMethod;
    if ((getExpireAccessKeyMethod = ShopServiceGrpc.getExpireAccessKeyMethod) == null) {
      synchronized (ShopServiceGrpc.class) {
        if ((getExpireAccessKeyMethod = ShopServiceGrpc.getExpireAccessKeyMethod) == null) {
          ShopServiceGrpc.getExpireAccessKeyMethod = getExpireAccessKeyMethod =
              io.grpc.MethodDescriptor.<dev.kessai.shop.v1.ExpireAccessKeyRequest, dev.kessai.shop.v1.ExpireAccessKeyResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ExpireAccessKey"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.ExpireAccessKeyRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.ExpireAccessKeyResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ShopServiceMethodDescriptorSupplier("ExpireAccessKey"))
              .build();
        }
      }
    }
    return getExpireAccessKeyMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.shop.v1.ListChangesRequest,
      dev.kessai.shop.v1.ListChangesResponse> getListChangesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListChanges",
      requestType = dev.kessai.shop.v1.ListChangesRequest.class,
      responseType = dev.kessai.shop.v1.ListChangesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.shop.v1.ListChangesRequest,
      dev.kessai.shop.v1.ListChangesResponse> getListChangesMethod() {
    io.grpc.MethodDescriptor<dev.kessai.shop.v1.ListChangesRequest, dev.kessai.shop.v1.ListChangesResponse> getListChangesMethod;
    if ((getListChangesMethod = ShopServiceGrpc.getListChangesMethod) == null) {
      synchronized (ShopServiceGrpc.class) {
        if ((getListChangesMethod = ShopServiceGrpc.getListChangesMethod) == null) {
          ShopServiceGrpc.getListChangesMethod = getListChangesMethod =
              io.grpc.MethodDescriptor.<dev.kessai.shop.v1.ListChangesRequest, dev.kessai.shop.v1.ListChangesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListChanges"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.ListChangesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.ListChangesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ShopServiceMethodDescriptorSupplier("ListChanges"))
              .build();
        }
      }
    }
    return getListChangesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.shop.v1.ListWebhookEndpointsRequest,
      dev.kessai.shop.v1.ListWebhookEndpointsResponse> getListWebhookEndpointsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListWebhookEndpoints",
      requestType = dev.kessai.shop.v1.ListWebhookEndpointsRequest.class,
      responseType = dev.kessai.shop.v1.ListWebhookEndpointsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.shop.v1.ListWebhookEndpointsRequest,
      dev.kessai.shop.v1.ListWebhookEndpointsResponse> getListWebhookEndpointsMethod() {
    io.grpc.MethodDescriptor<dev.kessai.shop.v1.ListWebhookEndpointsRequest, dev.kessai.shop.v1.ListWebhookEndpointsResponse> getListWebhookEndpointsMethod;
    if ((getListWebhookEndpointsMethod = ShopServiceGrpc.getListWebhookEndpointsMethod) == null) {
      synchronized (ShopServiceGrpc.class) {
        if ((getListWebhookEndpointsMethod = ShopServiceGrpc.getListWebhookEndpointsMethod) == null) {
          ShopServiceGrpc.getListWebhookEndpointsMethod = getListWebhookEndpointsMethod =
              io.grpc.MethodDescriptor.<dev.kessai.shop.v1.ListWebhookEndpointsRequest, dev.kessai.shop.v1.ListWebhookEndpointsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListWebhookEndpoints"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.ListWebhookEndpointsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.ListWebhookEndpointsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ShopServiceMethodDescriptorSupplier("ListWebhookEndpoints"))
              .build();
        }
      }
    }
    return getListWebhookEndpointsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.shop.v1.CreateWebhookEndpointRequest,
      dev.kessai.shop.v1.CreateWebhookEndpointResponse> getCreateWebhookEndpointMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateWebhookEndpoint",
      requestType = dev.kessai.shop.v1.CreateWebhookEndpointRequest.class,
      responseType = dev.kessai.shop.v1.CreateWebhookEndpointResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.shop.v1.CreateWebhookEndpointRequest,
      dev.kessai.shop.v1.CreateWebhookEndpointResponse> getCreateWebhookEndpointMethod() {
    io.grpc.MethodDescriptor<dev.kessai.shop.v1.CreateWebhookEndpointRequest, dev.kessai.shop.v1.CreateWebhookEndpointResponse> getCreateWebhookEndpointMethod;
    if ((getCreateWebhookEndpointMethod = ShopServiceGrpc.getCreateWebhookEndpointMethod) == null) {
      synchronized (ShopServiceGrpc.class) {
        if ((getCreateWebhookEndpointMethod = ShopServiceGrpc.getCreateWebhookEndpointMethod) == null) {
          ShopServiceGrpc.getCreateWebhookEndpointMethod = getCreateWebhookEndpointMethod =
              io.grpc.MethodDescriptor.<dev.kessai.shop.v1.CreateWebhookEndpointRequest, dev.kessai.shop.v1.CreateWebhookEndpointResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateWebhookEndpoint"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.CreateWebhookEndpointRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.CreateWebhookEndpointResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ShopServiceMethodDescriptorSupplier("CreateWebhookEndpoint"))
              .build();
        }
      }
    }
    return getCreateWebhookEndpointMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.shop.v1.UpdateWebhookEndpointRequest,
      dev.kessai.shop.v1.UpdateWebhookEndpointResponse> getUpdateWebhookEndpointMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateWebhookEndpoint",
      requestType = dev.kessai.shop.v1.UpdateWebhookEndpointRequest.class,
      responseType = dev.kessai.shop.v1.UpdateWebhookEndpointResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.shop.v1.UpdateWebhookEndpointRequest,
      dev.kessai.shop.v1.UpdateWebhookEndpointResponse> getUpdateWebhookEndpointMethod() {
    io.grpc.MethodDescriptor<dev.kessai.shop.v1.UpdateWebhookEndpointRequest, dev.kessai.shop.v1.UpdateWebhookEndpointResponse> getUpdateWebhookEndpointMethod;
    if ((getUpdateWebhookEndpointMethod = ShopServiceGrpc.getUpdateWebhookEndpointMethod) == null) {
      synchronized (ShopServiceGrpc.class) {
        if ((getUpdateWebhookEndpointMethod = ShopServiceGrpc.getUpdateWebhookEndpointMethod) == null) {
          ShopServiceGrpc.getUpdateWebhookEndpointMethod = getUpdateWebhookEndpointMethod =
              io.grpc.MethodDescriptor.<dev.kessai.shop.v1.UpdateWebhookEndpointRequest, dev.kessai.shop.v1.UpdateWebhookEndpointResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateWebhookEndpoint"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.UpdateWebhookEndpointRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.UpdateWebhookEndpointResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ShopServiceMethodDescriptorSupplier("UpdateWebhookEndpoint"))
              .build();
        }
      }
    }
    return getUpdateWebhookEndpointMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.shop.v1.DeleteWebhookEndpointRequest,
      dev.kessai.shop.v1.DeleteWebhookEndpointResponse> getDeleteWebhookEndpointMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteWebhookEndpoint",
      requestType = dev.kessai.shop.v1.DeleteWebhookEndpointRequest.class,
      responseType = dev.kessai.shop.v1.DeleteWebhookEndpointResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.shop.v1.DeleteWebhookEndpointRequest,
      dev.kessai.shop.v1.DeleteWebhookEndpointResponse> getDeleteWebhookEndpointMethod() {
    io.grpc.MethodDescriptor<dev.kessai.shop.v1.DeleteWebhookEndpointRequest, dev.kessai.shop.v1.DeleteWebhookEndpointResponse> getDeleteWebhookEndpointMethod;
    if ((getDeleteWebhookEndpointMethod = ShopServiceGrpc.getDeleteWebhookEndpointMethod) == null) {
      synchronized (ShopServiceGrpc.class) {
        if ((getDeleteWebhookEndpointMethod = ShopServiceGrpc.getDeleteWebhookEndpointMethod) == null) {
          ShopServiceGrpc.getDeleteWebhookEndpointMethod = getDeleteWebhookEndpointMethod =
              io.grpc.MethodDescriptor.<dev.kessai.shop.v1.DeleteWebhookEndpointRequest, dev.kessai.shop.v1.DeleteWebhookEndpointResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteWebhookEndpoint"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.DeleteWebhookEndpointRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.DeleteWebhookEndpointResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ShopServiceMethodDescriptorSupplier("DeleteWebhookEndpoint"))
              .build();
        }
      }
    }
    return getDeleteWebhookEndpointMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.shop.v1.RotateWebhookSecretRequest,
      dev.kessai.shop.v1.RotateWebhookSecretResponse> getRotateWebhookSecretMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RotateWebhookSecret",
      requestType = dev.kessai.shop.v1.RotateWebhookSecretRequest.class,
      responseType = dev.kessai.shop.v1.RotateWebhookSecretResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.shop.v1.RotateWebhookSecretRequest,
      dev.kessai.shop.v1.RotateWebhookSecretResponse> getRotateWebhookSecretMethod() {
    io.grpc.MethodDescriptor<dev.kessai.shop.v1.RotateWebhookSecretRequest, dev.kessai.shop.v1.RotateWebhookSecretResponse> getRotateWebhookSecretMethod;
    if ((getRotateWebhookSecretMethod = ShopServiceGrpc.getRotateWebhookSecretMethod) == null) {
      synchronized (ShopServiceGrpc.class) {
        if ((getRotateWebhookSecretMethod = ShopServiceGrpc.getRotateWebhookSecretMethod) == null) {
          ShopServiceGrpc.getRotateWebhookSecretMethod = getRotateWebhookSecretMethod =
              io.grpc.MethodDescriptor.<dev.kessai.shop.v1.RotateWebhookSecretRequest, dev.kessai.shop.v1.RotateWebhookSecretResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RotateWebhookSecret"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.RotateWebhookSecretRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.RotateWebhookSecretResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ShopServiceMethodDescriptorSupplier("RotateWebhookSecret"))
              .build();
        }
      }
    }
    return getRotateWebhookSecretMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.shop.v1.TestWebhookEndpointRequest,
      dev.kessai.shop.v1.TestWebhookEndpointResponse> getTestWebhookEndpointMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "TestWebhookEndpoint",
      requestType = dev.kessai.shop.v1.TestWebhookEndpointRequest.class,
      responseType = dev.kessai.shop.v1.TestWebhookEndpointResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.shop.v1.TestWebhookEndpointRequest,
      dev.kessai.shop.v1.TestWebhookEndpointResponse> getTestWebhookEndpointMethod() {
    io.grpc.MethodDescriptor<dev.kessai.shop.v1.TestWebhookEndpointRequest, dev.kessai.shop.v1.TestWebhookEndpointResponse> getTestWebhookEndpointMethod;
    if ((getTestWebhookEndpointMethod = ShopServiceGrpc.getTestWebhookEndpointMethod) == null) {
      synchronized (ShopServiceGrpc.class) {
        if ((getTestWebhookEndpointMethod = ShopServiceGrpc.getTestWebhookEndpointMethod) == null) {
          ShopServiceGrpc.getTestWebhookEndpointMethod = getTestWebhookEndpointMethod =
              io.grpc.MethodDescriptor.<dev.kessai.shop.v1.TestWebhookEndpointRequest, dev.kessai.shop.v1.TestWebhookEndpointResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "TestWebhookEndpoint"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.TestWebhookEndpointRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.TestWebhookEndpointResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ShopServiceMethodDescriptorSupplier("TestWebhookEndpoint"))
              .build();
        }
      }
    }
    return getTestWebhookEndpointMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.shop.v1.ListWebhookDeliveriesRequest,
      dev.kessai.shop.v1.ListWebhookDeliveriesResponse> getListWebhookDeliveriesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListWebhookDeliveries",
      requestType = dev.kessai.shop.v1.ListWebhookDeliveriesRequest.class,
      responseType = dev.kessai.shop.v1.ListWebhookDeliveriesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.shop.v1.ListWebhookDeliveriesRequest,
      dev.kessai.shop.v1.ListWebhookDeliveriesResponse> getListWebhookDeliveriesMethod() {
    io.grpc.MethodDescriptor<dev.kessai.shop.v1.ListWebhookDeliveriesRequest, dev.kessai.shop.v1.ListWebhookDeliveriesResponse> getListWebhookDeliveriesMethod;
    if ((getListWebhookDeliveriesMethod = ShopServiceGrpc.getListWebhookDeliveriesMethod) == null) {
      synchronized (ShopServiceGrpc.class) {
        if ((getListWebhookDeliveriesMethod = ShopServiceGrpc.getListWebhookDeliveriesMethod) == null) {
          ShopServiceGrpc.getListWebhookDeliveriesMethod = getListWebhookDeliveriesMethod =
              io.grpc.MethodDescriptor.<dev.kessai.shop.v1.ListWebhookDeliveriesRequest, dev.kessai.shop.v1.ListWebhookDeliveriesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListWebhookDeliveries"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.ListWebhookDeliveriesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.ListWebhookDeliveriesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ShopServiceMethodDescriptorSupplier("ListWebhookDeliveries"))
              .build();
        }
      }
    }
    return getListWebhookDeliveriesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.shop.v1.ReplayWebhookEventsRequest,
      dev.kessai.shop.v1.ReplayWebhookEventsResponse> getReplayWebhookEventsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ReplayWebhookEvents",
      requestType = dev.kessai.shop.v1.ReplayWebhookEventsRequest.class,
      responseType = dev.kessai.shop.v1.ReplayWebhookEventsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.kessai.shop.v1.ReplayWebhookEventsRequest,
      dev.kessai.shop.v1.ReplayWebhookEventsResponse> getReplayWebhookEventsMethod() {
    io.grpc.MethodDescriptor<dev.kessai.shop.v1.ReplayWebhookEventsRequest, dev.kessai.shop.v1.ReplayWebhookEventsResponse> getReplayWebhookEventsMethod;
    if ((getReplayWebhookEventsMethod = ShopServiceGrpc.getReplayWebhookEventsMethod) == null) {
      synchronized (ShopServiceGrpc.class) {
        if ((getReplayWebhookEventsMethod = ShopServiceGrpc.getReplayWebhookEventsMethod) == null) {
          ShopServiceGrpc.getReplayWebhookEventsMethod = getReplayWebhookEventsMethod =
              io.grpc.MethodDescriptor.<dev.kessai.shop.v1.ReplayWebhookEventsRequest, dev.kessai.shop.v1.ReplayWebhookEventsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ReplayWebhookEvents"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.ReplayWebhookEventsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.ReplayWebhookEventsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ShopServiceMethodDescriptorSupplier("ReplayWebhookEvents"))
              .build();
        }
      }
    }
    return getReplayWebhookEventsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.kessai.shop.v1.RunConnectionTestRequest,
      dev.kessai.shop.v1.RunConnectionTestResponse> getRunConnectionTestMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RunConnectionTest",
      requestType = dev.kessai.shop.v1.RunConnectionTestRequest.class,
      responseType = dev.kessai.shop.v1.RunConnectionTestResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<dev.kessai.shop.v1.RunConnectionTestRequest,
      dev.kessai.shop.v1.RunConnectionTestResponse> getRunConnectionTestMethod() {
    io.grpc.MethodDescriptor<dev.kessai.shop.v1.RunConnectionTestRequest, dev.kessai.shop.v1.RunConnectionTestResponse> getRunConnectionTestMethod;
    if ((getRunConnectionTestMethod = ShopServiceGrpc.getRunConnectionTestMethod) == null) {
      synchronized (ShopServiceGrpc.class) {
        if ((getRunConnectionTestMethod = ShopServiceGrpc.getRunConnectionTestMethod) == null) {
          ShopServiceGrpc.getRunConnectionTestMethod = getRunConnectionTestMethod =
              io.grpc.MethodDescriptor.<dev.kessai.shop.v1.RunConnectionTestRequest, dev.kessai.shop.v1.RunConnectionTestResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RunConnectionTest"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.RunConnectionTestRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.kessai.shop.v1.RunConnectionTestResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ShopServiceMethodDescriptorSupplier("RunConnectionTest"))
              .build();
        }
      }
    }
    return getRunConnectionTestMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static ShopServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ShopServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ShopServiceStub>() {
        @java.lang.Override
        public ShopServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ShopServiceStub(channel, callOptions);
        }
      };
    return ShopServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static ShopServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ShopServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ShopServiceBlockingV2Stub>() {
        @java.lang.Override
        public ShopServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ShopServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return ShopServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static ShopServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ShopServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ShopServiceBlockingStub>() {
        @java.lang.Override
        public ShopServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ShopServiceBlockingStub(channel, callOptions);
        }
      };
    return ShopServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static ShopServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ShopServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ShopServiceFutureStub>() {
        @java.lang.Override
        public ShopServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ShopServiceFutureStub(channel, callOptions);
        }
      };
    return ShopServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * ShopService is where an operator sets up a shop. Every call is about the shop
   * and environment of the caller's key. Every change is on disk, and in the audit
   * trail, before it is answered; payments that are under way end with what was
   * true when they began.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * GetSettings reads the shop's settings. Scope: operator.
     * </pre>
     */
    default void getSettings(dev.kessai.shop.v1.GetSettingsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.GetSettingsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetSettingsMethod(), responseObserver);
    }

    /**
     * <pre>
     * UpdateSettings changes settings; what is left out stays. What the contract does
     * not allow is refused, field by field. Scope: operator.
     * </pre>
     */
    default void updateSettings(dev.kessai.shop.v1.UpdateSettingsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.UpdateSettingsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateSettingsMethod(), responseObserver);
    }

    /**
     * <pre>
     * ListContracts reads the contracts of the shop, one for each environment.
     * Scope: operator.
     * </pre>
     */
    default void listContracts(dev.kessai.shop.v1.ListContractsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.ListContractsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListContractsMethod(), responseObserver);
    }

    /**
     * <pre>
     * UpdateContract changes a contract of the key's environment; what is left out
     * stays. Scope: operator.
     * </pre>
     */
    default void updateContract(dev.kessai.shop.v1.UpdateContractRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.UpdateContractResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateContractMethod(), responseObserver);
    }

    /**
     * <pre>
     * ListPaymentMethods reads the payment methods in the order of the checkout,
     * stopped ones too (R20). Scope: operator.
     * </pre>
     */
    default void listPaymentMethods(dev.kessai.shop.v1.ListPaymentMethodsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.ListPaymentMethodsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListPaymentMethodsMethod(), responseObserver);
    }

    /**
     * <pre>
     * CreatePaymentMethod adds one at the end (R20). Scope: operator.
     * </pre>
     */
    default void createPaymentMethod(dev.kessai.shop.v1.CreatePaymentMethodRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.CreatePaymentMethodResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreatePaymentMethodMethod(), responseObserver);
    }

    /**
     * <pre>
     * UpdatePaymentMethod renames, describes, stops or takes up again.
     * Scope: operator.
     * </pre>
     */
    default void updatePaymentMethod(dev.kessai.shop.v1.UpdatePaymentMethodRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.UpdatePaymentMethodResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdatePaymentMethodMethod(), responseObserver);
    }

    /**
     * <pre>
     * OrderPaymentMethods sets the order that the checkout shows: the names of all.
     * Scope: operator.
     * </pre>
     */
    default void orderPaymentMethods(dev.kessai.shop.v1.OrderPaymentMethodsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.OrderPaymentMethodsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getOrderPaymentMethodsMethod(), responseObserver);
    }

    /**
     * <pre>
     * DeletePaymentMethod removes one that no order ever used; any other can only be
     * stopped (R21). Scope: operator.
     * </pre>
     */
    default void deletePaymentMethod(dev.kessai.shop.v1.DeletePaymentMethodRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.DeletePaymentMethodResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeletePaymentMethodMethod(), responseObserver);
    }

    /**
     * <pre>
     * ListDeliveryMethods reads the delivery methods (R19). Scope: operator.
     * </pre>
     */
    default void listDeliveryMethods(dev.kessai.shop.v1.ListDeliveryMethodsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.ListDeliveryMethodsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListDeliveryMethodsMethod(), responseObserver);
    }

    /**
     * <pre>
     * CreateDeliveryMethod adds one. Scope: operator.
     * </pre>
     */
    default void createDeliveryMethod(dev.kessai.shop.v1.CreateDeliveryMethodRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.CreateDeliveryMethodResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateDeliveryMethodMethod(), responseObserver);
    }

    /**
     * <pre>
     * UpdateDeliveryMethod renames or assigns to another carrier. Orders that exist
     * keep what was true at purchase. Scope: operator.
     * </pre>
     */
    default void updateDeliveryMethod(dev.kessai.shop.v1.UpdateDeliveryMethodRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.UpdateDeliveryMethodResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateDeliveryMethodMethod(), responseObserver);
    }

    /**
     * <pre>
     * DeleteDeliveryMethod removes one; orders that exist keep it. Scope: operator.
     * </pre>
     */
    default void deleteDeliveryMethod(dev.kessai.shop.v1.DeleteDeliveryMethodRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.DeleteDeliveryMethodResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteDeliveryMethodMethod(), responseObserver);
    }

    /**
     * <pre>
     * ListAccessKeys reads the keys of the shop in the key's environment, without
     * their secrets. Scope: operator.
     * </pre>
     */
    default void listAccessKeys(dev.kessai.shop.v1.ListAccessKeysRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.ListAccessKeysResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListAccessKeysMethod(), responseObserver);
    }

    /**
     * <pre>
     * CreateAccessKey makes a key for the key's own shop and environment. Only this
     * answer has its secret. Scope: operator.
     * </pre>
     */
    default void createAccessKey(dev.kessai.shop.v1.CreateAccessKeyRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.CreateAccessKeyResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateAccessKeyMethod(), responseObserver);
    }

    /**
     * <pre>
     * ExpireAccessKey ends a key, at once or later, so that its successor has time to
     * take over. A key cannot end itself. Scope: operator.
     * </pre>
     */
    default void expireAccessKey(dev.kessai.shop.v1.ExpireAccessKeyRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.ExpireAccessKeyResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getExpireAccessKeyMethod(), responseObserver);
    }

    /**
     * <pre>
     * ListChanges reads the audit trail, newest first. Scope: operator.
     * </pre>
     */
    default void listChanges(dev.kessai.shop.v1.ListChangesRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.ListChangesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListChangesMethod(), responseObserver);
    }

    /**
     * <pre>
     * ListWebhookEndpoints reads the addresses that events are sent to, and how they
     * do. Scope: operator.
     * </pre>
     */
    default void listWebhookEndpoints(dev.kessai.shop.v1.ListWebhookEndpointsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.ListWebhookEndpointsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListWebhookEndpointsMethod(), responseObserver);
    }

    /**
     * <pre>
     * CreateWebhookEndpoint adds one, which gets the events from now on. Its secret
     * is in this answer and never again. Scope: operator.
     * </pre>
     */
    default void createWebhookEndpoint(dev.kessai.shop.v1.CreateWebhookEndpointRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.CreateWebhookEndpointResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateWebhookEndpointMethod(), responseObserver);
    }

    /**
     * <pre>
     * UpdateWebhookEndpoint changes one; what is left out stays. Scope: operator.
     * </pre>
     */
    default void updateWebhookEndpoint(dev.kessai.shop.v1.UpdateWebhookEndpointRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.UpdateWebhookEndpointResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateWebhookEndpointMethod(), responseObserver);
    }

    /**
     * <pre>
     * DeleteWebhookEndpoint ends one, with what waits for it. Scope: operator.
     * </pre>
     */
    default void deleteWebhookEndpoint(dev.kessai.shop.v1.DeleteWebhookEndpointRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.DeleteWebhookEndpointResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteWebhookEndpointMethod(), responseObserver);
    }

    /**
     * <pre>
     * RotateWebhookSecret gives an endpoint a new secret. For a while both sign, so
     * that no event is lost (P81). Scope: operator.
     * </pre>
     */
    default void rotateWebhookSecret(dev.kessai.shop.v1.RotateWebhookSecretRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.RotateWebhookSecretResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRotateWebhookSecretMethod(), responseObserver);
    }

    /**
     * <pre>
     * TestWebhookEndpoint sends a test event now, with a word that the endpoint may
     * send back, and says what came of it (P77). Scope: operator.
     * </pre>
     */
    default void testWebhookEndpoint(dev.kessai.shop.v1.TestWebhookEndpointRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.TestWebhookEndpointResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getTestWebhookEndpointMethod(), responseObserver);
    }

    /**
     * <pre>
     * ListWebhookDeliveries reads what waits for an endpoint, and its dead letters.
     * Scope: operator.
     * </pre>
     */
    default void listWebhookDeliveries(dev.kessai.shop.v1.ListWebhookDeliveriesRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.ListWebhookDeliveriesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListWebhookDeliveriesMethod(), responseObserver);
    }

    /**
     * <pre>
     * ReplayWebhookEvents sends the events of a time anew, dead letters among them,
     * with the ids that they have (P78). Scope: operator.
     * </pre>
     */
    default void replayWebhookEvents(dev.kessai.shop.v1.ReplayWebhookEventsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.ReplayWebhookEventsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getReplayWebhookEventsMethod(), responseObserver);
    }

    /**
     * <pre>
     * RunConnectionTest proves the shop's settings against the provider (R23): it
     * makes purchases of test cards, finds them at the provider, captures, changes
     * and cancels them, and tells of each step as it ends. Scope: operator.
     * </pre>
     */
    default void runConnectionTest(dev.kessai.shop.v1.RunConnectionTestRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.RunConnectionTestResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRunConnectionTestMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service ShopService.
   * <pre>
   * ShopService is where an operator sets up a shop. Every call is about the shop
   * and environment of the caller's key. Every change is on disk, and in the audit
   * trail, before it is answered; payments that are under way end with what was
   * true when they began.
   * </pre>
   */
  public static abstract class ShopServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return ShopServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service ShopService.
   * <pre>
   * ShopService is where an operator sets up a shop. Every call is about the shop
   * and environment of the caller's key. Every change is on disk, and in the audit
   * trail, before it is answered; payments that are under way end with what was
   * true when they began.
   * </pre>
   */
  public static final class ShopServiceStub
      extends io.grpc.stub.AbstractAsyncStub<ShopServiceStub> {
    private ShopServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ShopServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ShopServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * GetSettings reads the shop's settings. Scope: operator.
     * </pre>
     */
    public void getSettings(dev.kessai.shop.v1.GetSettingsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.GetSettingsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetSettingsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * UpdateSettings changes settings; what is left out stays. What the contract does
     * not allow is refused, field by field. Scope: operator.
     * </pre>
     */
    public void updateSettings(dev.kessai.shop.v1.UpdateSettingsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.UpdateSettingsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateSettingsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ListContracts reads the contracts of the shop, one for each environment.
     * Scope: operator.
     * </pre>
     */
    public void listContracts(dev.kessai.shop.v1.ListContractsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.ListContractsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListContractsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * UpdateContract changes a contract of the key's environment; what is left out
     * stays. Scope: operator.
     * </pre>
     */
    public void updateContract(dev.kessai.shop.v1.UpdateContractRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.UpdateContractResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateContractMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ListPaymentMethods reads the payment methods in the order of the checkout,
     * stopped ones too (R20). Scope: operator.
     * </pre>
     */
    public void listPaymentMethods(dev.kessai.shop.v1.ListPaymentMethodsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.ListPaymentMethodsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListPaymentMethodsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * CreatePaymentMethod adds one at the end (R20). Scope: operator.
     * </pre>
     */
    public void createPaymentMethod(dev.kessai.shop.v1.CreatePaymentMethodRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.CreatePaymentMethodResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreatePaymentMethodMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * UpdatePaymentMethod renames, describes, stops or takes up again.
     * Scope: operator.
     * </pre>
     */
    public void updatePaymentMethod(dev.kessai.shop.v1.UpdatePaymentMethodRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.UpdatePaymentMethodResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdatePaymentMethodMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * OrderPaymentMethods sets the order that the checkout shows: the names of all.
     * Scope: operator.
     * </pre>
     */
    public void orderPaymentMethods(dev.kessai.shop.v1.OrderPaymentMethodsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.OrderPaymentMethodsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getOrderPaymentMethodsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * DeletePaymentMethod removes one that no order ever used; any other can only be
     * stopped (R21). Scope: operator.
     * </pre>
     */
    public void deletePaymentMethod(dev.kessai.shop.v1.DeletePaymentMethodRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.DeletePaymentMethodResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeletePaymentMethodMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ListDeliveryMethods reads the delivery methods (R19). Scope: operator.
     * </pre>
     */
    public void listDeliveryMethods(dev.kessai.shop.v1.ListDeliveryMethodsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.ListDeliveryMethodsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListDeliveryMethodsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * CreateDeliveryMethod adds one. Scope: operator.
     * </pre>
     */
    public void createDeliveryMethod(dev.kessai.shop.v1.CreateDeliveryMethodRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.CreateDeliveryMethodResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateDeliveryMethodMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * UpdateDeliveryMethod renames or assigns to another carrier. Orders that exist
     * keep what was true at purchase. Scope: operator.
     * </pre>
     */
    public void updateDeliveryMethod(dev.kessai.shop.v1.UpdateDeliveryMethodRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.UpdateDeliveryMethodResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateDeliveryMethodMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * DeleteDeliveryMethod removes one; orders that exist keep it. Scope: operator.
     * </pre>
     */
    public void deleteDeliveryMethod(dev.kessai.shop.v1.DeleteDeliveryMethodRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.DeleteDeliveryMethodResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteDeliveryMethodMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ListAccessKeys reads the keys of the shop in the key's environment, without
     * their secrets. Scope: operator.
     * </pre>
     */
    public void listAccessKeys(dev.kessai.shop.v1.ListAccessKeysRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.ListAccessKeysResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListAccessKeysMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * CreateAccessKey makes a key for the key's own shop and environment. Only this
     * answer has its secret. Scope: operator.
     * </pre>
     */
    public void createAccessKey(dev.kessai.shop.v1.CreateAccessKeyRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.CreateAccessKeyResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateAccessKeyMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ExpireAccessKey ends a key, at once or later, so that its successor has time to
     * take over. A key cannot end itself. Scope: operator.
     * </pre>
     */
    public void expireAccessKey(dev.kessai.shop.v1.ExpireAccessKeyRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.ExpireAccessKeyResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getExpireAccessKeyMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ListChanges reads the audit trail, newest first. Scope: operator.
     * </pre>
     */
    public void listChanges(dev.kessai.shop.v1.ListChangesRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.ListChangesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListChangesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ListWebhookEndpoints reads the addresses that events are sent to, and how they
     * do. Scope: operator.
     * </pre>
     */
    public void listWebhookEndpoints(dev.kessai.shop.v1.ListWebhookEndpointsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.ListWebhookEndpointsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListWebhookEndpointsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * CreateWebhookEndpoint adds one, which gets the events from now on. Its secret
     * is in this answer and never again. Scope: operator.
     * </pre>
     */
    public void createWebhookEndpoint(dev.kessai.shop.v1.CreateWebhookEndpointRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.CreateWebhookEndpointResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateWebhookEndpointMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * UpdateWebhookEndpoint changes one; what is left out stays. Scope: operator.
     * </pre>
     */
    public void updateWebhookEndpoint(dev.kessai.shop.v1.UpdateWebhookEndpointRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.UpdateWebhookEndpointResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateWebhookEndpointMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * DeleteWebhookEndpoint ends one, with what waits for it. Scope: operator.
     * </pre>
     */
    public void deleteWebhookEndpoint(dev.kessai.shop.v1.DeleteWebhookEndpointRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.DeleteWebhookEndpointResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteWebhookEndpointMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * RotateWebhookSecret gives an endpoint a new secret. For a while both sign, so
     * that no event is lost (P81). Scope: operator.
     * </pre>
     */
    public void rotateWebhookSecret(dev.kessai.shop.v1.RotateWebhookSecretRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.RotateWebhookSecretResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRotateWebhookSecretMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * TestWebhookEndpoint sends a test event now, with a word that the endpoint may
     * send back, and says what came of it (P77). Scope: operator.
     * </pre>
     */
    public void testWebhookEndpoint(dev.kessai.shop.v1.TestWebhookEndpointRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.TestWebhookEndpointResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getTestWebhookEndpointMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ListWebhookDeliveries reads what waits for an endpoint, and its dead letters.
     * Scope: operator.
     * </pre>
     */
    public void listWebhookDeliveries(dev.kessai.shop.v1.ListWebhookDeliveriesRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.ListWebhookDeliveriesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListWebhookDeliveriesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ReplayWebhookEvents sends the events of a time anew, dead letters among them,
     * with the ids that they have (P78). Scope: operator.
     * </pre>
     */
    public void replayWebhookEvents(dev.kessai.shop.v1.ReplayWebhookEventsRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.ReplayWebhookEventsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getReplayWebhookEventsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * RunConnectionTest proves the shop's settings against the provider (R23): it
     * makes purchases of test cards, finds them at the provider, captures, changes
     * and cancels them, and tells of each step as it ends. Scope: operator.
     * </pre>
     */
    public void runConnectionTest(dev.kessai.shop.v1.RunConnectionTestRequest request,
        io.grpc.stub.StreamObserver<dev.kessai.shop.v1.RunConnectionTestResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getRunConnectionTestMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service ShopService.
   * <pre>
   * ShopService is where an operator sets up a shop. Every call is about the shop
   * and environment of the caller's key. Every change is on disk, and in the audit
   * trail, before it is answered; payments that are under way end with what was
   * true when they began.
   * </pre>
   */
  public static final class ShopServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<ShopServiceBlockingV2Stub> {
    private ShopServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ShopServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ShopServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * GetSettings reads the shop's settings. Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.GetSettingsResponse getSettings(dev.kessai.shop.v1.GetSettingsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetSettingsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * UpdateSettings changes settings; what is left out stays. What the contract does
     * not allow is refused, field by field. Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.UpdateSettingsResponse updateSettings(dev.kessai.shop.v1.UpdateSettingsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpdateSettingsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListContracts reads the contracts of the shop, one for each environment.
     * Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.ListContractsResponse listContracts(dev.kessai.shop.v1.ListContractsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListContractsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * UpdateContract changes a contract of the key's environment; what is left out
     * stays. Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.UpdateContractResponse updateContract(dev.kessai.shop.v1.UpdateContractRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpdateContractMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListPaymentMethods reads the payment methods in the order of the checkout,
     * stopped ones too (R20). Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.ListPaymentMethodsResponse listPaymentMethods(dev.kessai.shop.v1.ListPaymentMethodsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListPaymentMethodsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * CreatePaymentMethod adds one at the end (R20). Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.CreatePaymentMethodResponse createPaymentMethod(dev.kessai.shop.v1.CreatePaymentMethodRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCreatePaymentMethodMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * UpdatePaymentMethod renames, describes, stops or takes up again.
     * Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.UpdatePaymentMethodResponse updatePaymentMethod(dev.kessai.shop.v1.UpdatePaymentMethodRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpdatePaymentMethodMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * OrderPaymentMethods sets the order that the checkout shows: the names of all.
     * Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.OrderPaymentMethodsResponse orderPaymentMethods(dev.kessai.shop.v1.OrderPaymentMethodsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getOrderPaymentMethodsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * DeletePaymentMethod removes one that no order ever used; any other can only be
     * stopped (R21). Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.DeletePaymentMethodResponse deletePaymentMethod(dev.kessai.shop.v1.DeletePaymentMethodRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeletePaymentMethodMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListDeliveryMethods reads the delivery methods (R19). Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.ListDeliveryMethodsResponse listDeliveryMethods(dev.kessai.shop.v1.ListDeliveryMethodsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListDeliveryMethodsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * CreateDeliveryMethod adds one. Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.CreateDeliveryMethodResponse createDeliveryMethod(dev.kessai.shop.v1.CreateDeliveryMethodRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCreateDeliveryMethodMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * UpdateDeliveryMethod renames or assigns to another carrier. Orders that exist
     * keep what was true at purchase. Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.UpdateDeliveryMethodResponse updateDeliveryMethod(dev.kessai.shop.v1.UpdateDeliveryMethodRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpdateDeliveryMethodMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * DeleteDeliveryMethod removes one; orders that exist keep it. Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.DeleteDeliveryMethodResponse deleteDeliveryMethod(dev.kessai.shop.v1.DeleteDeliveryMethodRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeleteDeliveryMethodMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListAccessKeys reads the keys of the shop in the key's environment, without
     * their secrets. Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.ListAccessKeysResponse listAccessKeys(dev.kessai.shop.v1.ListAccessKeysRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListAccessKeysMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * CreateAccessKey makes a key for the key's own shop and environment. Only this
     * answer has its secret. Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.CreateAccessKeyResponse createAccessKey(dev.kessai.shop.v1.CreateAccessKeyRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCreateAccessKeyMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ExpireAccessKey ends a key, at once or later, so that its successor has time to
     * take over. A key cannot end itself. Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.ExpireAccessKeyResponse expireAccessKey(dev.kessai.shop.v1.ExpireAccessKeyRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getExpireAccessKeyMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListChanges reads the audit trail, newest first. Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.ListChangesResponse listChanges(dev.kessai.shop.v1.ListChangesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListChangesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListWebhookEndpoints reads the addresses that events are sent to, and how they
     * do. Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.ListWebhookEndpointsResponse listWebhookEndpoints(dev.kessai.shop.v1.ListWebhookEndpointsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListWebhookEndpointsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * CreateWebhookEndpoint adds one, which gets the events from now on. Its secret
     * is in this answer and never again. Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.CreateWebhookEndpointResponse createWebhookEndpoint(dev.kessai.shop.v1.CreateWebhookEndpointRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCreateWebhookEndpointMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * UpdateWebhookEndpoint changes one; what is left out stays. Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.UpdateWebhookEndpointResponse updateWebhookEndpoint(dev.kessai.shop.v1.UpdateWebhookEndpointRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpdateWebhookEndpointMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * DeleteWebhookEndpoint ends one, with what waits for it. Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.DeleteWebhookEndpointResponse deleteWebhookEndpoint(dev.kessai.shop.v1.DeleteWebhookEndpointRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeleteWebhookEndpointMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * RotateWebhookSecret gives an endpoint a new secret. For a while both sign, so
     * that no event is lost (P81). Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.RotateWebhookSecretResponse rotateWebhookSecret(dev.kessai.shop.v1.RotateWebhookSecretRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRotateWebhookSecretMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * TestWebhookEndpoint sends a test event now, with a word that the endpoint may
     * send back, and says what came of it (P77). Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.TestWebhookEndpointResponse testWebhookEndpoint(dev.kessai.shop.v1.TestWebhookEndpointRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getTestWebhookEndpointMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListWebhookDeliveries reads what waits for an endpoint, and its dead letters.
     * Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.ListWebhookDeliveriesResponse listWebhookDeliveries(dev.kessai.shop.v1.ListWebhookDeliveriesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListWebhookDeliveriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ReplayWebhookEvents sends the events of a time anew, dead letters among them,
     * with the ids that they have (P78). Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.ReplayWebhookEventsResponse replayWebhookEvents(dev.kessai.shop.v1.ReplayWebhookEventsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getReplayWebhookEventsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * RunConnectionTest proves the shop's settings against the provider (R23): it
     * makes purchases of test cards, finds them at the provider, captures, changes
     * and cancels them, and tells of each step as it ends. Scope: operator.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, dev.kessai.shop.v1.RunConnectionTestResponse>
        runConnectionTest(dev.kessai.shop.v1.RunConnectionTestRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getRunConnectionTestMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service ShopService.
   * <pre>
   * ShopService is where an operator sets up a shop. Every call is about the shop
   * and environment of the caller's key. Every change is on disk, and in the audit
   * trail, before it is answered; payments that are under way end with what was
   * true when they began.
   * </pre>
   */
  public static final class ShopServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<ShopServiceBlockingStub> {
    private ShopServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ShopServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ShopServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * GetSettings reads the shop's settings. Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.GetSettingsResponse getSettings(dev.kessai.shop.v1.GetSettingsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetSettingsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * UpdateSettings changes settings; what is left out stays. What the contract does
     * not allow is refused, field by field. Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.UpdateSettingsResponse updateSettings(dev.kessai.shop.v1.UpdateSettingsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateSettingsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListContracts reads the contracts of the shop, one for each environment.
     * Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.ListContractsResponse listContracts(dev.kessai.shop.v1.ListContractsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListContractsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * UpdateContract changes a contract of the key's environment; what is left out
     * stays. Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.UpdateContractResponse updateContract(dev.kessai.shop.v1.UpdateContractRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateContractMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListPaymentMethods reads the payment methods in the order of the checkout,
     * stopped ones too (R20). Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.ListPaymentMethodsResponse listPaymentMethods(dev.kessai.shop.v1.ListPaymentMethodsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListPaymentMethodsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * CreatePaymentMethod adds one at the end (R20). Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.CreatePaymentMethodResponse createPaymentMethod(dev.kessai.shop.v1.CreatePaymentMethodRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreatePaymentMethodMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * UpdatePaymentMethod renames, describes, stops or takes up again.
     * Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.UpdatePaymentMethodResponse updatePaymentMethod(dev.kessai.shop.v1.UpdatePaymentMethodRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdatePaymentMethodMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * OrderPaymentMethods sets the order that the checkout shows: the names of all.
     * Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.OrderPaymentMethodsResponse orderPaymentMethods(dev.kessai.shop.v1.OrderPaymentMethodsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getOrderPaymentMethodsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * DeletePaymentMethod removes one that no order ever used; any other can only be
     * stopped (R21). Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.DeletePaymentMethodResponse deletePaymentMethod(dev.kessai.shop.v1.DeletePaymentMethodRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeletePaymentMethodMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListDeliveryMethods reads the delivery methods (R19). Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.ListDeliveryMethodsResponse listDeliveryMethods(dev.kessai.shop.v1.ListDeliveryMethodsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListDeliveryMethodsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * CreateDeliveryMethod adds one. Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.CreateDeliveryMethodResponse createDeliveryMethod(dev.kessai.shop.v1.CreateDeliveryMethodRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateDeliveryMethodMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * UpdateDeliveryMethod renames or assigns to another carrier. Orders that exist
     * keep what was true at purchase. Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.UpdateDeliveryMethodResponse updateDeliveryMethod(dev.kessai.shop.v1.UpdateDeliveryMethodRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateDeliveryMethodMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * DeleteDeliveryMethod removes one; orders that exist keep it. Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.DeleteDeliveryMethodResponse deleteDeliveryMethod(dev.kessai.shop.v1.DeleteDeliveryMethodRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteDeliveryMethodMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListAccessKeys reads the keys of the shop in the key's environment, without
     * their secrets. Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.ListAccessKeysResponse listAccessKeys(dev.kessai.shop.v1.ListAccessKeysRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListAccessKeysMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * CreateAccessKey makes a key for the key's own shop and environment. Only this
     * answer has its secret. Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.CreateAccessKeyResponse createAccessKey(dev.kessai.shop.v1.CreateAccessKeyRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateAccessKeyMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ExpireAccessKey ends a key, at once or later, so that its successor has time to
     * take over. A key cannot end itself. Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.ExpireAccessKeyResponse expireAccessKey(dev.kessai.shop.v1.ExpireAccessKeyRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getExpireAccessKeyMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListChanges reads the audit trail, newest first. Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.ListChangesResponse listChanges(dev.kessai.shop.v1.ListChangesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListChangesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListWebhookEndpoints reads the addresses that events are sent to, and how they
     * do. Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.ListWebhookEndpointsResponse listWebhookEndpoints(dev.kessai.shop.v1.ListWebhookEndpointsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListWebhookEndpointsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * CreateWebhookEndpoint adds one, which gets the events from now on. Its secret
     * is in this answer and never again. Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.CreateWebhookEndpointResponse createWebhookEndpoint(dev.kessai.shop.v1.CreateWebhookEndpointRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateWebhookEndpointMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * UpdateWebhookEndpoint changes one; what is left out stays. Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.UpdateWebhookEndpointResponse updateWebhookEndpoint(dev.kessai.shop.v1.UpdateWebhookEndpointRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateWebhookEndpointMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * DeleteWebhookEndpoint ends one, with what waits for it. Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.DeleteWebhookEndpointResponse deleteWebhookEndpoint(dev.kessai.shop.v1.DeleteWebhookEndpointRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteWebhookEndpointMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * RotateWebhookSecret gives an endpoint a new secret. For a while both sign, so
     * that no event is lost (P81). Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.RotateWebhookSecretResponse rotateWebhookSecret(dev.kessai.shop.v1.RotateWebhookSecretRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRotateWebhookSecretMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * TestWebhookEndpoint sends a test event now, with a word that the endpoint may
     * send back, and says what came of it (P77). Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.TestWebhookEndpointResponse testWebhookEndpoint(dev.kessai.shop.v1.TestWebhookEndpointRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getTestWebhookEndpointMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListWebhookDeliveries reads what waits for an endpoint, and its dead letters.
     * Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.ListWebhookDeliveriesResponse listWebhookDeliveries(dev.kessai.shop.v1.ListWebhookDeliveriesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListWebhookDeliveriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ReplayWebhookEvents sends the events of a time anew, dead letters among them,
     * with the ids that they have (P78). Scope: operator.
     * </pre>
     */
    public dev.kessai.shop.v1.ReplayWebhookEventsResponse replayWebhookEvents(dev.kessai.shop.v1.ReplayWebhookEventsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getReplayWebhookEventsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * RunConnectionTest proves the shop's settings against the provider (R23): it
     * makes purchases of test cards, finds them at the provider, captures, changes
     * and cancels them, and tells of each step as it ends. Scope: operator.
     * </pre>
     */
    public java.util.Iterator<dev.kessai.shop.v1.RunConnectionTestResponse> runConnectionTest(
        dev.kessai.shop.v1.RunConnectionTestRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getRunConnectionTestMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service ShopService.
   * <pre>
   * ShopService is where an operator sets up a shop. Every call is about the shop
   * and environment of the caller's key. Every change is on disk, and in the audit
   * trail, before it is answered; payments that are under way end with what was
   * true when they began.
   * </pre>
   */
  public static final class ShopServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<ShopServiceFutureStub> {
    private ShopServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ShopServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ShopServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * GetSettings reads the shop's settings. Scope: operator.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.shop.v1.GetSettingsResponse> getSettings(
        dev.kessai.shop.v1.GetSettingsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetSettingsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * UpdateSettings changes settings; what is left out stays. What the contract does
     * not allow is refused, field by field. Scope: operator.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.shop.v1.UpdateSettingsResponse> updateSettings(
        dev.kessai.shop.v1.UpdateSettingsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateSettingsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ListContracts reads the contracts of the shop, one for each environment.
     * Scope: operator.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.shop.v1.ListContractsResponse> listContracts(
        dev.kessai.shop.v1.ListContractsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListContractsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * UpdateContract changes a contract of the key's environment; what is left out
     * stays. Scope: operator.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.shop.v1.UpdateContractResponse> updateContract(
        dev.kessai.shop.v1.UpdateContractRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateContractMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ListPaymentMethods reads the payment methods in the order of the checkout,
     * stopped ones too (R20). Scope: operator.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.shop.v1.ListPaymentMethodsResponse> listPaymentMethods(
        dev.kessai.shop.v1.ListPaymentMethodsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListPaymentMethodsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * CreatePaymentMethod adds one at the end (R20). Scope: operator.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.shop.v1.CreatePaymentMethodResponse> createPaymentMethod(
        dev.kessai.shop.v1.CreatePaymentMethodRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreatePaymentMethodMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * UpdatePaymentMethod renames, describes, stops or takes up again.
     * Scope: operator.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.shop.v1.UpdatePaymentMethodResponse> updatePaymentMethod(
        dev.kessai.shop.v1.UpdatePaymentMethodRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdatePaymentMethodMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * OrderPaymentMethods sets the order that the checkout shows: the names of all.
     * Scope: operator.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.shop.v1.OrderPaymentMethodsResponse> orderPaymentMethods(
        dev.kessai.shop.v1.OrderPaymentMethodsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getOrderPaymentMethodsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * DeletePaymentMethod removes one that no order ever used; any other can only be
     * stopped (R21). Scope: operator.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.shop.v1.DeletePaymentMethodResponse> deletePaymentMethod(
        dev.kessai.shop.v1.DeletePaymentMethodRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeletePaymentMethodMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ListDeliveryMethods reads the delivery methods (R19). Scope: operator.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.shop.v1.ListDeliveryMethodsResponse> listDeliveryMethods(
        dev.kessai.shop.v1.ListDeliveryMethodsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListDeliveryMethodsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * CreateDeliveryMethod adds one. Scope: operator.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.shop.v1.CreateDeliveryMethodResponse> createDeliveryMethod(
        dev.kessai.shop.v1.CreateDeliveryMethodRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateDeliveryMethodMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * UpdateDeliveryMethod renames or assigns to another carrier. Orders that exist
     * keep what was true at purchase. Scope: operator.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.shop.v1.UpdateDeliveryMethodResponse> updateDeliveryMethod(
        dev.kessai.shop.v1.UpdateDeliveryMethodRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateDeliveryMethodMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * DeleteDeliveryMethod removes one; orders that exist keep it. Scope: operator.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.shop.v1.DeleteDeliveryMethodResponse> deleteDeliveryMethod(
        dev.kessai.shop.v1.DeleteDeliveryMethodRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteDeliveryMethodMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ListAccessKeys reads the keys of the shop in the key's environment, without
     * their secrets. Scope: operator.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.shop.v1.ListAccessKeysResponse> listAccessKeys(
        dev.kessai.shop.v1.ListAccessKeysRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListAccessKeysMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * CreateAccessKey makes a key for the key's own shop and environment. Only this
     * answer has its secret. Scope: operator.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.shop.v1.CreateAccessKeyResponse> createAccessKey(
        dev.kessai.shop.v1.CreateAccessKeyRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateAccessKeyMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ExpireAccessKey ends a key, at once or later, so that its successor has time to
     * take over. A key cannot end itself. Scope: operator.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.shop.v1.ExpireAccessKeyResponse> expireAccessKey(
        dev.kessai.shop.v1.ExpireAccessKeyRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getExpireAccessKeyMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ListChanges reads the audit trail, newest first. Scope: operator.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.shop.v1.ListChangesResponse> listChanges(
        dev.kessai.shop.v1.ListChangesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListChangesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ListWebhookEndpoints reads the addresses that events are sent to, and how they
     * do. Scope: operator.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.shop.v1.ListWebhookEndpointsResponse> listWebhookEndpoints(
        dev.kessai.shop.v1.ListWebhookEndpointsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListWebhookEndpointsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * CreateWebhookEndpoint adds one, which gets the events from now on. Its secret
     * is in this answer and never again. Scope: operator.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.shop.v1.CreateWebhookEndpointResponse> createWebhookEndpoint(
        dev.kessai.shop.v1.CreateWebhookEndpointRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateWebhookEndpointMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * UpdateWebhookEndpoint changes one; what is left out stays. Scope: operator.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.shop.v1.UpdateWebhookEndpointResponse> updateWebhookEndpoint(
        dev.kessai.shop.v1.UpdateWebhookEndpointRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateWebhookEndpointMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * DeleteWebhookEndpoint ends one, with what waits for it. Scope: operator.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.shop.v1.DeleteWebhookEndpointResponse> deleteWebhookEndpoint(
        dev.kessai.shop.v1.DeleteWebhookEndpointRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteWebhookEndpointMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * RotateWebhookSecret gives an endpoint a new secret. For a while both sign, so
     * that no event is lost (P81). Scope: operator.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.shop.v1.RotateWebhookSecretResponse> rotateWebhookSecret(
        dev.kessai.shop.v1.RotateWebhookSecretRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRotateWebhookSecretMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * TestWebhookEndpoint sends a test event now, with a word that the endpoint may
     * send back, and says what came of it (P77). Scope: operator.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.shop.v1.TestWebhookEndpointResponse> testWebhookEndpoint(
        dev.kessai.shop.v1.TestWebhookEndpointRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getTestWebhookEndpointMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ListWebhookDeliveries reads what waits for an endpoint, and its dead letters.
     * Scope: operator.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.shop.v1.ListWebhookDeliveriesResponse> listWebhookDeliveries(
        dev.kessai.shop.v1.ListWebhookDeliveriesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListWebhookDeliveriesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ReplayWebhookEvents sends the events of a time anew, dead letters among them,
     * with the ids that they have (P78). Scope: operator.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.kessai.shop.v1.ReplayWebhookEventsResponse> replayWebhookEvents(
        dev.kessai.shop.v1.ReplayWebhookEventsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getReplayWebhookEventsMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_GET_SETTINGS = 0;
  private static final int METHODID_UPDATE_SETTINGS = 1;
  private static final int METHODID_LIST_CONTRACTS = 2;
  private static final int METHODID_UPDATE_CONTRACT = 3;
  private static final int METHODID_LIST_PAYMENT_METHODS = 4;
  private static final int METHODID_CREATE_PAYMENT_METHOD = 5;
  private static final int METHODID_UPDATE_PAYMENT_METHOD = 6;
  private static final int METHODID_ORDER_PAYMENT_METHODS = 7;
  private static final int METHODID_DELETE_PAYMENT_METHOD = 8;
  private static final int METHODID_LIST_DELIVERY_METHODS = 9;
  private static final int METHODID_CREATE_DELIVERY_METHOD = 10;
  private static final int METHODID_UPDATE_DELIVERY_METHOD = 11;
  private static final int METHODID_DELETE_DELIVERY_METHOD = 12;
  private static final int METHODID_LIST_ACCESS_KEYS = 13;
  private static final int METHODID_CREATE_ACCESS_KEY = 14;
  private static final int METHODID_EXPIRE_ACCESS_KEY = 15;
  private static final int METHODID_LIST_CHANGES = 16;
  private static final int METHODID_LIST_WEBHOOK_ENDPOINTS = 17;
  private static final int METHODID_CREATE_WEBHOOK_ENDPOINT = 18;
  private static final int METHODID_UPDATE_WEBHOOK_ENDPOINT = 19;
  private static final int METHODID_DELETE_WEBHOOK_ENDPOINT = 20;
  private static final int METHODID_ROTATE_WEBHOOK_SECRET = 21;
  private static final int METHODID_TEST_WEBHOOK_ENDPOINT = 22;
  private static final int METHODID_LIST_WEBHOOK_DELIVERIES = 23;
  private static final int METHODID_REPLAY_WEBHOOK_EVENTS = 24;
  private static final int METHODID_RUN_CONNECTION_TEST = 25;

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
        case METHODID_GET_SETTINGS:
          serviceImpl.getSettings((dev.kessai.shop.v1.GetSettingsRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.shop.v1.GetSettingsResponse>) responseObserver);
          break;
        case METHODID_UPDATE_SETTINGS:
          serviceImpl.updateSettings((dev.kessai.shop.v1.UpdateSettingsRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.shop.v1.UpdateSettingsResponse>) responseObserver);
          break;
        case METHODID_LIST_CONTRACTS:
          serviceImpl.listContracts((dev.kessai.shop.v1.ListContractsRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.shop.v1.ListContractsResponse>) responseObserver);
          break;
        case METHODID_UPDATE_CONTRACT:
          serviceImpl.updateContract((dev.kessai.shop.v1.UpdateContractRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.shop.v1.UpdateContractResponse>) responseObserver);
          break;
        case METHODID_LIST_PAYMENT_METHODS:
          serviceImpl.listPaymentMethods((dev.kessai.shop.v1.ListPaymentMethodsRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.shop.v1.ListPaymentMethodsResponse>) responseObserver);
          break;
        case METHODID_CREATE_PAYMENT_METHOD:
          serviceImpl.createPaymentMethod((dev.kessai.shop.v1.CreatePaymentMethodRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.shop.v1.CreatePaymentMethodResponse>) responseObserver);
          break;
        case METHODID_UPDATE_PAYMENT_METHOD:
          serviceImpl.updatePaymentMethod((dev.kessai.shop.v1.UpdatePaymentMethodRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.shop.v1.UpdatePaymentMethodResponse>) responseObserver);
          break;
        case METHODID_ORDER_PAYMENT_METHODS:
          serviceImpl.orderPaymentMethods((dev.kessai.shop.v1.OrderPaymentMethodsRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.shop.v1.OrderPaymentMethodsResponse>) responseObserver);
          break;
        case METHODID_DELETE_PAYMENT_METHOD:
          serviceImpl.deletePaymentMethod((dev.kessai.shop.v1.DeletePaymentMethodRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.shop.v1.DeletePaymentMethodResponse>) responseObserver);
          break;
        case METHODID_LIST_DELIVERY_METHODS:
          serviceImpl.listDeliveryMethods((dev.kessai.shop.v1.ListDeliveryMethodsRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.shop.v1.ListDeliveryMethodsResponse>) responseObserver);
          break;
        case METHODID_CREATE_DELIVERY_METHOD:
          serviceImpl.createDeliveryMethod((dev.kessai.shop.v1.CreateDeliveryMethodRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.shop.v1.CreateDeliveryMethodResponse>) responseObserver);
          break;
        case METHODID_UPDATE_DELIVERY_METHOD:
          serviceImpl.updateDeliveryMethod((dev.kessai.shop.v1.UpdateDeliveryMethodRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.shop.v1.UpdateDeliveryMethodResponse>) responseObserver);
          break;
        case METHODID_DELETE_DELIVERY_METHOD:
          serviceImpl.deleteDeliveryMethod((dev.kessai.shop.v1.DeleteDeliveryMethodRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.shop.v1.DeleteDeliveryMethodResponse>) responseObserver);
          break;
        case METHODID_LIST_ACCESS_KEYS:
          serviceImpl.listAccessKeys((dev.kessai.shop.v1.ListAccessKeysRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.shop.v1.ListAccessKeysResponse>) responseObserver);
          break;
        case METHODID_CREATE_ACCESS_KEY:
          serviceImpl.createAccessKey((dev.kessai.shop.v1.CreateAccessKeyRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.shop.v1.CreateAccessKeyResponse>) responseObserver);
          break;
        case METHODID_EXPIRE_ACCESS_KEY:
          serviceImpl.expireAccessKey((dev.kessai.shop.v1.ExpireAccessKeyRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.shop.v1.ExpireAccessKeyResponse>) responseObserver);
          break;
        case METHODID_LIST_CHANGES:
          serviceImpl.listChanges((dev.kessai.shop.v1.ListChangesRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.shop.v1.ListChangesResponse>) responseObserver);
          break;
        case METHODID_LIST_WEBHOOK_ENDPOINTS:
          serviceImpl.listWebhookEndpoints((dev.kessai.shop.v1.ListWebhookEndpointsRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.shop.v1.ListWebhookEndpointsResponse>) responseObserver);
          break;
        case METHODID_CREATE_WEBHOOK_ENDPOINT:
          serviceImpl.createWebhookEndpoint((dev.kessai.shop.v1.CreateWebhookEndpointRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.shop.v1.CreateWebhookEndpointResponse>) responseObserver);
          break;
        case METHODID_UPDATE_WEBHOOK_ENDPOINT:
          serviceImpl.updateWebhookEndpoint((dev.kessai.shop.v1.UpdateWebhookEndpointRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.shop.v1.UpdateWebhookEndpointResponse>) responseObserver);
          break;
        case METHODID_DELETE_WEBHOOK_ENDPOINT:
          serviceImpl.deleteWebhookEndpoint((dev.kessai.shop.v1.DeleteWebhookEndpointRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.shop.v1.DeleteWebhookEndpointResponse>) responseObserver);
          break;
        case METHODID_ROTATE_WEBHOOK_SECRET:
          serviceImpl.rotateWebhookSecret((dev.kessai.shop.v1.RotateWebhookSecretRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.shop.v1.RotateWebhookSecretResponse>) responseObserver);
          break;
        case METHODID_TEST_WEBHOOK_ENDPOINT:
          serviceImpl.testWebhookEndpoint((dev.kessai.shop.v1.TestWebhookEndpointRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.shop.v1.TestWebhookEndpointResponse>) responseObserver);
          break;
        case METHODID_LIST_WEBHOOK_DELIVERIES:
          serviceImpl.listWebhookDeliveries((dev.kessai.shop.v1.ListWebhookDeliveriesRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.shop.v1.ListWebhookDeliveriesResponse>) responseObserver);
          break;
        case METHODID_REPLAY_WEBHOOK_EVENTS:
          serviceImpl.replayWebhookEvents((dev.kessai.shop.v1.ReplayWebhookEventsRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.shop.v1.ReplayWebhookEventsResponse>) responseObserver);
          break;
        case METHODID_RUN_CONNECTION_TEST:
          serviceImpl.runConnectionTest((dev.kessai.shop.v1.RunConnectionTestRequest) request,
              (io.grpc.stub.StreamObserver<dev.kessai.shop.v1.RunConnectionTestResponse>) responseObserver);
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
          getGetSettingsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.shop.v1.GetSettingsRequest,
              dev.kessai.shop.v1.GetSettingsResponse>(
                service, METHODID_GET_SETTINGS)))
        .addMethod(
          getUpdateSettingsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.shop.v1.UpdateSettingsRequest,
              dev.kessai.shop.v1.UpdateSettingsResponse>(
                service, METHODID_UPDATE_SETTINGS)))
        .addMethod(
          getListContractsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.shop.v1.ListContractsRequest,
              dev.kessai.shop.v1.ListContractsResponse>(
                service, METHODID_LIST_CONTRACTS)))
        .addMethod(
          getUpdateContractMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.shop.v1.UpdateContractRequest,
              dev.kessai.shop.v1.UpdateContractResponse>(
                service, METHODID_UPDATE_CONTRACT)))
        .addMethod(
          getListPaymentMethodsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.shop.v1.ListPaymentMethodsRequest,
              dev.kessai.shop.v1.ListPaymentMethodsResponse>(
                service, METHODID_LIST_PAYMENT_METHODS)))
        .addMethod(
          getCreatePaymentMethodMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.shop.v1.CreatePaymentMethodRequest,
              dev.kessai.shop.v1.CreatePaymentMethodResponse>(
                service, METHODID_CREATE_PAYMENT_METHOD)))
        .addMethod(
          getUpdatePaymentMethodMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.shop.v1.UpdatePaymentMethodRequest,
              dev.kessai.shop.v1.UpdatePaymentMethodResponse>(
                service, METHODID_UPDATE_PAYMENT_METHOD)))
        .addMethod(
          getOrderPaymentMethodsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.shop.v1.OrderPaymentMethodsRequest,
              dev.kessai.shop.v1.OrderPaymentMethodsResponse>(
                service, METHODID_ORDER_PAYMENT_METHODS)))
        .addMethod(
          getDeletePaymentMethodMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.shop.v1.DeletePaymentMethodRequest,
              dev.kessai.shop.v1.DeletePaymentMethodResponse>(
                service, METHODID_DELETE_PAYMENT_METHOD)))
        .addMethod(
          getListDeliveryMethodsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.shop.v1.ListDeliveryMethodsRequest,
              dev.kessai.shop.v1.ListDeliveryMethodsResponse>(
                service, METHODID_LIST_DELIVERY_METHODS)))
        .addMethod(
          getCreateDeliveryMethodMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.shop.v1.CreateDeliveryMethodRequest,
              dev.kessai.shop.v1.CreateDeliveryMethodResponse>(
                service, METHODID_CREATE_DELIVERY_METHOD)))
        .addMethod(
          getUpdateDeliveryMethodMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.shop.v1.UpdateDeliveryMethodRequest,
              dev.kessai.shop.v1.UpdateDeliveryMethodResponse>(
                service, METHODID_UPDATE_DELIVERY_METHOD)))
        .addMethod(
          getDeleteDeliveryMethodMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.shop.v1.DeleteDeliveryMethodRequest,
              dev.kessai.shop.v1.DeleteDeliveryMethodResponse>(
                service, METHODID_DELETE_DELIVERY_METHOD)))
        .addMethod(
          getListAccessKeysMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.shop.v1.ListAccessKeysRequest,
              dev.kessai.shop.v1.ListAccessKeysResponse>(
                service, METHODID_LIST_ACCESS_KEYS)))
        .addMethod(
          getCreateAccessKeyMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.shop.v1.CreateAccessKeyRequest,
              dev.kessai.shop.v1.CreateAccessKeyResponse>(
                service, METHODID_CREATE_ACCESS_KEY)))
        .addMethod(
          getExpireAccessKeyMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.shop.v1.ExpireAccessKeyRequest,
              dev.kessai.shop.v1.ExpireAccessKeyResponse>(
                service, METHODID_EXPIRE_ACCESS_KEY)))
        .addMethod(
          getListChangesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.shop.v1.ListChangesRequest,
              dev.kessai.shop.v1.ListChangesResponse>(
                service, METHODID_LIST_CHANGES)))
        .addMethod(
          getListWebhookEndpointsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.shop.v1.ListWebhookEndpointsRequest,
              dev.kessai.shop.v1.ListWebhookEndpointsResponse>(
                service, METHODID_LIST_WEBHOOK_ENDPOINTS)))
        .addMethod(
          getCreateWebhookEndpointMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.shop.v1.CreateWebhookEndpointRequest,
              dev.kessai.shop.v1.CreateWebhookEndpointResponse>(
                service, METHODID_CREATE_WEBHOOK_ENDPOINT)))
        .addMethod(
          getUpdateWebhookEndpointMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.shop.v1.UpdateWebhookEndpointRequest,
              dev.kessai.shop.v1.UpdateWebhookEndpointResponse>(
                service, METHODID_UPDATE_WEBHOOK_ENDPOINT)))
        .addMethod(
          getDeleteWebhookEndpointMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.shop.v1.DeleteWebhookEndpointRequest,
              dev.kessai.shop.v1.DeleteWebhookEndpointResponse>(
                service, METHODID_DELETE_WEBHOOK_ENDPOINT)))
        .addMethod(
          getRotateWebhookSecretMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.shop.v1.RotateWebhookSecretRequest,
              dev.kessai.shop.v1.RotateWebhookSecretResponse>(
                service, METHODID_ROTATE_WEBHOOK_SECRET)))
        .addMethod(
          getTestWebhookEndpointMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.shop.v1.TestWebhookEndpointRequest,
              dev.kessai.shop.v1.TestWebhookEndpointResponse>(
                service, METHODID_TEST_WEBHOOK_ENDPOINT)))
        .addMethod(
          getListWebhookDeliveriesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.shop.v1.ListWebhookDeliveriesRequest,
              dev.kessai.shop.v1.ListWebhookDeliveriesResponse>(
                service, METHODID_LIST_WEBHOOK_DELIVERIES)))
        .addMethod(
          getReplayWebhookEventsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.kessai.shop.v1.ReplayWebhookEventsRequest,
              dev.kessai.shop.v1.ReplayWebhookEventsResponse>(
                service, METHODID_REPLAY_WEBHOOK_EVENTS)))
        .addMethod(
          getRunConnectionTestMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              dev.kessai.shop.v1.RunConnectionTestRequest,
              dev.kessai.shop.v1.RunConnectionTestResponse>(
                service, METHODID_RUN_CONNECTION_TEST)))
        .build();
  }

  private static abstract class ShopServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    ShopServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return dev.kessai.shop.v1.ShopServiceProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("ShopService");
    }
  }

  private static final class ShopServiceFileDescriptorSupplier
      extends ShopServiceBaseDescriptorSupplier {
    ShopServiceFileDescriptorSupplier() {}
  }

  private static final class ShopServiceMethodDescriptorSupplier
      extends ShopServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    ShopServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (ShopServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new ShopServiceFileDescriptorSupplier())
              .addMethod(getGetSettingsMethod())
              .addMethod(getUpdateSettingsMethod())
              .addMethod(getListContractsMethod())
              .addMethod(getUpdateContractMethod())
              .addMethod(getListPaymentMethodsMethod())
              .addMethod(getCreatePaymentMethodMethod())
              .addMethod(getUpdatePaymentMethodMethod())
              .addMethod(getOrderPaymentMethodsMethod())
              .addMethod(getDeletePaymentMethodMethod())
              .addMethod(getListDeliveryMethodsMethod())
              .addMethod(getCreateDeliveryMethodMethod())
              .addMethod(getUpdateDeliveryMethodMethod())
              .addMethod(getDeleteDeliveryMethodMethod())
              .addMethod(getListAccessKeysMethod())
              .addMethod(getCreateAccessKeyMethod())
              .addMethod(getExpireAccessKeyMethod())
              .addMethod(getListChangesMethod())
              .addMethod(getListWebhookEndpointsMethod())
              .addMethod(getCreateWebhookEndpointMethod())
              .addMethod(getUpdateWebhookEndpointMethod())
              .addMethod(getDeleteWebhookEndpointMethod())
              .addMethod(getRotateWebhookSecretMethod())
              .addMethod(getTestWebhookEndpointMethod())
              .addMethod(getListWebhookDeliveriesMethod())
              .addMethod(getReplayWebhookEventsMethod())
              .addMethod(getRunConnectionTestMethod())
              .build();
        }
      }
    }
    return result;
  }
}
