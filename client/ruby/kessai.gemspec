# frozen_string_literal: true

Gem::Specification.new do |spec|
  spec.name = 'kessai'
  spec.version = '0.1.0'
  spec.summary = 'Calls kessai, a card payment backend for クロネコ Web Collect, over gRPC'
  spec.authors = ['kessai']
  spec.files = Dir['lib/**/*.rb', 'gen/**/*.rb', 'README*.md']
  spec.require_paths = %w[lib gen]
  spec.required_ruby_version = '>= 3.1'
  spec.add_dependency 'google-protobuf', '>= 3.21'
  spec.add_dependency 'googleapis-common-protos-types', '>= 1.4'
  spec.add_dependency 'grpc', '>= 1.51'
end
