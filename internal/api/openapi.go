package api

import (
	"encoding/json"
	"fmt"
	"strings"

	"kessai.dev/kessai/gen/openapi"
)

// openAPI is the generated document with what the generator cannot know: title,
// version, how to send a key, and what an error looks like.
func openAPI() ([]byte, error) {
	var d map[string]any
	if err := json.Unmarshal(openapi.Document, &d); err != nil {
		return nil, fmt.Errorf("api: the OpenAPI document cannot be read: %w", err)
	}
	d["info"] = map[string]any{"title": "kessai", "version": "v1", "description": "Card payments through クロネコ Web Collect."}
	d["securityDefinitions"] = map[string]any{"key": map[string]any{
		"type": "apiKey", "in": "header", "name": "Authorization", "description": "Bearer sk_…, or a payment's client secret: Bearer cs_…",
	}}
	d["security"] = []any{map[string]any{"key": []any{}}}
	definitions, ok := d["definitions"].(map[string]any)
	paths, ok2 := d["paths"].(map[string]any)
	if !ok || !ok2 {
		return nil, fmt.Errorf("api: the OpenAPI document has no paths or definitions")
	}
	definitions["Error"] = map[string]any{
		"type": "object", "description": "google.rpc.Status; the details hold an ErrorInfo with the reason.",
		"properties": map[string]any{
			"code": map[string]any{"type": "integer", "format": "int32"}, "message": map[string]any{"type": "string"},
			"details": map[string]any{"type": "array", "items": map[string]any{"type": "object"}},
		},
	}
	for path, methods := range paths {
		if byMethod, ok := methods.(map[string]any); ok {
			for _, operation := range byMethod {
				if err := finish(operation); err != nil {
					return nil, fmt.Errorf("api: the OpenAPI document at %s: %w", path, err)
				}
			}
		}
	}
	for i := range fileCalls {
		if err := answersFile(paths, &fileCalls[i]); err != nil {
			return nil, err
		}
	}
	return json.Marshal(d)
}

// answersFile says of a call whose answer over REST is the file itself that it is.
// One without a stream is JSON, too, for whoever accepts that.
func answersFile(paths map[string]any, c *fileCall) error {
	if c.kind == "" {
		return nil
	}
	_, route, err := fileRouteOf(c)
	if err != nil {
		return err
	}
	methods, _ := paths[route.path].(map[string]any)
	op, ok := methods["get"].(map[string]any)
	responses, ok2 := op["responses"].(map[string]any)
	if !ok || !ok2 {
		return fmt.Errorf("api: the OpenAPI document has no %s", route.path)
	}
	kind, _, _ := strings.Cut(c.kind, ";")
	if !route.streams {
		op["produces"] = []any{kind, "application/json"}
		return nil
	}
	op["produces"] = []any{kind}
	responses["200"] = map[string]any{"description": "The file.", "schema": map[string]any{"type": "file"}}
	return nil
}

// finish adds the error answer, and the idempotency key to what takes a body.
func finish(operation any) error {
	op, ok := operation.(map[string]any)
	if !ok {
		return fmt.Errorf("an operation is no object")
	}
	responses, ok := op["responses"].(map[string]any)
	if !ok {
		return fmt.Errorf("an operation has no responses")
	}
	responses["default"] = map[string]any{"description": "An error.", "schema": map[string]any{"$ref": "#/definitions/Error"}}
	parameters, _ := op["parameters"].([]any)
	for _, p := range parameters {
		if m, ok := p.(map[string]any); ok && m["in"] == "body" {
			op["parameters"] = append(parameters, map[string]any{
				"name": "Idempotency-Key", "in": "header", "type": "string", "required": false,
				"description": "1 to 255 visible ASCII characters; needed by every call that moves money, here or as requestId.",
			})
			break
		}
	}
	return nil
}
