-- captask for LuaJIT, by its FFI.
--
-- Tasks are waited for in coroutines: client:solve(request) gives the coroutine's turn away until its answer is there,
-- and client:run() hands answers out until every coroutine has ended. captask_solve is not here: it would hold the
-- whole program. Programs with an event loop of their own watch client:fd() in place of client:run(), and call
-- client:step(0) when it is readable.
--
-- No function of Lua may be a log sink (captask_set_log): LuaJIT crashes when another thread calls it. captask_log_to,
-- and the environment variable CAPTASK_LOG, write to a file.

local ffi = require("ffi")

-- The part of include/captask.ffi.h that is used here. Returned text is a bare pointer, since captask_free needs it.
ffi.cdef [[
int32_t captask_open(const char *config, char **error);
int32_t captask_close(int32_t handle);
int64_t captask_submit(int32_t client, const char *request, char **error);
char *captask_receive_ticket(int32_t client, int32_t timeout_ms, int64_t *ticket);
int32_t captask_cancel(int32_t client, int64_t ticket);
int64_t captask_fd(int32_t client, char **error);
char *captask_pick(const char *json, const char *pointer);
char *captask_quote(const char *text);
void captask_free(char *text);
]]

local library = ffi.load(os.getenv("CAPTASK_LIBRARY") or "captask")

local captask = {}
local Client = {}
Client.__index = Client

-- Copies a text that the library returned, and frees it; nil for NULL.
local function take(text)
    if text == nil then
        return nil
    end
    local copy = ffi.string(text)
    library.captask_free(text)
    return copy
end

-- One value of a JSON text by its RFC 6901 pointer: a string bare, anything else as JSON; nil when it is not there.
function captask.pick(json, pointer)
    return take(library.captask_pick(json, pointer))
end

-- A text as a JSON string literal, quotes included.
function captask.quote(text)
    return take(library.captask_quote(text))
end

-- Opens a client; nil and the error, a JSON object, when the configuration is wrong.
function captask.open(config)
    local why = ffi.new("char *[1]")
    local handle = library.captask_open(config, why)
    if handle == 0 then
        return nil, take(why[0])
    end
    -- waiting: coroutines by their tickets; answers: those that came before their coroutine asked.
    return setmetatable({ handle = handle, waiting = {}, answers = {}, running = 0 }, Client)
end

-- Runs a function as a coroutine, which may call client:solve and client:wait. An error in it is raised here, or in
-- client:run.
local function resume(client, routine, ...)
    local fine, why = coroutine.resume(routine, ...)
    if coroutine.status(routine) == "dead" then
        client.running = client.running - 1
    end
    if not fine then
        error(why, 0)
    end
end

function Client:start(work, ...)
    self.running = self.running + 1
    resume(self, coroutine.create(work), ...)
end

-- Buys a task, or adopts one, and returns a ticket at once; nil and the error when it is refused.
function Client:submit(request)
    local why = ffi.new("char *[1]")
    local ticket = library.captask_submit(self.handle, request, why)
    if ticket == 0 then
        return nil, take(why[0])
    end
    return tonumber(ticket)
end

-- Waits, inside a coroutine, for the answer of a ticket: a JSON object, an error's or not.
function Client:wait(ticket)
    local answer = self.answers[ticket]
    self.answers[ticket] = nil
    if answer == nil then
        self.waiting[ticket] = coroutine.running()
        answer = coroutine.yield()
    end
    return answer
end

-- Both.
function Client:solve(request)
    local ticket, why = self:submit(request)
    if ticket == nil then
        return why
    end
    return self:wait(ticket)
end

-- Gives a ticket up; its answer, CAPTASK_CANCELLED, is still to be waited for. False when it is answered already.
function Client:cancel(ticket)
    return library.captask_cancel(self.handle, ticket) == 1
end

-- Hands one answer out; false when none came within the milliseconds.
function Client:step(milliseconds)
    local number = ffi.new("int64_t[1]")
    local answer = take(library.captask_receive_ticket(self.handle, milliseconds, number))
    if answer == nil then
        return false
    end
    local ticket = tonumber(number[0])
    local routine = self.waiting[ticket]
    self.waiting[ticket] = nil
    if routine ~= nil then
        resume(self, routine, answer)
    elseif ticket == 0 then
        error(answer, 0)
    else
        self.answers[ticket] = answer
    end
    return true
end

-- Hands answers out until every coroutine has ended. A wait of a second ends so that Ctrl-C does.
function Client:run()
    while self.running > 0 do
        self:step(1000)
    end
end

-- A descriptor that is readable while client:step(0) has something to hand out; nil and the error when there is none.
function Client:fd()
    local why = ffi.new("char *[1]")
    local descriptor = library.captask_fd(self.handle, why)
    if descriptor == 0 then
        return nil, take(why[0])
    end
    return tonumber(descriptor)
end

-- Closes the client. What is in flight is given up, and no coroutine is resumed any more.
function Client:close()
    library.captask_close(self.handle)
end

return captask
