// Solves a task, handles a refusal, and gives a task up, all three at once.
//
//     mcs Captask.cs Example.cs && LD_LIBRARY_PATH=/folder/of/libcaptask mono Captask.exe
//
// An argument is the configuration, as {"clientKey":"…"}; without one it is the sandbox inside the library.

using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

internal static class Example
{
    private const string Turnstile = "{\"type\":\"TurnstileTask\",\"websiteURL\":\"https://example.com\",\"websiteKey\":\"KEY\"}";

    private static int Main(string[] arguments)
    {
        Console.OutputEncoding = new UTF8Encoding(false);
        try
        {
            using (CaptaskClient client = new CaptaskClient(arguments.Length > 0 ? arguments[0] : "{\"endpoint\":\"sandbox:\"}"))
            {
                // A program without an event loop of its own waits here, once.
                return Run(client).GetAwaiter().GetResult();
            }
        }
        catch (CaptaskException error)
        {
            Console.Error.WriteLine(error.Message);
            return 1;
        }
    }

    private static async Task<int> Run(CaptaskClient client)
    {
        using (CancellationTokenSource patience = new CancellationTokenSource())
        {
            Task<string> solved = client.SolveAsync("{\"task\":" + Turnstile + ",\"extra\":\"ö漢\"}");
            Task<string> refused = client.SolveAsync("{\"task\":{\"type\":\"NoSuchTask\"}}");
            Task<string> abandoned = client.SolveAsync("{\"task\":" + Turnstile + "}", patience.Token);
            patience.Cancel();

            string answer = await solved;
            Console.WriteLine("token: " + Json.Pick(answer, "/solution/token"));
            Console.WriteLine("extra: " + Json.Pick(answer, "/extra"));
            try
            {
                await refused;
                return 1;
            }
            catch (CaptaskException error)
            {
                Console.WriteLine("refused: " + error.Message);
            }
            try
            {
                await abandoned;
                return 1;
            }
            catch (CaptaskCanceledException error)
            {
                Console.WriteLine("cancelled: " + Json.Pick(error.Answer, "/errorCode"));
            }
            return 0;
        }
    }
}
