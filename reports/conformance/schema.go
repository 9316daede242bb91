package conformance

import (
	_ "embed"
	"encoding/json"

	"github.com/invopop/jsonschema"
)

// Schema is the JSON Schema of the report, as kept beside the code.
//
//go:embed schema.json
var Schema []byte

// schema is made from the type.
func schema() ([]byte, error) {
	reflector := jsonschema.Reflector{DoNotReference: true}
	s := reflector.Reflect(&Report{})
	s.Title = "gateproof conformance report"
	data, err := json.MarshalIndent(s, "", "  ")
	return append(data, '\n'), err
}
