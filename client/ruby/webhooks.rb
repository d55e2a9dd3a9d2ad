# frozen_string_literal: true

# Verifies the messages of ../cases/webhooks.json; see ../cases/doc.go.

$LOAD_PATH.unshift(File.join(__dir__, 'lib'), File.join(__dir__, 'gen'))
require 'json'
require 'kessai/webhook'

JSON.parse(File.read(ARGV.fetch(0))).each do |message|
  webhook = Kessai::Webhook.new(*message['secrets'], seen: ->(id) { message['seen'].include?(id) })
  begin
    event = webhook.verify(message['headers'], message['body'], now: message['now'])
    result = "#{event.type} #{event.sequence}"
  rescue Kessai::Webhook::Refused => e
    result = e.reason
  end
  puts JSON.generate(name: message['name'], result:)
end
