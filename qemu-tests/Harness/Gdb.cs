// gdb itself, in batch mode, as a script in CI would run it.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Nestor.Tools.Dependencies;

namespace Nestor.Tests.Harness;

/// <summary>Runs of gdb.</summary>
public static class Gdb
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(300);

    /// <summary>Runs commands; what gdb has said on both its outputs.</summary>
    /// <param name="target">What `target remote` gets.</param>
    /// <param name="symbols">An ELF file; null for none.</param>
    /// <param name="commands">The commands, after the one that connects.</param>
    public static async Task<string> RunAsync(string target, string? symbols, params IEnumerable<string> commands)
    {
        // A busy builder may need longer than gdb's two seconds to come to the stub.
        string[] all = ["set remotetimeout 60", "set pagination off", "set confirm off", "set architecture aarch64", "target remote " + target, .. commands];
        using Command gdb = Command.Start(
            s_deadline,
            ToolFinder.Require("gdb-multiarch"),
            ["-nx", "-batch", .. all.SelectMany(static one => (string[])["-ex", one]), .. symbols is null ? (string[])[] : [symbols]]);
        await gdb.WaitForExitAsync().ConfigureAwait(false);
        return gdb.Output + "\n" + gdb.Errors;
    }
}
