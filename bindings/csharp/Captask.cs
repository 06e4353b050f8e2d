// captask for C#: .NET, .NET Framework 4.6 or later, and Mono. Compile this file into the program.
//
// Tasks are awaited. No thread blocks for one: captask_submit returns at once, and one thread receives the answers of
// all tasks. captask_solve is not here, since Task.Run around it would hold a thread of the pool for each task.

using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

/// <summary>An answer of the library whose errorId is not 0.</summary>
public sealed class CaptaskException : Exception
{
    public CaptaskException(string answer)
        : base(Json.Pick(answer, "/errorCode") + ": " + Json.Pick(answer, "/errorDescription"))
    {
        Answer = answer;
    }

    /// <summary>The JSON object.</summary>
    public string Answer { get; private set; }

    /// <summary>The code of the service, or of the library, which begins with CAPTASK_.</summary>
    public string Code { get { return Json.Pick(Answer, "/errorCode"); } }

    /// <summary>The JSON text of the taskId that was bought, null when none is known: {"taskId":…} adopts it.</summary>
    public string TaskId { get { return Json.TaskId(Answer); } }
}

/// <summary>A task that its CancellationToken gave up.</summary>
public sealed class CaptaskCanceledException : OperationCanceledException
{
    public CaptaskCanceledException(string answer, CancellationToken cancel)
        : base(Json.Pick(answer, "/errorDescription"), cancel)
    {
        Answer = answer;
    }

    /// <summary>The JSON object.</summary>
    public string Answer { get; private set; }

    /// <summary>The JSON text of the taskId, which is paid for all the same; null when none is known.</summary>
    public string TaskId { get { return Json.TaskId(Answer); } }
}

/// <summary>A client of the service. Every method may be called from every thread.</summary>
public sealed class CaptaskClient : IDisposable
{
    private readonly object gate = new object();
    private readonly Dictionary<long, TaskCompletionSource<string>> awaited =
        new Dictionary<long, TaskCompletionSource<string>>();
    private readonly int handle;
    private readonly Thread receiver;
    private int disposed;

    /// <summary>Opens a client; null for all defaults. Throws a CaptaskException when the configuration is wrong.</summary>
    public CaptaskClient(string config)
    {
        IntPtr why;
        handle = Native.captask_open(Native.Utf8(config), out why);
        string error = Native.Take(why);
        if (handle == 0)
        {
            throw new CaptaskException(error);
        }
        AppDomain.CurrentDomain.ProcessExit += Stop;
        receiver = new Thread(Receive) { IsBackground = true, Name = "captask" };
        receiver.Start();
    }

    /// <summary>An answer that no task of this process waits for: one that the journal brought back after a crash.
    /// Called on the thread that receives.</summary>
    public event Action<string> Recovered;

    /// <summary>Buys a task, or adopts one, and waits for its answer, a JSON object.</summary>
    /// <exception cref="CaptaskException">The task failed, or was refused.</exception>
    /// <exception cref="CaptaskCanceledException">The task was given up; it has the taskId that is paid for.</exception>
    public async Task<string> SolveAsync(string request, CancellationToken cancel = default(CancellationToken))
    {
        cancel.ThrowIfCancellationRequested();
        TaskCompletionSource<string> answered =
            new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        long ticket = Submit(request, answered);
        using (cancel.Register(() => Native.captask_cancel(handle, ticket)))
        {
            string answer = await answered.Task.ConfigureAwait(false);
            if (Json.Pick(answer, "/errorId") == "0")
            {
                return answer;
            }
            if (cancel.IsCancellationRequested && Json.Pick(answer, "/errorCode") == "CAPTASK_CANCELLED")
            {
                throw new CaptaskCanceledException(answer, cancel);
            }
            throw new CaptaskException(answer);
        }
    }

    /// <summary>Closes the client. What is in flight ends as CAPTASK_CLOSED with its taskId.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 0)
        {
            AppDomain.CurrentDomain.ProcessExit -= Stop;
            Native.captask_stop(handle);
            receiver.Join();
            Native.captask_close(handle);
        }
    }

    // A program that ends without Dispose: the thread that receives must not be inside the library then.
    private void Stop(object sender, EventArgs arguments)
    {
        Native.captask_stop(handle);
    }

    // Under the lock, so that the answer, however fast, finds its task.
    private long Submit(string request, TaskCompletionSource<string> answered)
    {
        lock (gate)
        {
            IntPtr why;
            long ticket = Native.captask_submit(handle, Native.Utf8(request), out why);
            string error = Native.Take(why);
            if (ticket == 0)
            {
                throw new CaptaskException(error);
            }
            awaited.Add(ticket, answered);
            return ticket;
        }
    }

    // After captask_stop every task has its answer, and then comes one of no ticket.
    private void Receive()
    {
        while (true)
        {
            long ticket;
            string answer = Native.Take(Native.captask_receive_ticket(handle, -1, out ticket));
            if (ticket == 0 && answer != null)
            {
                return;
            }
            TaskCompletionSource<string> answered;
            lock (gate)
            {
                if (awaited.TryGetValue(ticket, out answered))
                {
                    awaited.Remove(ticket);
                }
            }
            Action<string> recovered = Recovered;
            if (answered != null)
            {
                answered.SetResult(answer);
            }
            else if (answer != null && recovered != null)
            {
                recovered(answer);
            }
        }
    }
}

/// <summary>Values of JSON texts, for programs without a JSON library.</summary>
public static class Json
{
    /// <summary>One value by its RFC 6901 pointer: a string bare, anything else as JSON; null when it is not there.</summary>
    public static string Pick(string json, string pointer)
    {
        return Native.Take(Native.captask_pick(Native.Utf8(json), Native.Utf8(pointer)));
    }

    /// <summary>A text as a JSON string literal, quotes included.</summary>
    public static string Quote(string text)
    {
        return Native.Take(Native.captask_quote(Native.Utf8(text)));
    }

    // Services number tasks, or name them by a UUID.
    internal static string TaskId(string answer)
    {
        string id = Pick(answer, "/taskId");
        long number;
        return id == null || id == "null" || id == "0" ? null : long.TryParse(id, out number) ? id : Quote(id);
    }
}

// The functions of captask.h. Text that comes back is ours: Take copies and frees it.
internal static class Native
{
    // "captask" is captask.dll on Windows, libcaptask.so on Linux, libcaptask.dylib on macOS.
    private const string Library = "captask";

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern int captask_open(byte[] config, out IntPtr error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern int captask_stop(int client);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern int captask_close(int handle);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern long captask_submit(int client, byte[] request, out IntPtr error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern IntPtr captask_receive_ticket(int client, int timeoutMs, out long ticket);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern int captask_cancel(int client, long ticket);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern IntPtr captask_pick(byte[] json, byte[] pointer);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern IntPtr captask_quote(byte[] text);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    private static extern void captask_free(IntPtr text);

    internal static byte[] Utf8(string text)
    {
        return text == null ? null : Encoding.UTF8.GetBytes(text + "\0");
    }

    internal static string Take(IntPtr text)
    {
        if (text == IntPtr.Zero)
        {
            return null;
        }
        int length = 0;
        while (Marshal.ReadByte(text, length) != 0)
        {
            length++;
        }
        byte[] bytes = new byte[length];
        Marshal.Copy(text, bytes, 0, length);
        captask_free(text);
        return Encoding.UTF8.GetString(bytes);
    }
}
