// Read from the program that runs the tests, which is an ELF file with libraries on every machine that they run on.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Nestor.Tools.Guests;
using Nestor.Tools.Support;
using Xunit;

namespace Nestor.Tests.Unit.Tools;

public sealed class SharedLibrariesTests : IDisposable
{
    private static readonly byte[] s_program = File.ReadAllBytes(Environment.ProcessPath!);

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_program_says_what_it_needs() => Assert.Contains("libc.so.6", SharedLibraries.Needed(s_program, "program"));

    [Fact]
    public void Libraries_of_libraries_are_found_once_each()
    {
        // The program stands for its libraries as well, so each of them needs all of them.
        IReadOnlyList<string> needed = SharedLibraries.Needed(s_program, "program");
        string program = _files.Write("program", s_program);
        foreach (string name in needed)
        {
            _files.Write(name, s_program);
        }

        IReadOnlyDictionary<string, string> found = SharedLibraries.Closure(program, _files.Root);
        Assert.Equal(needed.Order(StringComparer.Ordinal), found.Keys);
        Assert.Equal(_files.Path("libc.so.6"), found["libc.so.6"]);
    }

    [Fact]
    public void A_library_that_no_package_has_is_named()
    {
        string program = _files.Write("program", s_program);
        UsageException e = Assert.Throws<UsageException>(() => SharedLibraries.Closure(program, _files.Root));
        Assert.Contains(".so", e.Message, StringComparison.Ordinal);
    }
}
