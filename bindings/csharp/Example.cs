// captask from C# by P/Invoke, for .NET, .NET Framework and Mono: solves one task and handles one error.
//
//     mcs Example.cs && LD_LIBRARY_PATH=/folder/of/libcaptask mono Example.exe

using System;
using System.Runtime.InteropServices;
using System.Text;

/// <summary>The functions of captask.h. Text that comes back is ours: Take copies and frees it.</summary>
internal static class Captask
{
    // "captask" is captask.dll on Windows, libcaptask.so on Linux, libcaptask.dylib on macOS.
    private const string Library = "captask";

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    private static extern int captask_open(byte[] config, out IntPtr error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    private static extern int captask_close(int handle);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    private static extern IntPtr captask_solve(int client, byte[] request);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    private static extern IntPtr captask_pick(byte[] json, byte[] pointer);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    private static extern void captask_free(IntPtr text);

    /// <summary>Opens a client; its number, or 0 and what is wrong.</summary>
    public static int Open(string config, out string error)
    {
        IntPtr why;
        int client = captask_open(Utf8(config), out why);
        error = Take(why);
        return client;
    }

    public static void Close(int client)
    {
        captask_close(client);
    }

    /// <summary>Buys a task and waits for its answer, a JSON object.</summary>
    public static string Solve(int client, string request)
    {
        return Take(captask_solve(client, Utf8(request)));
    }

    /// <summary>One value of a JSON text, null when it is not there.</summary>
    public static string Pick(string json, string pointer)
    {
        return Take(captask_pick(Utf8(json), Utf8(pointer)));
    }

    private static byte[] Utf8(string text)
    {
        return text == null ? null : Encoding.UTF8.GetBytes(text + "\0");
    }

    private static string Take(IntPtr text)
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

internal static class Example
{
    private static int Main()
    {
        string error;
        int client = Captask.Open("{\"endpoint\":\"sandbox:\"}", out error);
        if (client == 0)
        {
            Console.Error.WriteLine(error);
            return 1;
        }
        try
        {
            string answer = Captask.Solve(client,
                "{\"task\":{\"type\":\"TurnstileTask\",\"websiteURL\":\"https://example.com\",\"websiteKey\":\"KEY\"}}");
            string token = Captask.Pick(answer, "/solution/token");
            Console.WriteLine("token: " + (token ?? answer));

            // A task that is there to be refused.
            string refused = Captask.Solve(client, "{\"task\":{\"type\":\"NoSuchTask\"}}");
            string code = Captask.Pick(refused, "/errorCode");
            Console.WriteLine("refused: " + code + ": " + Captask.Pick(refused, "/errorDescription"));
            return token != null && code == "ERROR_TASK_NOT_SUPPORTED" ? 0 : 1;
        }
        finally
        {
            Captask.Close(client);
        }
    }
}
