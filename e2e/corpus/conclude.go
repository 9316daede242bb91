package corpus

import (
	"fmt"
	"strings"
)

// Matrix is what a command found, for a terminal.
type Matrix interface {
	fmt.Stringer
	Problems() []string // what keeps it from being a proof
	Badge() string      // in one line
}

// Conclude prints the matrix and returns the exit code. err is what kept some of it from being tried.
func Conclude(m Matrix, err error) (int, error) {
	fmt.Print(m)
	problems := m.Problems()
	code := ExitShown
	if len(problems) > 0 {
		fmt.Println("\n" + strings.Join(problems, "\n"))
		code = ExitNotShown
	}
	fmt.Println("\n" + m.Badge())
	return code, err
}
