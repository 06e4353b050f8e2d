module github.com/captask/captask/bindings/go/proxy

go 1.26.0

// The Go team's own code of what a module zip is, which the go command uses too.
require golang.org/x/mod v0.43.0
