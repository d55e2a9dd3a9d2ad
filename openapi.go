// Package kessai embeds what the repository holds for other programs: the
// OpenAPI document of the REST API. The server is in kessai.dev/kessai/server.
package kessai

import _ "embed"

// OpenAPI is the generated Swagger 2.0 document. The api package serves it,
// completed, at /openapi.json.
//
//go:embed gen/openapi/kessai.swagger.json
var OpenAPI []byte
