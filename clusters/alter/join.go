package alter

import "reflect"

// Join is both changes at once. ok is false where they use the same means, or do not go together otherwise.
func (c Change) Join(other Change) (both Change, ok bool) {
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
