-- captask from LuaJIT by its FFI: solves one task and handles one error.
--
--     LD_LIBRARY_PATH=/folder/of/libcaptask luajit example.lua

local ffi = require("ffi")

-- The part of captask.h that is used here; returned text is a bare pointer, since captask_free needs it.
ffi.cdef [[
int32_t captask_open(const char *config, char **error);
int32_t captask_close(int32_t handle);
char *captask_solve(int32_t client, const char *request);
char *captask_pick(const char *json, const char *pointer);
void captask_free(char *text);
]]

local captask = ffi.load("captask")

-- Copies a text that the library returned, and frees it; nil for NULL.
local function take(text)
    if text == nil then
        return nil
    end
    local copy = ffi.string(text)
    captask.captask_free(text)
    return copy
end

local function solve(client, request)
    return take(captask.captask_solve(client, request))
end

local function pick(json, pointer)
    return take(captask.captask_pick(json, pointer))
end

local err = ffi.new("char *[1]")
local client = captask.captask_open('{"endpoint":"sandbox:"}', err)
if client == 0 then
    io.stderr:write(take(err[0]), "\n")
    os.exit(1)
end

local function work()
    local answer = solve(client,
        '{"task":{"type":"TurnstileTask","websiteURL":"https://example.com","websiteKey":"KEY"}}')
    local token = pick(answer, "/solution/token")
    print("token: " .. (token or answer))

    -- A task that is there to be refused.
    local refused = solve(client, '{"task":{"type":"NoSuchTask"}}')
    local code = pick(refused, "/errorCode")
    print("refused: " .. tostring(code) .. ": " .. tostring(pick(refused, "/errorDescription")))
    return token and code == "ERROR_TASK_NOT_SUPPORTED"
end

-- Whatever goes wrong in between, the client is closed.
local fine, result = pcall(work)
captask.captask_close(client)
if not fine then
    io.stderr:write(tostring(result), "\n")
end
os.exit(fine and result and 0 or 1)
