-- include/captask.ffi.h as LuaJIT reads it: every function of the list is declared, and is in the library.
-- Usage: declarations.lua HEADER SYMBOLS LIBRARY
local ffi = require("ffi")
local header, symbols, library = unpack(arg)
ffi.cdef(assert(io.open(header)):read("*a"))
local captask = ffi.load(library)
for name in io.lines(symbols) do
    assert(captask[name] ~= nil, name)
end
assert(captask.captask_pick_into('{"a":"text"}', "/a", nil, 0) == 4)
print(ffi.string(captask.captask_version()))
