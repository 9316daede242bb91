package alter

import (
	"reflect"
	"slices"
)

// Join is both changes at once. ok is false where they use the same means, or do not go together otherwise. Admission is a chain: the one changes
// what the other has made of an object, and either may refuse it.
func (c Change) Join(other Change) (both Change, ok bool) {
	if c.At != other.At {
		return c, false
	}
	if c.admission() && other.admission() {
		if !slices.Equal(c.Of, other.Of) || c.Refuse != "" && other.Refuse != "" && c.Code != other.Code {
			return c, false
		}
		c.Admit, other.Admit = chain(c.Admit, " | ", other.Admit), ""
		c.Refuse, other.Refuse = chain(c.Refuse, " // ", other.Refuse), ""
		c.Code, other.Code = max(c.Code, other.Code), 0
	}
	if c.Apply == "" { // what namespaces are given is none of its business
		c.Apply, other.Apply = other.Apply, ""
	}
	if c.EachNamespace == "" {
		c.EachNamespace, other.EachNamespace = other.EachNamespace, ""
	}
	theirs := other.means()
	for i, mine := range c.means() {
		if mine.used && theirs[i].used {
			return c, false
		}
	}
	both = c
	into, from := reflect.ValueOf(&both).Elem(), reflect.ValueOf(other)
	for i := range into.NumField() {
		if into.Field(i).IsZero() { // a field is of one means alone
			into.Field(i).Set(from.Field(i))
		}
	}
	return both, both.Validate() == nil
}

// chain is both filters; one that is empty is none.
func chain(first, then, second string) string {
	if first == "" || second == "" {
		return first + second
	}
	return "(" + first + ")" + then + "(" + second + ")"
}
