package reports

// SplitFailure is for the tests: Gomega's wording is what it depends on.
var SplitFailure = splitFailure
