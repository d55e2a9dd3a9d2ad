# frozen_string_literal: true

# Makes the steps of ../cases/cases.json over gRPC; see ../cases/doc.go.

$LOAD_PATH.unshift(File.join(__dir__, 'lib'), File.join(__dir__, 'gen'))
require 'json'
require 'kessai'

def make(step)
  kessai = Kessai::Client.new(ENV.fetch('KESSAI_GRPC'), step['bearer'] || ENV.fetch('KESSAI_KEY'))
  vault = step['service'] == Kessai::Vault::V1::VaultService::Service.service_name
  service = vault ? Kessai::Vault::V1::VaultService::Service : Kessai::Payment::V1::PaymentService::Service
  call = service.rpc_descs.fetch(step['method'].to_sym)
  name = GRPC::GenericService.underscore(step['method'])
  operation = (vault ? kessai.vault : kessai.payments).public_send(
    name, call.input.decode_json(JSON.generate(step['request'])),
    metadata: kessai.metadata(idempotency_key: step['key']), deadline: Time.now + 30, return_op: true
  )
  answer = operation.execute
  told = [operation.metadata, operation.trailing_metadata].compact
  { replayed: told.any? { |headers| headers['idempotency-replayed'] == 'true' }, answer: JSON.parse(answer.to_json) }
rescue GRPC::BadStatus => e
  failure = Kessai::Failure.of(e)
  { error: { code: failure.code, reason: failure.reason, messageJa: failure.message_ja, violations: failure.violations.keys } }
end

saved = { '${run}' => ENV.fetch('KESSAI_RUN') }
JSON.parse(File.read(ARGV.fetch(0))).each do |step|
  text = saved.reduce(JSON.generate(step)) { |filled, (name, value)| filled.gsub(name) { value } }
  result = make(JSON.parse(text))
  (step['save'] || {}).each { |name, path| saved["${#{name}}"] = result[:answer]&.dig(*path.split('.')).to_s }
  puts JSON.generate({ name: step['name'] }.merge(result))
end
