// The developer's one program: builds, runs, debugs and tests Nestor. The only place that turns
// errors into exit statuses: 2 and one line for what the user can put right, 1 for a failed build or a full disk.
using Nestor.Tools.Build;
using Nestor.Tools.Commands;
using Nestor.Tools.Support;

namespace Nestor.Tools;

public static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        try
        {
            CheckDirectory();
            return await CommandLine.InvokeAsync(arguments).ConfigureAwait(false);
        }
        catch (UsageException e)
        {
            return Complain(e.Message, ExitStatus.Usage);
        }
        catch (BuildException e)
        {
            return Complain(e.Message, ExitStatus.Failure);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Complain(e.Message, ExitStatus.Failure);
        }
    }

    // Every relative path begins there, and .NET asks for it in many places.
    private static void CheckDirectory()
    {
        try
        {
            Directory.GetCurrentDirectory();
        }
        catch (IOException)
        {
            throw new UsageException("the current directory has been deleted, or cannot be read");
        }
    }

    private static int Complain(string message, int status)
    {
        Progress.Line(message);
        return status;
    }
}
