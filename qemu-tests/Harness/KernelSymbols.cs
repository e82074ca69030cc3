// Symbols of Debian's kernels for gdb, made once per run of the tests.
using System;
using System.Collections.Concurrent;
using System.IO;
using Nestor.Tools.Guests;
using Nestor.Tools.Support;
using Nestor.Tools.Symbols;

namespace Nestor.Tests.Harness;

/// <summary>Files of symbols.</summary>
public static class KernelSymbols
{
    private static readonly ConcurrentDictionary<GuestKind, Lazy<string>> s_files = new();

    /// <summary>The file of a kernel.</summary>
    public static string File(GuestKind kernel) => s_files.GetOrAdd(kernel, key => new Lazy<string>(() => Make(key))).Value;

    private static string Make(GuestKind kernel)
    {
        string directory = RepositoryRoot.Out("symbols");
        Directory.CreateDirectory(directory);
        string file = Path.Combine(directory, kernel + ".elf");
        SymbolFile.Write(file, new KernelImage(new GuestStore().Ensure(kernel)));
        return file;
    }
}
