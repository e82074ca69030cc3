// Where the compilers are, and how to run one and hear what it said.

using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Nestor.Tools.Build;

/// <summary>The external programs of the build.</summary>
public static class Toolchain
{
    /// <summary>The version of the ILCompiler package, also named in tools.csproj, which downloads it.</summary>
    public const string IlcVersion = "10.0.14";

    /// <summary>Path of ilc in NuGet's package folder.</summary>
    /// <exception cref="BuildException">It was not restored.</exception>
    public static string Ilc()
    {
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string architecture = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64";
        string path = Path.Combine(packages, $"runtime.linux-{architecture}.microsoft.dotnet.ilcompiler", IlcVersion, "tools", "ilc");
        return File.Exists(path) ? path : throw new BuildException($"{path} is missing: `dotnet restore tools` fetches it");
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its output, standard output first.</returns>
    /// <exception cref="BuildException">It could not be started or failed; the message ends with what it said.</exception>
    public static string Run(string program, params IEnumerable<string> arguments)
    {
        (int status, string output, string errors) = TryRun(program, arguments);
        return status == 0 ? output + errors : throw new BuildException($"{Path.GetFileName(program)} failed:\n{Tail(output + errors)}");
    }

    /// <summary>Runs a program to its end whatever its exit status.</summary>
    public static (int Status, string Output, string Errors) TryRun(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, errors.Result);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new BuildException($"cannot start {program}: {e.Message}");
        }
    }

    private static string Tail(string text)
    {
        string[] lines = text.Trim().Split('\n');
        return string.Join('\n', lines.Skip(Math.Max(0, lines.Length - 30)));
    }
}
