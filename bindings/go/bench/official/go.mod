module github.com/captask/captask/bindings/go/bench/official

go 1.24.0

require (
	github.com/ZennoLab/capmonstercloud-client-go v0.0.0
	github.com/captask/captask/bindings/go v0.0.0
)

// run.py puts the folder of the official client in place of this one where the module proxy does not serve it.
replace github.com/captask/captask/bindings/go => ../..
