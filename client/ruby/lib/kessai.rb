# frozen_string_literal: true

require 'grpc'
require 'google/rpc/error_details_pb'
require 'google/rpc/status_pb'
require 'ipaddr'
require 'kessai/payment/v1/payment_service_services_pb'
require 'kessai/vault/v1/vault_service_services_pb'

module Kessai
  # Calls kessai over gRPC.
  #
  #   kessai = Kessai::Client.new('127.0.0.1:9090', 'sk_test_demo')
  #   answer = kessai.payments.create_payment(
  #     Kessai::Payment::V1::CreatePaymentRequest.new(
  #       amount: 5080, order_number: '1396', card_token: token
  #     ), metadata: kessai.metadata(idempotency_key: 'checkout-1396'), deadline: Time.now + 15
  #   )
  #
  # A call that moves money needs an idempotency key. A call that got no answer
  # is made again with the same key: it never charges twice. This class does
  # not do that by itself.
  class Client
    # Every call of PaymentService. Each wants +metadata+.
    attr_reader :payments

    # Every call of VaultService. Each wants +metadata+.
    attr_reader :vault

    # +target+ is host:port of kessai's native gRPC. Outside the loopback the
    # connection is TLS; +credentials+ replaces the system's roots.
    def initialize(target, key, credentials: nil)
      raise ArgumentError, 'kessai: the key is empty or has a character that no key has' unless key.match?(/\A[!-~]+\z/)

      # In a lambda, so that inspect and logs do not show the key.
      @authorization = -> { "Bearer #{key}" }
      credentials ||= local?(target) ? :this_channel_is_insecure : GRPC::Core::ChannelCredentials.new
      # A page of a thousand payments with their orders is more than 4 MiB.
      args = { 'grpc.primary_user_agent' => 'kessai-ruby', 'grpc.max_receive_message_length' => 64 << 20 }
      @payments = Payment::V1::PaymentService::Stub.new(target, credentials, channel_args: args)
      @vault = Vault::V1::VaultService::Stub.new(target, credentials, channel_args: args)
    end

    # The headers of a call: the key, and the idempotency key if there is one.
    def metadata(idempotency_key: nil)
      { 'authorization' => @authorization.call, 'idempotency-key' => idempotency_key }.compact
    end

    private

    def local?(target)
      return true if target.start_with?('unix:')

      host = target.sub(%r{\A\w+:///}, '').rpartition(':').first.delete('[]')
      host == 'localhost' || IPAddr.new(host).loopback?
    rescue IPAddr::Error
      false
    end
  end

  # What kessai says in a GRPC::BadStatus. +reason+ is its one word; empty: the
  # error is the connection's or a proxy's. +violations+ are by field, and
  # +retry_after+ is in seconds.
  #
  #   rescue GRPC::BadStatus => e
  #     Kessai::Failure.of(e).reason # => "ORDER_NUMBER_TAKEN"
  class Failure
    CODES = GRPC::Core::StatusCodes.constants
                                   .to_h { |name| [GRPC::Core::StatusCodes.const_get(name), name.to_s] }.freeze
    private_constant :CODES

    attr_reader :code, :reason, :message, :message_ja, :violations, :retry_after, :metadata

    # Reads the error and its details.
    def self.of(error)
      packed = error.metadata['grpc-status-details-bin']
      new(CODES.fetch(error.code, 'UNKNOWN'), error.details, packed ? Google::Rpc::Status.decode(packed).details : [])
    end

    def initialize(code, message, details)
      @code = code
      @message = message
      @reason = @message_ja = ''
      @violations = {}
      @metadata = {}
      details.each { |detail| add(detail) }
    end

    private

    def add(detail)
      case detail.type_url.rpartition('/').last
      when 'google.rpc.ErrorInfo' then info(Google::Rpc::ErrorInfo.decode(detail.value))
      when 'google.rpc.LocalizedMessage'
        text = Google::Rpc::LocalizedMessage.decode(detail.value)
        @message_ja = text.message if text.locale.start_with?('ja')
      when 'google.rpc.RetryInfo'
        delay = Google::Rpc::RetryInfo.decode(detail.value).retry_delay
        @retry_after = delay && (delay.seconds + delay.nanos / 1e9)
      when 'google.rpc.BadRequest'
        fields = Google::Rpc::BadRequest.decode(detail.value).field_violations
        @violations = fields.to_h { |violation| [violation.field, violation.description] }
      end
    end

    def info(info)
      return unless info.domain == 'kessai'

      @reason = info.reason
      @metadata = info.metadata.to_h
    end
  end
end
