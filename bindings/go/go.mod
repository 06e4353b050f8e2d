module github.com/captask/captask/bindings/go

go 1.24
