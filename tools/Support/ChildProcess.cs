// Runs a helper program to its end and gives back what it printed.
using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Nestor.Tools.Support;

public static class ChildProcess
{
    public static ChildResult Run(
        string program,
        IEnumerable<string> arguments,
        string? directory = null,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory ?? "",
        };
        foreach ((string key, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[key] = value;
        }

        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            StringBuilder errors = new();
            process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
            process.BeginErrorReadLine();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return new ChildResult(process.ExitCode, output, errors.ToString());
        }
        catch (Win32Exception e)
        {
            throw new UsageException($"cannot start {program}: {e.Message}");
        }
    }

    /// <summary>Runs with this program's own terminal and gives back the exit status.</summary>
    public static int RunAttached(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        ProcessStartInfo start = new(program, arguments);
        foreach ((string key, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[key] = value;
        }

        try
        {
            using Process process = Process.Start(start)!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (Win32Exception e)
        {
            throw new UsageException($"cannot start {program}: {e.Message}");
        }
    }
}
