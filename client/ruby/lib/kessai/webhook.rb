# frozen_string_literal: true

require 'json'
require 'openssl'
require 'kessai/event/v1/event_pb'

module Kessai
  # Verifies the messages that kessai sends to an endpoint of the shop, by the
  # Standard Webhooks scheme.
  #
  #   webhook = Kessai::Webhook.new(secret, seen: ->(id) { shop.seen?(id) })
  #   event = webhook.verify(request.headers, request.raw_post)
  #   event.type == 'payment.captured'
  class Webhook
    # Why a message was refused: nothing in it may be believed. The reason is
    # INCOMPLETE (a header is missing, or the body is no event), FORGED (no
    # signature of it is of a secret of ours), STALE (too old, or of the future)
    # or REPEATED (dealt with before: answer it with 200 all the same, so that it
    # is not sent again).
    class Refused < StandardError
      attr_reader :reason

      def initialize(reason)
        super("kessai: webhook refused: #{reason}")
        @reason = reason
      end
    end

    # +secrets+ are those of the endpoint, whsec_…: during a rotation the old and
    # the new one. +tolerance+ is how many seconds old, or ahead, a message may
    # be. +seen+ tells whether a message with an id was dealt with before.
    def initialize(*secrets, tolerance: 300, seen: ->(_) { false })
      keys = secrets.filter_map { |secret| key(secret) }
      @keys = -> { keys } # in a lambda, so that inspect and logs do not show them
      @tolerance = tolerance
      @seen = seen
    end

    # Gives the event of a message. +body+ is the body as it came, byte for byte.
    def verify(headers, body, now: Time.now.to_i)
      given = headers.to_h { |name, value| [name.to_s.downcase, value] }
      id, sent = given.values_at('webhook-id', 'webhook-timestamp')
      raise Refused, 'INCOMPLETE' unless id && !id.empty? && sent&.match?(/\A\d+\z/)
      raise Refused, 'FORGED' unless signed?("#{id}.#{sent}.".b + body.b, given['webhook-signature'].to_s)
      raise Refused, 'STALE' if (now - sent.to_i).abs > @tolerance

      event = event(body)
      raise Refused, 'REPEATED' if @seen.call(id)

      event
    end

    private

    def key(secret)
      key = secret.delete_prefix('whsec_').unpack1('m0')
      key unless key.empty?
    rescue ArgumentError
      nil
    end

    def signed?(content, signatures)
      wanted = @keys.call.map { |key| "v1,#{[OpenSSL::HMAC.digest('SHA256', key, content)].pack('m0')}" }
      wanted.product(signatures.split).map { |want, given| OpenSSL.secure_compare(want, given) }.any?
    end

    def event(body)
      Event::V1::Event.decode_json(body, ignore_unknown_fields: true)
    rescue Google::Protobuf::ParseError
      raise Refused, 'INCOMPLETE'
    end
  end
end
