package life

import (
	"encoding/json"

	"github.com/invopop/jsonschema"
)

// Schema is the JSON Schema of a Life.
func Schema() ([]byte, error) {
	reflector := jsonschema.Reflector{DoNotReference: true}
	return json.MarshalIndent(reflector.Reflect(&Life{}), "", "  ")
}
