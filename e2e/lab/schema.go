package lab

import (
	"context"
	"encoding/json"
	"fmt"
)

// Property is what the API's own description says of one field.
type Property struct {
	Type        string
	Description string
	Ref         string // the type's name, where it is a named one
}

// openAPI are the two descriptions that a server may have: where it is, and under which key the types are.
var openAPI = map[string]func([]byte) (map[string]kindSchema, error){
	"/openapi/v2": func(doc []byte) (map[string]kindSchema, error) {
		var d struct{ Definitions map[string]kindSchema }
		err := json.Unmarshal(doc, &d)
		return d.Definitions, err
	},
	"/openapi/v3/api/v1": func(doc []byte) (map[string]kindSchema, error) {
		var d struct {
			Components struct{ Schemas map[string]kindSchema }
		}
		err := json.Unmarshal(doc, &d)
		return d.Components.Schemas, err
	},
}

type kindSchema struct {
	Properties map[string]struct {
		Type        string
		Description string
		Ref         string `json:"$ref"`
		AllOf       []struct {
			Ref string `json:"$ref"`
		}
	}
}

// Properties are the fields of a core/v1 type, by each OpenAPI description that the server has (from 1.10 v2, from 1.24 v3 as well).
func (b *Bench) Properties(ctx context.Context, kind string) (map[string]map[string]Property, error) {
	name := "io.k8s.api.core.v1." + kind
	out := map[string]map[string]Property{}
	for path, types := range openAPI {
		doc, err := b.Client.Discovery().RESTClient().Get().AbsPath(path).SetHeader("Accept", "application/json").Do(ctx).Raw()
		if notFound(err) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		known, err := types(doc)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		out[path] = map[string]Property{}
		for field, p := range known[name].Properties {
			if len(p.AllOf) > 0 {
				p.Ref = p.AllOf[0].Ref
			}
			out[path][field] = Property{Type: p.Type, Description: p.Description, Ref: p.Ref}
		}
	}
	return out, nil
}
