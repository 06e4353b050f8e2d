-- Solves a task, handles a refusal, and gives a task up, all three at once.
--
--     LD_LIBRARY_PATH=/folder/of/libcaptask luajit example.lua
--
-- An argument is the configuration, as {"clientKey":"…"}; without one it is the sandbox inside the library.

package.path = (arg[0]:match("^.*/") or "./") .. "?.lua;" .. package.path
local captask = require("captask")
local pick = captask.pick

local turnstile = '{"type":"TurnstileTask","websiteURL":"https://example.com","websiteKey":"KEY"}'

local client, why = captask.open(arg[1] or '{"endpoint":"sandbox:"}')
if client == nil then
    io.stderr:write(pick(why, "/errorCode"), ": ", pick(why, "/errorDescription"), "\n")
    os.exit(1)
end

local function described(answer)
    return (pick(answer, "/errorCode") or "no error") .. ": " .. (pick(answer, "/errorDescription") or "")
end

local solved, refused, cancelled = false, false, false

client:start(function()
    local answer = client:solve('{"task":' .. turnstile .. ',"extra":"ö漢"}')
    solved = pick(answer, "/errorId") == "0"
    if solved then
        print("token: " .. pick(answer, "/solution/token"))
        print("extra: " .. pick(answer, "/extra"))
    else
        io.stderr:write(described(answer), "\n")
    end
end)
client:start(function()
    -- A task that is there to be refused.
    local answer = client:solve('{"task":{"type":"NoSuchTask"}}')
    refused = pick(answer, "/errorCode") == "ERROR_TASK_NOT_SUPPORTED"
    print("refused: " .. described(answer))
end)
client:start(function()
    local ticket = assert(client:submit('{"task":' .. turnstile .. "}"))
    client:cancel(ticket)
    local code = pick(client:wait(ticket), "/errorCode")
    cancelled = code == "CAPTASK_CANCELLED"
    print("cancelled: " .. tostring(code))
end)

-- Whatever goes wrong in between, the client is closed.
local fine, problem = pcall(client.run, client)
client:close()
if not fine then
    io.stderr:write(tostring(problem), "\n")
end
os.exit(fine and solved and refused and cancelled and 0 or 1)
