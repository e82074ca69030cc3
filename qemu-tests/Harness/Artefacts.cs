// What is kept of a failed machine, under out/post-mortem/<test>/: enough to see what happened and to run it again.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Nestor.Tools.PostMortem;
using Nestor.Tools.Support;

namespace Nestor.Tests.Harness;

/// <summary>The files about failed machines.</summary>
public static class Artefacts
{
    /// <summary>The directory of a test.</summary>
    public static string DirectoryOf(string test) =>
        RepositoryRoot.Out("post-mortem", string.Concat(test.Select(one => char.IsLetterOrDigit(one) || one is '.' or '-' ? one : '_')));

    /// <summary>Forgets what an earlier run of a test left.</summary>
    public static void Delete(string test)
    {
        if (Directory.Exists(DirectoryOf(test)))
        {
            Directory.Delete(DirectoryOf(test), recursive: true);
        }
    }

    /// <summary>Writes everything that is known about a machine.</summary>
    public static void Keep(string test, IEnumerable<string> commandLine, Transcript transcript, string errors, string end, string? awaited)
    {
        string directory = DirectoryOf(test);
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "command"), string.Join(' ', commandLine.Select(Quote)) + "\n");
        File.WriteAllLines(Path.Combine(directory, "console.log"), transcript.Lines.Select(line => line.ToString()));
        File.WriteAllText(Path.Combine(directory, "qemu.log"), errors);
        if (!File.Exists(Path.Combine(directory, "why.txt")))
        {
            PostMortemReport.WriteWhy(directory, end, awaited, transcript.Text);
        }
    }

    private static string Quote(string word) =>
        word.Length > 0 && word.All(one => char.IsLetterOrDigit(one) || "-_./=,:@+".Contains(one, StringComparison.Ordinal))
            ? word
            : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
