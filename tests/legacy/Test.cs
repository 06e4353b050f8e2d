// What the class of bindings/csharp promises beyond its example. The argument says what is tested.

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading.Tasks;

internal static class Test
{
    private const string Request = "{\"task\":{\"type\":\"TurnstileTask\",\"websiteURL\":\"https://example.com\",\"websiteKey\":\"KEY\"}}";

    private static int Main(string[] arguments)
    {
        CaptaskClient client = new CaptaskClient("{\"endpoint\":\"sandbox:\"}");
        if (arguments[0] == "leave")
        {
            // Not disposed, and its thread waits for answers that never come: the program ends all the same.
            return Code(client.SolveAsync(Request)) == null ? 0 : 1;
        }
        if (arguments[0] == "dispose")
        {
            Task<string> closed = client.SolveAsync(Request);
            client.Dispose();
            client.Dispose();
            return Code(closed) == "CAPTASK_CLOSED" && Code(client.SolveAsync(Request)) != null ? 0 : 1;
        }
        return Many(client);
    }

    private static string Code(Task<string> task)
    {
        try
        {
            task.GetAwaiter().GetResult();
            return null;
        }
        catch (CaptaskException error)
        {
            return error.Code;
        }
    }

    // Five hundred tasks at once take no thread each.
    private static int Many(CaptaskClient client)
    {
        List<Task<string>> tasks = new List<Task<string>>();
        for (int i = 0; i < 500; i++)
        {
            tasks.Add(client.SolveAsync(Request));
        }
        int threads = Process.GetCurrentProcess().Threads.Count;
        HashSet<string> ids = new HashSet<string>();
        foreach (Task<string> task in tasks)
        {
            ids.Add(Json.Pick(task.GetAwaiter().GetResult(), "/taskId"));
        }
        client.Dispose();
        if (ids.Count == 500 && threads < 100)
        {
            return 0;
        }
        Console.Error.WriteLine(ids.Count + " tasks, " + threads + " threads");
        return 1;
    }
}
