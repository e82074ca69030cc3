// One QEMU from start to end, with a deadline. Its console is read to the line that says that everything is done, and the
// time of each line is kept; what it logs can be looked at while it runs, for an execution log fits on no disk.
using System.ComponentModel;
using System.Diagnostics;
using Nestor.Tools.Support;

namespace Nestor.Tools.Bench;

/// <summary>Runs machines.</summary>
public static class BenchMachine
{
    /// <summary>Runs QEMU until a line, then ends it.</summary>
    /// <param name="qemu">The program.</param>
    /// <param name="arguments">Its arguments; the console must be on standard output.</param>
    /// <param name="isLast">Whether a line is the last that is wanted.</param>
    /// <param name="deadline">When to give up.</param>
    /// <param name="log">What is done with each line of standard error, where QEMU logs; null to ignore it.</param>
    /// <param name="reply">What is typed after a line; null for a line, or for all, to type nothing.</param>
    /// <param name="isForEachLine">Whether the deadline starts again with each line.</param>
    public static MachineRun Run(
        string qemu, IReadOnlyList<string> arguments, Func<string, bool> isLast, TimeSpan deadline, Action<string>? log = null, Func<string, string?>? reply = null, bool isForEachLine = false)
    {
        using Process process = Start(qemu, arguments);
        Stopwatch clock = Stopwatch.StartNew();
        if (reply is null)
        {
            process.StandardInput.Close();
        }

        using Timer watchdog = new(_ => Kill(process), null, deadline, Timeout.InfiniteTimeSpan);
        Task logging = Task.Run(() =>
        {
            while (process.StandardError.ReadLine() is { } line)
            {
                log?.Invoke(line);
            }
        });
        List<TimedLine> lines = [];
        bool finished = false;
        TimeSpan processor = TimeSpan.Zero;
        while (!finished && process.StandardOutput.ReadLine() is { } line)
        {
            lines.Add(new TimedLine(clock.Elapsed, line));
            processor = ProcessorTime(process) ?? processor;
            finished = isLast(line);
            if (isForEachLine)
            {
                watchdog.Change(deadline, Timeout.InfiniteTimeSpan);
            }

            if (reply?.Invoke(line) is { } typed)
            {
                process.StandardInput.Write(typed);
                process.StandardInput.Flush();
            }
        }

        Kill(process);
        process.WaitForExit();
        logging.Wait();
        return new MachineRun(lines, finished, processor);
    }

    private static Process Start(string qemu, IReadOnlyList<string> arguments)
    {
        ProcessStartInfo start = new(qemu, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new UsageException($"cannot start {qemu}: {e.Message}");
        }
    }

    // A process that has ended has none any more.
    private static TimeSpan? ProcessorTime(Process process)
    {
        try
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }
}
