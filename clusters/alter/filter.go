package alter

import (
	"errors"

	"github.com/itchyny/gojq"
)

// Filter is a jq filter. The zero one is none.
type Filter struct{ code *gojq.Code }

// Asked is what a filter may ask for beside its input.
type Asked struct {
	Type  string // sandbox or container
	Name  string // of the container
	Again string // "yes" for a container that is started again
	First string // PID of the sandbox's first container, "" where there is none yet
	Any   string // PID of a process in a namespace that belongs to no pod
	Kin   string // PID of the first living container of the same key, "" where there is none yet
	Old   any    // the object before an update, nil for a create
}

var variables = []string{"$type", "$name", "$again", "$first", "$any", "$kin", "$old"}

// Parse makes a filter of its text.
func Parse(text string) (Filter, error) {
	if text == "" {
		return Filter{}, nil
	}
	query, err := gojq.Parse(text)
	if err != nil {
		return Filter{}, err
	}
	code, err := gojq.Compile(query, gojq.WithVariables(variables))
	return Filter{code}, err
}

// Of is the first value that the filter yields.
func (f Filter) Of(input any, a Asked) (any, error) {
	value, ok := f.code.Run(input, a.Type, a.Name, a.Again, a.First, a.Any, a.Kin, a.Old).Next()
	if !ok {
		return nil, errors.New("the filter yields nothing")
	}
	if err, failed := value.(error); failed {
		return nil, err
	}
	return value, nil
}
